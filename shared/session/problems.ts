import { defineProblem } from '../platform/http/problems.ts';

/** One answer for an unknown address, a wrong password and somebody who was shut out, so that it tells nobody who works here. */
export const signInFailed = defineProblem('sign_in_failed', 403, 'The email address or the password is not right');
export const codeRefused = defineProblem('code_refused', 403, 'The code is not right, has been used or has expired');
export const signedOut = defineProblem('signed_out', 401, 'Sign in again');
