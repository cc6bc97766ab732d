import type { Clock } from '../platform/time/clock.ts';
import type { PersonStore } from './store.ts';

/** Whether a session that began at a second since 1970 has been ended since, in milliseconds. */
export const isOver = (signedOutAt: number | undefined, beganAt: number): boolean =>
  signedOutAt !== undefined && beganAt * 1000 <= signedOutAt;

/**
 * Ends all sessions of a person who has another password, and the tokens that are out. The person may sign in at once, so
 * what began in the very second counts. It lies apart from what a person may do, which no function that strangers can
 * call may write.
 */
export const createEndSessions =
  ({ store, now }: { store: Pick<PersonStore, 'signOut'>; now: Clock }) =>
  (sub: string): Promise<void> =>
    store.signOut(sub, Math.floor(now() / 1000) * 1000 - 1);
export type EndSessions = ReturnType<typeof createEndSessions>;
