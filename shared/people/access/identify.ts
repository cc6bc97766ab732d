import { Problem } from '../../platform/http/problems.ts';
import type { StaffIdentity } from '../../platform/http/server.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type Instant, minute } from '../../platform/time/time.ts';
import { isOver } from '../end-sessions.ts';
import type { PersonRecord, PersonStore } from '../store.ts';

/** Time for which a function may go by what it read of a person: removing somebody takes that long at most. */
const keptFor = minute;
/** Far more than work in any business at once. */
const mostKept = 1_000;

type Held = Pick<PersonRecord, 'role' | 'staffId' | 'locations' | 'revokedAt' | 'disabledAt'> & {
  signedOutAt?: number | undefined;
};

/** A token of the second in which others were revoked may be one of them. */
const isRevoked = ({ issuedAt = 0, beganAt = issuedAt }: StaffIdentity, held: Held): boolean =>
  held.disabledAt !== undefined ||
  (held.revokedAt !== undefined && issuedAt * 1000 <= held.revokedAt) ||
  isOver(held.signedOutAt, beganAt);

/** The person behind a token: with two reads a minute for each, in each instance of a function. Throws unauthenticated. */
export const createIdentify = ({ store, now }: { store: Pick<PersonStore, 'get' | 'signedOutAt'>; now: Clock }) => {
  const kept = new Map<string, { until: Instant; held: Promise<Held> }>();

  const read = async (sub: string): Promise<Held> => {
    const loosely = { consistent: false };
    const [person, signedOutAt] = await Promise.all([store.get(sub, loosely), store.signedOutAt(sub, loosely)]);
    return { ...person, signedOutAt };
  };

  const heldOf = (sub: string): Promise<Held> => {
    const found = kept.get(sub);
    if (found && found.until > now()) return found.held;
    if (kept.size >= mostKept) kept.clear();
    const held = read(sub);
    kept.set(sub, { until: now() + keptFor, held });
    held.catch(() => kept.delete(sub));
    return held;
  };

  return async (staff: StaffIdentity): Promise<StaffIdentity> => {
    const held = await heldOf(staff.id);
    if (isRevoked(staff, held)) throw new Problem('unauthenticated', { detail: 'Sign in again.' });
    const { role, staffId, locations } = held;
    return {
      ...staff,
      roles: role === undefined ? staff.roles : staff.roles.filter((each) => each === role),
      ...(staffId === undefined ? {} : { staffId }),
      ...(locations === undefined ? {} : { locations }),
    };
  };
};
