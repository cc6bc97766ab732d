import assert from 'node:assert/strict';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Role } from '../../shared/platform/http/contract.ts';
import { clientConfig } from './emulator/aws.ts';
import { type Deployed, owner } from './emulator/deploy.ts';
import type { Inbox } from './emulator/inbox.ts';
import type { Emulator } from './emulator/ministack.ts';
import { until } from './steps.ts';

const password = 'Only-for-this-test-1';

/** Invites somebody into a role, as the owner does, and signs in as that person. Answers the access token. */
export const signIn = async (
  emulator: Emulator,
  { UserPoolId, UserPoolClientId }: Deployed,
  email: string,
  role?: Role,
): Promise<string> => {
  const cognito = new CognitoIdentityProviderClient(clientConfig(emulator));
  await cognito.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username: email,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ],
    }),
  );
  await cognito.send(
    new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password: password, Permanent: true }),
  );
  if (role) await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: email, GroupName: role }));
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ClientId: UserPoolClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  if (!AuthenticationResult?.AccessToken) throw new Error(`Cognito gave ${email} no access token`);
  return AuthenticationResult.AccessToken;
};

/** The owner's first sign-in, with the password that the invitation carries. Answers the access token. */
export const signInOwner = async (emulator: Emulator, deployed: Deployed, inbox: Inbox): Promise<string> => {
  const cognito = new CognitoIdentityProviderClient(clientConfig(emulator));
  const invitation = await until('the invitation', 20, async () => (await inbox.mailsTo(owner))[0]);
  const temporary = /with this password, once: (\S+)\. You/.exec(invitation.text || invitation.html)?.[1] ?? '';
  const { ChallengeName, Session } = await cognito.send(
    new InitiateAuthCommand({
      ClientId: deployed.UserPoolClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: owner, PASSWORD: temporary },
    }),
  );
  assert.equal(ChallengeName, 'NEW_PASSWORD_REQUIRED');
  const { AuthenticationResult } = await cognito.send(
    new RespondToAuthChallengeCommand({
      ClientId: deployed.UserPoolClientId,
      ChallengeName,
      ...(Session ? { Session } : {}),
      ChallengeResponses: { USERNAME: owner, NEW_PASSWORD: password },
    }),
  );
  return AuthenticationResult?.AccessToken ?? '';
};
