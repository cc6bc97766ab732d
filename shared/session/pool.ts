import type { Cognito } from '../platform/aws/cognito.ts';
import { Problem, unprocessable } from '../platform/http/problems.ts';
import type { Challenge } from './challenge.ts';
import { codeRefused, signedOut, signInFailed } from './problems.ts';

/** Tokens as the pool hands them out. */
export interface PoolTokens {
  idToken: string;
  /** Lets its holder change what is the user's own; never leaves the function. */
  accessToken: string;
  /** Absent where the one that was brought stays. */
  refreshToken: string | undefined;
}

/** Outcome of a step of signing in: tokens, or another question. */
export type Step = { tokens: PoolTokens } | { challenge: Challenge };

interface CognitoTokens {
  IdToken: string;
  AccessToken: string;
  RefreshToken?: string;
}

interface CognitoStep {
  AuthenticationResult?: CognitoTokens;
  ChallengeName?: string;
  ChallengeParameters?: Record<string, string>;
  Session?: string;
}

const names = { new_password: 'NEW_PASSWORD_REQUIRED', code: 'SOFTWARE_TOKEN_MFA' } as const;
const asked = { new_password: 'NEW_PASSWORD', code: 'SOFTWARE_TOKEN_MFA_CODE' } as const;

const wrong =
  /^(?:NotAuthorized|UserNotFound|UserNotConfirmed|PasswordResetRequired|InvalidParameter|RefreshTokenReuse|Unauthorized|UnsupportedTokenType)Exception$/;
const wrongCode = /^(?:CodeMismatch|ExpiredCode|EnableSoftwareTokenMFA|SoftwareTokenMFANotFound)Exception$/;
const badPassword = /^(?:InvalidPassword|PasswordHistoryPolicyViolation)Exception$/;
const tooMany = /^(?:TooManyRequests|LimitExceeded|TooManyFailedAttempts)Exception$/;
const unanswered = /^(?:Unreachable|InternalErrorException|\w*Lambda\w*Exception)$/;

/** Says what a refusal of the pool means. `refusal`: for whoever is not let in, for whatever reason. */
const orSay =
  (refusal: () => Problem) =>
  (error: unknown): never => {
    const { name } = error as Error;
    if (wrong.test(name)) throw refusal();
    if (wrongCode.test(name)) throw new Problem(codeRefused);
    if (badPassword.test(name)) throw unprocessable('newPassword', 'is not accepted; choose another one');
    if (tooMany.test(name))
      throw new Problem('too_many_requests', { detail: 'Too many attempts; wait some minutes.', retryAfter: 300 });
    if (unanswered.test(name))
      throw new Problem('busy', { detail: 'The user pool did not answer; try again.', retryAfter: 2 });
    throw error;
  };

const failed = () => new Problem(signInFailed);
const ended = () => new Problem(signedOut);
const refusedCode = () => new Problem(codeRefused);

const tokensOf = ({ IdToken, AccessToken, RefreshToken }: CognitoTokens): PoolTokens => ({
  idToken: IdToken,
  accessToken: AccessToken,
  refreshToken: RefreshToken,
});

const stepOf = ({ AuthenticationResult, ChallengeName, ChallengeParameters, Session = '' }: CognitoStep): Step => {
  if (AuthenticationResult) return { tokens: tokensOf(AuthenticationResult) };
  const asks = (['new_password', 'code'] as const).find((each) => names[each] === ChallengeName);
  const username = ChallengeParameters?.['USER_ID_FOR_SRP'];
  if (!asks || !username) throw new Error(`The pool asks for what nobody here answers: ${ChallengeName}`);
  return { challenge: { asks, username, session: Session } };
};

/** The user pool as its own users see it, without any right of ours. */
export const createSignInPool = (cognito: Cognito, ClientId: string) => ({
  /** Throws sign_in_failed, too_many_requests, busy. */
  async signIn(email: string, password: string): Promise<Step> {
    const step = await cognito<CognitoStep>('InitiateAuth', {
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email.toLowerCase(), PASSWORD: password },
    }).catch(orSay(failed));
    return stepOf(step);
  },

  /** `secret`: the new password, or the code. Throws code_refused, unprocessable, signed_out, too_many_requests, busy. */
  async answer({ asks, username, session }: Challenge, secret: string): Promise<Step> {
    const step = await cognito<CognitoStep>('RespondToAuthChallenge', {
      ClientId,
      ChallengeName: names[asks],
      Session: session,
      ChallengeResponses: { USERNAME: username, [asked[asks]]: secret },
    }).catch(orSay(ended));
    return stepOf(step);
  },

  /** Throws signed_out, too_many_requests, busy. */
  async renew(refreshToken: string): Promise<PoolTokens> {
    const { AuthenticationResult } = await cognito<{ AuthenticationResult: CognitoTokens }>(
      'GetTokensFromRefreshToken',
      { ClientId, RefreshToken: refreshToken },
    ).catch(orSay(ended));
    return tokensOf(AuthenticationResult);
  },

  /** Ends the session of the refresh token. Throws signed_out where it is over already, too_many_requests, busy. */
  async revoke(refreshToken: string): Promise<void> {
    await cognito('RevokeToken', { ClientId, Token: refreshToken }).catch(orSay(ended));
  },

  /** Mails a code, if somebody of that address may get one; never tells. Throws busy. */
  async forgot(email: string): Promise<void> {
    await cognito('ForgotPassword', { ClientId, Username: email.toLowerCase() }).catch((error: unknown) => {
      if (unanswered.test((error as Error).name)) orSay(failed)(error);
    });
  },

  /** Throws code_refused, unprocessable, too_many_requests, busy. */
  async reset(email: string, code: string, newPassword: string): Promise<void> {
    await cognito('ConfirmForgotPassword', {
      ClientId,
      Username: email.toLowerCase(),
      ConfirmationCode: code,
      Password: newPassword,
    }).catch(orSay(refusedCode));
  },

  /** A secret for an authenticator, in base 32. Throws signed_out, too_many_requests, busy. */
  async newSecret({ accessToken }: PoolTokens): Promise<string> {
    const { SecretCode } = await cognito<{ SecretCode: string }>('AssociateSoftwareToken', {
      AccessToken: accessToken,
    }).catch(orSay(ended));
    return SecretCode;
  },

  /** Turns the authenticator with the newest secret on. Throws code_refused, signed_out, too_many_requests, busy. */
  async turnOnAuthenticator({ accessToken }: PoolTokens, code: string): Promise<void> {
    await cognito('VerifySoftwareToken', { AccessToken: accessToken, UserCode: code }).catch(orSay(ended));
    await cognito('SetUserMFAPreference', {
      AccessToken: accessToken,
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    }).catch(orSay(ended));
  },

  /** Throws sign_in_failed, unprocessable, too_many_requests, busy. */
  async changePassword({ accessToken }: PoolTokens, password: string, newPassword: string): Promise<void> {
    await cognito('ChangePassword', {
      AccessToken: accessToken,
      PreviousPassword: password,
      ProposedPassword: newPassword,
    }).catch(orSay(failed));
  },

  /** Ends all of the user's sessions. Throws signed_out, too_many_requests, busy. */
  async signOutEverywhere({ accessToken }: PoolTokens): Promise<void> {
    await cognito('GlobalSignOut', { AccessToken: accessToken }).catch(orSay(ended));
  },
});
export type SignInPool = ReturnType<typeof createSignInPool>;
