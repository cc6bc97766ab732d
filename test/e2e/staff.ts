import assert from 'node:assert/strict';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { codeAt } from '../../infra/local/services/pool/totp.ts';
import type { Role } from '../../shared/platform/http/contract.ts';
import { browserAt } from '../support/world/browser.ts';
import { createApi, must as mustDo } from './api.ts';
import { clientConfig } from './emulator/aws.ts';
import type { Deployed } from './emulator/deploy.ts';
import type { Inbox } from './emulator/inbox.ts';
import type { Emulator } from './emulator/ministack.ts';
import { until } from './steps.ts';

const password = 'Only for this test, one';

/** Signs in by the routes of the session; where the role needs one, with an authenticator that is turned on first. */
const enter = async (origin: string, email: string, given: string): Promise<string> => {
  const browser = browserAt(origin);
  const must = async (path: string, body: object) => {
    const { status, body: answer } = await browser.ask(path, body);
    assert.equal(status, 200, JSON.stringify(answer));
    return answer;
  };
  const first = await must('', { email, password: given });
  const { challenge, session } = first;
  assert.equal(challenge, given === password ? undefined : 'new_password');
  const entered = challenge ? await must('/answer', { session, newPassword: password }) : first;
  assert.match(browser.cookie() ?? '', /^__Secure-session=/);
  if (!entered['needsAuthenticator']) return browser.token();

  const idle = createApi(origin, browser.token());
  assert.deepEqual((await mustDo(idle.getMe({}))).roles, []);
  for (const outcome of [await idle.listPeople({}), await idle.getSettings({}), await idle.listInbox({ query: {} })])
    assert.deepEqual([outcome.ok, outcome.status], [false, 403]);
  const { secret } = await must('/authenticator', { password });
  const code = () => codeAt(String(secret), Date.now());
  const wrong = await browser.ask('/authenticator/confirm', { code: code() === '000000' ? '000001' : '000000' });
  assert.deepEqual([wrong.status, wrong.code], [403, 'code_refused']);
  assert.equal((await must('/authenticator/confirm', { code: code() }))['needsAuthenticator'], false);
  return browser.token();
};

/** Invites somebody into a role, as the owner does, and signs in as that person. Answers the ID token. */
export const signIn = async (
  emulator: Emulator,
  { UserPoolId }: Deployed,
  origin: string,
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
  return enter(origin, email, password);
};

/** The first sign-in of somebody who was invited, with the password that the mail carries. Answers the ID token. */
export const signInInvited = async (origin: string, inbox: Inbox, email: string): Promise<string> => {
  const invitation = await until('the invitation', 20, async () => (await inbox.mailsTo(email))[0]);
  const temporary = /with this password, once: (\S+)\. You/.exec(invitation.text || invitation.html)?.[1] ?? '';
  return enter(origin, email, temporary);
};

/** Signing in again, keeping signed in and signing out. */
export const comeAndGo = async (origin: string, email: string): Promise<void> => {
  const browser = browserAt(origin);
  const { status } = await browser.signIn(email, password);
  assert.equal(status, 200);
  const renewed = await browser.ask('/refresh');
  assert.equal(renewed.status, 200, JSON.stringify(renewed.body));
  const cookie = browser.cookie();
  assert.equal((await browser.end()).status, 200);
  browser.holding(cookie);
  assert.deepEqual([(await browser.ask('/refresh')).code, browser.cookie()], ['signed_out', undefined]);
  const [wrong, unknown] = [
    await browser.signIn(email, 'not the password of anybody'),
    await browser.signIn('stranger@salon.example', 'not the password of anybody'),
  ];
  assert.deepEqual(wrong, unknown);
  assert.equal(wrong.code, 'sign_in_failed');
};
