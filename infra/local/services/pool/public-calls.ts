import { randomBytes } from 'node:crypto';
import type { Identity } from '../../gateway/identity.ts';
import { AwsError } from '../api/aws-error.ts';
import type { Mailbox } from '../mailbox.ts';
import { senderAddress } from '../names.ts';
import { createLockout } from './lockout.ts';
import type { LocalSession, SessionBook } from './sessions.ts';
import { newSecret, stepOf } from './totp.ts';
import type { LocalUser, UserBook } from './users.ts';

/** Groups of the token that the user gets: the pool asks its trigger. */
export type GroupsFor = (user: LocalUser, source: string) => Promise<readonly string[]>;

export interface PublicCallsOptions {
  users: UserBook;
  sessions: SessionBook;
  identity: Identity;
  mailbox: Pick<Mailbox, 'receiveMail'>;
  groupsFor: GroupsFor;
  now: () => number;
}

interface Input {
  AuthParameters?: { USERNAME?: string; PASSWORD?: string };
  ChallengeName?: string;
  ChallengeResponses?: Record<string, string>;
  Session?: string;
  RefreshToken?: string;
  Token?: string;
  AccessToken?: string;
  UserCode?: string;
  SoftwareTokenMfaSettings?: { Enabled?: boolean };
  PreviousPassword?: string;
  ProposedPassword?: string;
  Username?: string;
  ConfirmationCode?: string;
  Password?: string;
}

const tokenSeconds = 15 * 60;
const challengeMs = 3 * 60_000;
const codeMs = 60 * 60_000;
const mostTries = 5;
const minLength = 15;

/** A question or code that waits for its answer. */
interface Waiting {
  sub: string;
  until: number;
  tries: number;
}

const refused = () => new AwsError('NotAuthorizedException', 'Incorrect username or password.');
const wrongCode = () => new AwsError('CodeMismatchException', 'Invalid code received for user');

const mustBeLong = (password = ''): string => {
  if (password.length < minLength) throw new AwsError('InvalidPasswordException', 'Password not long enough');
  return password;
};

