import type { Random } from '../platform/ids.ts';
import { createCounters } from '../platform/limits/counters.ts';
import { createPauses } from '../platform/limits/pauses.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import { createAuthenticator } from './authenticator.ts';
import { createSessionCookie } from './cookie.ts';
import { createAttempts } from './limits/attempts.ts';
import { createKnownDevice } from './limits/known-device.ts';
import { createKnownStore } from './limits/known-store.ts';
import { createMails } from './limits/mails.ts';
import { createMailsStore } from './limits/mails-store.ts';
import { createPassword } from './password.ts';
import type { SignInPool } from './pool.ts';
import { createSignIn, type SessionDeps } from './sign-in.ts';

export interface SessionWiring extends Pick<SessionDeps, 'isEnded' | 'endSessions' | 'namesFor' | 'keepName'> {
  table: RegularsTable;
  tokens: Pick<Tokens, 'pseudonym' | 'sign' | 'verify'>;
  pool: SignInPool;
  now: Clock;
  random: Random;
  /** Address at which browsers find the API. */
  publicUrl: string;
  telemetry: Pick<Telemetry, 'count' | 'warn'>;
}

/** The use cases of the session. */
export const sessionFor = ({
  table,
  tokens,
  now,
  random,
  publicUrl,
  pool,
  isEnded,
  endSessions,
  namesFor,
  keepName,
  telemetry,
}: SessionWiring) => {
  const secure = publicUrl.startsWith('https:');
  const device = createKnownDevice({ tokens, random, now, secure });
  const attempts = createAttempts({
    counters: createCounters(table, now),
    pauses: createPauses(table, now),
    known: createKnownStore(table, now),
    device,
    tokens,
    random,
  });
  const deps: SessionDeps = {
    pool,
    isEnded,
    endSessions,
    namesFor,
    keepName,
    device,
    attempts,
    mails: createMails({ attempts, store: createMailsStore(table), now, telemetry }),
    cookie: createSessionCookie({ secure }),
  };
  return { ...createSignIn(deps), authenticator: createAuthenticator(deps), password: createPassword(deps) };
};
