import type { Examples } from '../platform/http/examples.ts';
import type { ownSessionRoutes, sessionRoutes } from './contract.ts';

const email = 'ana@linden-rose.example';
const password = 'four words that nobody guesses';

/** A good request of each route, for the API's document and the samples in events/. */
export const sessionExamples: Examples<readonly [...typeof sessionRoutes, ...typeof ownSessionRoutes]> = {
  signIn: { body: { email, password } },
  answerChallenge: { body: { session: 'WyJjb2RlIiwiYjZkMmYyYTQiLCJBWUFCZUYuLi4iLFtdXQ', code: '492039' } },
  refreshSession: {},
  endSession: {},
  forgotPassword: { body: { email } },
  resetPassword: { body: { email, code: '492039', newPassword: password } },
  startAuthenticator: { body: { password } },
  confirmAuthenticator: { body: { code: '492039' } },
  changePassword: { body: { password, newPassword: 'another four words, as long' } },
};