/** Calls that users make themselves, without a signature: by their password, or a token that they have. */
export const publicCalls = (options: PublicCallsOptions) => {
  const { users, sessions, identity, mailbox, groupsFor, now } = options;
  const questions = new Map<string, Waiting & { name: string }>();
  const codes = new Map<string, Waiting & { code: string }>();
  const lockout = createLockout(now);

  const find = (name = ''): LocalUser | undefined => {
    try {
      return users.need(name);
    } catch {
      return undefined;
    }
  };
  const mustBeEnabled = (user: LocalUser): void => {
    if (!user.enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
  };

  const tokensFor = async (user: LocalUser, session: LocalSession, source: string, refreshToken: string) => {
    const groups = await groupsFor(user, `TokenGeneration_${source}`);
    const { sub, email } = user;
    const auth_time = Math.floor((session.beganAt ?? now()) / 1000);
    return {
      AuthenticationResult: {
        IdToken: identity.issue(
          { sub, email, 'cognito:groups': groups, 'cognito:username': sub, auth_time, token_use: 'id' },
          tokenSeconds,
        ),
        AccessToken: identity.issue({ sub, origin_jti: session.id, token_use: 'access' }, tokenSeconds),
        RefreshToken: refreshToken,
        ExpiresIn: tokenSeconds,
        TokenType: 'Bearer',
      },
    };
  };

  const ask = (name: string, { sub }: LocalUser) => {
    const Session = randomBytes(48).toString('base64url');
    questions.set(Session, { name, sub, until: now() + challengeMs, tries: 0 });
    return { ChallengeName: name, Session, ChallengeParameters: { USER_ID_FOR_SRP: sub } };
  };

  const letIn = async (user: LocalUser, source: string) => {
    const { session, refreshToken } = sessions.begin(user.sub);
    return tokensFor(user, session, source, refreshToken);
  };

  const afterPassword = (user: LocalUser, source: string) =>
    user.authenticator?.on ? ask('SOFTWARE_TOKEN_MFA', user) : letIn(user, source);

  /** Takes the code of an authenticator, once; throws `refusal`. */
  const takeCode = (user: LocalUser, code: string, refusal: () => AwsError): void => {
    const { authenticator } = user;
    const step = authenticator && stepOf(authenticator.secret, code, now(), authenticator.lastStep);
    if (!authenticator || step === undefined) throw refusal();
    users.change(user.sub, { authenticator: { ...authenticator, lastStep: step } });
  };

  const holderOf = (accessToken = ''): LocalUser => {
    const { sub, origin_jti, token_use } = identity.verify(accessToken) ?? {};
    if (token_use !== 'access') throw new AwsError('NotAuthorizedException', 'Invalid Access Token');
    sessions.need(String(origin_jti));
    const user = users.need(String(sub));
    mustBeEnabled(user);
    return user;
  };

  const acts: Record<string, (input: Input) => object | Promise<object>> = {
    InitiateAuth: ({ AuthParameters: { USERNAME, PASSWORD } = {} }) => {
      const user = find(USERNAME);
      if (!user) throw refused();
      lockout.check(user.sub);
      if (user.password !== PASSWORD) {
        lockout.fail(user.sub);
        throw refused();
      }
      lockout.succeed(user.sub);
      mustBeEnabled(user);
      return user.invited ? ask('NEW_PASSWORD_REQUIRED', user) : afterPassword(user, 'Authentication');
    },

    RespondToAuthChallenge: ({ ChallengeName, Session = '', ChallengeResponses = {} }) => {
      const asked = questions.get(Session);
      const isAnswered = asked?.name === ChallengeName && asked?.sub === find(ChallengeResponses['USERNAME'])?.sub;
      if (!asked || !isAnswered || asked.until <= now() || asked.tries >= mostTries)
        throw new AwsError('NotAuthorizedException', 'Invalid session for the user.');
      asked.tries += 1;
      const user = users.need(asked.sub);
      mustBeEnabled(user);
      if (asked.name === 'NEW_PASSWORD_REQUIRED') {
        const password = mustBeLong(ChallengeResponses['NEW_PASSWORD']);
        questions.delete(Session);
        return afterPassword(users.change(user.sub, { password, invited: false }), 'NewPasswordChallenge');
      }
      takeCode(user, ChallengeResponses['SOFTWARE_TOKEN_MFA_CODE'] ?? '', wrongCode);
      questions.delete(Session);
      return letIn(user, 'Authentication');
    },

    GetTokensFromRefreshToken: ({ RefreshToken = '' }) => {
      const { session, refreshToken } = sessions.renew(RefreshToken);
      const user = users.need(session.sub);
      mustBeEnabled(user);
      return tokensFor(user, session, 'RefreshTokens', refreshToken);
    },

    RevokeToken: ({ Token = '' }) => {
      sessions.end(Token);
      return {};
    },

    GlobalSignOut: ({ AccessToken }) => {
      sessions.endAll(holderOf(AccessToken).sub);
      return {};
    },

    ForgotPassword: async ({ Username = '' }) => {
      const user = find(Username);
      if (user?.invited) throw new AwsError('NotAuthorizedException', 'User password cannot be reset in this state.');
      if (user?.enabled) {
        const code = String(randomBytes(4).readUInt32BE() % 1_000_000).padStart(6, '0');
        codes.set(user.sub, { code, sub: user.sub, until: now() + codeMs, tries: 0 });
        const raw = `From: ${senderAddress}\r\nTo: ${user.email}\r\nSubject: Your verification code\r\n\r\nYour code is ${code}\r\n`;
        await mailbox.receiveMail({ destinations: [user.email], raw: Buffer.from(raw), tags: {} });
      }
      // The same for whoever there is not.
      return { CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'x***@e***' } };
    },

    ConfirmForgotPassword: ({ Username, ConfirmationCode, Password }) => {
      const sent = codes.get(find(Username)?.sub ?? '');
      if (!sent || sent.until <= now() || sent.tries >= mostTries) throw wrongCode();
      sent.tries += 1;
      if (sent.code !== ConfirmationCode) throw wrongCode();
      users.change(sent.sub, { password: mustBeLong(Password) });
      codes.delete(sent.sub);
      return {};
    },

    AssociateSoftwareToken: ({ AccessToken }) => {
      const SecretCode = newSecret();
      users.change(holderOf(AccessToken).sub, { newSecret: SecretCode });
      return { SecretCode };
    },

    VerifySoftwareToken: ({ AccessToken, UserCode = '' }) => {
      const { sub, newSecret: secret } = holderOf(AccessToken);
      const step = secret && stepOf(secret, UserCode, now(), 0);
      if (!secret || !step) throw new AwsError('EnableSoftwareTokenMFAException', 'Code mismatch');
      const isOn = users.need(sub).authenticator?.on ?? false;
      users.change(sub, { newSecret: undefined, authenticator: { secret, on: isOn, lastStep: step } });
      return { Status: 'SUCCESS' };
    },

    SetUserMFAPreference: ({ AccessToken, SoftwareTokenMfaSettings: { Enabled = false } = {} }) => {
      const { sub, authenticator } = holderOf(AccessToken);
      if (!authenticator) throw new AwsError('InvalidParameterException', 'User does not have delivery config set');
      users.change(sub, { authenticator: { ...authenticator, on: Enabled } });
      return {};
    },

    ChangePassword: ({ AccessToken, PreviousPassword, ProposedPassword }) => {
      const { sub, password } = holderOf(AccessToken);
      if (password !== PreviousPassword) throw refused();
      users.change(sub, { password: mustBeLong(ProposedPassword) });
      return {};
    },
  };
  return acts;
};
