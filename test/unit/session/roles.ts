import { type Caller, roles, signedIn } from '../../../shared/platform/http/contract.ts';

/** Who may do what, word for word; `test/proof/api/roles.test.ts` holds the contracts to it. */
export const expected: Record<string, Caller> = {
  signIn: 'public',
  answerChallenge: 'public',
  refreshSession: 'public',
  endSession: 'public',
  forgotPassword: 'public',
  resetPassword: 'public',
  startAuthenticator: signedIn,
  confirmAuthenticator: signedIn,
  changePassword: roles,
};
