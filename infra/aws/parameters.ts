import { CfnCondition, CfnParameter, Fn, type Stack } from 'aws-cdk-lib';

const email = '[^\\s@<>"]+@[^\\s@<>"]+\\.[^\\s@<>"]+';

/** Values that deploying can't know. */
export const askFor = (stack: Stack) => {
  const senderAddress = new CfnParameter(stack, 'SenderAddress', {
    description:
      'The address that clients get mail from, such as hello@your-salon.example. SES mails it a link to verify.',
    allowedPattern: email,
    constraintDescription: 'must be an e-mail address',
  });
  const ownerEmail = new CfnParameter(stack, 'OwnerEmail', {
    description: 'The address of the owner: gets the invitation to sign in, and the alarms.',
    allowedPattern: email,
    constraintDescription: 'must be an e-mail address',
  });
  const verifySenderAnswer = new CfnParameter(stack, 'VerifySender', {
    description: 'no: SES in this account and region already knows the sender address, or its domain.',
    allowedValues: ['yes', 'no'],
    default: 'yes',
  });
  return {
    senderAddress: senderAddress.valueAsString,
    ownerEmail: ownerEmail.valueAsString,
    verifySender: new CfnCondition(stack, 'SenderIsNew', {
      expression: Fn.conditionEquals(verifySenderAnswer.valueAsString, 'yes'),
    }),
  };
};
