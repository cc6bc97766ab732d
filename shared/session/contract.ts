import * as z from 'zod';
import { email } from '../platform/fields.ts';
import { bodyErrors, roles, route, signedIn, staffErrors } from '../platform/http/contract.ts';
import { codeRefused, signedOut, signInFailed } from './problems.ts';

/** Long instead of composed: rules of composition lead to Password1! (NIST SP 800-63B, ASVS 6.2.5). */
export const minPasswordLength = 15;
/** Days from signing in, after which one has to sign in again. */
export const sessionDays = 30;

const password = z.string().min(1).max(256);
const newPassword = z
  .string()
  .min(minPasswordLength, `must have at least ${minPasswordLength} characters`)
  .max(256, 'must have at most 256 characters')
  .meta({
    description: `At least ${minPasswordLength} characters of any kind; none that is known from leaks, and neither your name, your email address nor the name of the business in it.`,
  });
const code = z
  .string()
  .regex(/^\d{6}$/, 'must be six digits')
  .meta({ description: 'Six digits.' });
const challengeSession = z
  .string()
  .min(1)
  .max(4096)
  .meta({ description: 'Hand it back with the answer, within three minutes.' });

const signedInAnswer = z.object({
  idToken: z.string().meta({ description: 'Goes into `Authorization: Bearer …` of every request of staff.' }),
  expiresAt: z
    .string()
    .meta({ description: 'UTC; a quarter of an hour from now. Refresh before.', format: 'date-time' }),
  needsAuthenticator: z.boolean().meta({
    description:
      'Owner and manager do nothing but turn on an authenticator (`POST /v1/session/authenticator`) until it is on.',
  }),
});
export type SignedInAnswer = z.input<typeof signedInAnswer>;

const stepAnswer = z.union([
  signedInAnswer,
  z.object({
    challenge: z
      .enum(['new_password', 'code'])
      .meta({ description: 'Asks for a new password after an invitation, or for the code of the authenticator.' }),
    session: challengeSession,
  }),
]);
export type StepAnswer = z.input<typeof stepAnswer>;

const nothing = z.object({});

const open = { tag: 'session', caller: 'public' } as const;
/** A page of another site is refused as forbidden. */
const errors = ['invalid_request', 'forbidden', 'too_many_requests', 'busy'] as const;

export const signIn = route({
  ...open,
  id: 'signIn',
  method: 'POST',
  path: '/v1/session',
  body: z.object({ email, password }),
  summary: 'Sign in with email and password',
  description:
    'Answers a token, or what else is asked for. The cookie that comes along renews the session; no script can read it. An unknown address, a wrong password and somebody who was shut out are answered alike.',
  status: 200,
  answer: stepAnswer,
  errors: [...errors, ...bodyErrors, signInFailed],
});

export const answerChallenge = route({
  ...open,
  id: 'answerChallenge',
  method: 'POST',
  path: '/v1/session/answer',
  body: z
    .object({ session: challengeSession, newPassword: newPassword.optional(), code: code.optional() })
    .refine((input) => (input.newPassword === undefined) !== (input.code === undefined), {
      path: ['code'],
      error: 'give `code` or `newPassword`, whichever was asked for',
    }),
  summary: 'Answer what signing in asked for',
  status: 200,
  answer: stepAnswer,
  errors: [...errors, ...bodyErrors, 'unprocessable', codeRefused, signedOut],
});

export const refreshSession = route({
  ...open,
  id: 'refreshSession',
  method: 'POST',
  path: '/v1/session/refresh',
  summary: 'Renew the token, by the cookie',
  description:
    'The cookie is set anew each time; the one before is good for another minute, so that two tabs may renew at once.',
  status: 200,
  answer: signedInAnswer,
  errors: [...errors, signedOut],
});

export const endSession = route({
  ...open,
  id: 'endSession',
  method: 'DELETE',
  path: '/v1/session',
  summary: 'Sign out, on this device',
  description: 'Tokens that are out run to their end, a quarter of an hour at most; nothing renews them.',
  status: 200,
  answer: nothing,
  errors,
});

export const forgotPassword = route({
  ...open,
  id: 'forgotPassword',
  method: 'POST',
  path: '/v1/session/forgot',
  body: z.object({ email }),
  summary: 'Mail a code to who has forgotten the password',
  description: 'Answers the same whether or not somebody signs in with the address.',
  status: 202,
  answer: nothing,
  errors: [...errors, ...bodyErrors],
});

export const resetPassword = route({
  ...open,
  id: 'resetPassword',
  method: 'POST',
  path: '/v1/session/reset',
  body: z.object({ email, code, newPassword }),
  summary: 'Choose another password, by the code from the mail',
  description: 'Signs out everywhere. Sign in afterwards, with the authenticator if one is on.',
  status: 200,
  answer: nothing,
  errors: [...errors, ...bodyErrors, 'unprocessable', codeRefused],
});

const staff = { tag: 'session', caller: signedIn } as const;
const staffSessionErrors = [...staffErrors, ...bodyErrors, 'too_many_requests', 'busy', signedOut] as const;

export const startAuthenticator = route({
  ...staff,
  id: 'startAuthenticator',
  method: 'POST',
  path: '/v1/session/authenticator',
  body: z.object({ password }),
  summary: 'Get the secret for an authenticator app; the password once more, since it replaces the one that is on',
  status: 200,
  answer: z.object({
    secret: z.string().meta({ description: 'Base 32, for typing it in (RFC 6238: SHA-1, six digits, 30 seconds).' }),
    uri: z.string().meta({ description: '`otpauth://…`, for a QR code.' }),
  }),
  errors: [...staffSessionErrors, signInFailed],
});

export const confirmAuthenticator = route({
  ...staff,
  id: 'confirmAuthenticator',
  method: 'POST',
  path: '/v1/session/authenticator/confirm',
  body: z.object({ code }),
  summary: 'Turn the authenticator on, by a code that it shows',
  description:
    'From then on signing in asks for a code. The token of the answer has the role, for its quarter of an hour; all sessions end, this one too, as one may have begun with a stolen password.',
  status: 200,
  answer: signedInAnswer,
  errors: [...staffSessionErrors, codeRefused],
});

export const changePassword = route({
  ...staff,
  caller: roles,
  id: 'changePassword',
  method: 'POST',
  path: '/v1/session/password',
  body: z.object({ password, newPassword }),
  summary: 'Choose another password; signs out everywhere, here too',
  status: 200,
  answer: nothing,
  errors: [...staffSessionErrors, 'unprocessable', signInFailed],
});

/** Routes by which staff sign in and stay so. */
export const sessionRoutes = [
  signIn,
  answerChallenge,
  refreshSession,
  endSession,
  forgotPassword,
  resetPassword,
] as const;
/** Routes for who is signed in. */
export const ownSessionRoutes = [startAuthenticator, confirmAuthenticator, changePassword] as const;
