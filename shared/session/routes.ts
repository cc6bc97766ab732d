import type { RouteContract } from '../platform/http/contract.ts';
import { Problem } from '../platform/http/problems.ts';
import { type Binding, bind, type Handle, type RequestContext, type StaffIdentity } from '../platform/http/server.ts';
import {
  answerChallenge,
  changePassword,
  confirmAuthenticator,
  endSession,
  forgotPassword,
  refreshSession,
  resetPassword,
  signIn,
  startAuthenticator,
} from './contract.ts';
import type { Browser } from './cookie.ts';
import { codeRefused, signInFailed } from './problems.ts';
import { type SessionWiring, sessionFor } from './wiring.ts';

/** Refusals that count for the metric which an alarm watches; whoever guesses steadily meets mostly the last one. */
const failures: readonly string[] = [signInFailed.code, codeRefused.code, 'too_many_requests'];

const browserOf = ({
  context: { sourceIp, cookies = [] },
  setCookie,
}: {
  context: RequestContext;
  setCookie: Browser['setCookie'];
}): Browser => ({ sourceIp, cookies, setCookie });

const staffIn = ({ staff = { id: '', roles: [] } }: RequestContext): StaffIdentity => staff;

/** Routes of the session. Pages of other sites are refused, whatever they send along. */
export const sessionBindings = (wiring: SessionWiring): Binding[] => {
  const session = sessionFor(wiring);

  const ownSite = <const R extends RouteContract>(contract: R, handle: Handle<R>): Binding =>
    bind<R>(contract, async (call) => {
      const { site = 'same-origin' } = call.context;
      if (site !== 'same-origin') throw new Problem('forbidden', { detail: 'Ask from a page of this address.' });
      try {
        return await handle(call);
      } catch (error) {
        if (error instanceof Problem && failures.includes(error.code)) wiring.telemetry.count('SignInFailed');
        throw error;
      }
    });

  return [
    ownSite(signIn, (call) => session.signIn(browserOf(call), call.body)),
    ownSite(answerChallenge, (call) => session.answer(browserOf(call), call.body)),
    ownSite(refreshSession, (call) => session.refresh(browserOf(call))),
    ownSite(endSession, async (call) => {
      await session.end(browserOf(call));
      return {};
    }),
    ownSite(forgotPassword, async (call) => {
      await session.password.forgot(browserOf(call), call.body.email);
      return {};
    }),
    ownSite(resetPassword, async (call) => {
      await session.password.reset(browserOf(call), call.body);
      return {};
    }),
    ownSite(startAuthenticator, (call) =>
      session.authenticator.start(browserOf(call), staffIn(call.context), call.body.password),
    ),
    ownSite(confirmAuthenticator, (call) =>
      session.authenticator.confirm(browserOf(call), staffIn(call.context), call.body.code),
    ),
    ownSite(changePassword, async (call) => {
      await session.password.change(browserOf(call), staffIn(call.context), call.body);
      return {};
    }),
  ];
};
