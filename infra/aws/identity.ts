import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolUser,
  CfnUserPoolUserToGroupAttachment,
  FeaturePlan,
  Mfa,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { roles } from '../../shared/platform/http/contract.ts';

export interface IdentityProps {
  ownerEmail: string;
}

/**
 * Whether the stack is about to be removed: `-c removable=true` turns off what protects its users. Throws for another
 * value, which might be meant as a no.
 */
const isRemovable = (value: unknown): boolean => {
  if (value === undefined || value === 'false') return false;
  if (value === 'true' || value === true) return true;
  throw new Error(`The context value "removable" is true or false, not: ${value}`);
};

/** Staff sign in here; clients never do. Whoever is in no group may do nothing. */
export class Identity extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, { ownerEmail }: IdentityProps) {
    super(scope, id);
    this.pool = new UserPool(this, 'Staff', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true } },
      passwordPolicy: {
        // Long instead of composed: rules of composition lead to Password1!
        minLength: 15,
        requireLowercase: false,
        requireUppercase: false,
        requireDigits: false,
        requireSymbols: false,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.ESSENTIALS,
      userInvitation: {
        emailSubject: 'You are invited to Regulars',
        emailBody: 'Sign in to Regulars as {username} with this password, once: {####}. You will then choose your own.',
      },
      // Nobody deletes the staff's users by mistake, `cdk destroy` included.
      deletionProtection: !isRemovable(this.node.tryGetContext('removable')),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.client = this.pool.addClient('Console', {
      authFlows: { userPassword: true, userSrp: true },
      disableOAuth: true,
      generateSecret: false,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(15),
      idTokenValidity: Duration.minutes(15),
      refreshTokenValidity: Duration.days(30),
      // A copied one is good until its owner's next renewal; the grace is for an answer that got lost on its way.
      refreshTokenRotationGracePeriod: Duration.seconds(60),
    });
    const groups = roles.map((role, precedence) => this.pool.addGroup(role, { groupName: role, precedence }));
    this.inviteOwner(ownerEmail).node.addDependency(...groups);

    Validations.of(this.pool).acknowledge(
      {
        id: 'AwsSolutions-COG1',
        reason:
          'NIST SP 800-63B and ASVS 6.2.5 ask for long passwords and against rules of composition, which make them predictable: 15 characters of any kind.',
      },
      {
        id: 'AwsSolutions-COG2',
        reason:
          'The setting holds for the whole pool. Owner and manager need a second factor (one-time codes, free): the function token-groups withholds their role until it is on. Others may turn it on: reception shares one computer at the desk, often without telephones, and a lost telephone would close the diary on a working day.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason:
          'The Plus plan bills every monthly user from the first, against nothing for a few staff on Essentials. Passwords are long, accounts come only by invitation, and tokens can be revoked.',
      },
    );
  }

  private inviteOwner(email: string): CfnUserPoolUserToGroupAttachment {
    const { userPoolId } = this.pool;
    const owner = new CfnUserPoolUser(this, 'Owner', {
      userPoolId,
      username: email,
      desiredDeliveryMediums: ['EMAIL'],
      userAttributes: [
        { name: 'email', value: email },
        { name: 'email_verified', value: 'true' },
      ],
    });
    return new CfnUserPoolUserToGroupAttachment(this, 'OwnerIsOwner', {
      userPoolId,
      groupName: 'owner',
      username: owner.ref,
    });
  }
}
