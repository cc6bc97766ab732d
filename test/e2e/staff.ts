import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Role } from '../../shared/platform/contract.ts';
import { clientConfig } from './aws.ts';
import type { Deployed } from './deploy.ts';
import type { Emulator } from './ministack.ts';

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
