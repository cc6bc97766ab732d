import type { Actor } from '../audit/audit.ts';
import type { Role } from '../platform/http/contract.ts';
import { Problem } from '../platform/http/problems.ts';
import { retry } from '../platform/table/retry.ts';
import { transact } from '../platform/table/transact.ts';
import { checkPlaces, orBusy, type PeopleDeps } from './change.ts';
import type { PersonAnswer } from './contract.ts';
import { personView } from './list.ts';
import type { PersonRecord } from './store.ts';

interface Invitation {
  email: string;
  role: Role;
  staffId?: string | undefined;
  locations?: string[] | undefined;
}

/** Lets people in for the first time, and signs them out. */
export const createInvite = (deps: PeopleDeps) => {
  const { table, catalogue, pool, store, audit, now, random } = deps;

  /** Keeps the person as `become` makes them, with the entry in the audit. */
  const record = (
    by: Actor,
    { sub, email }: { sub: string; email: string },
    action: string,
    become: (held: PersonRecord) => PersonRecord,
  ) =>
    retry(random, async () => {
      const held = (await store.get(sub, { consistent: true })) ?? { sub, version: 0 };
      const next = become(held);
      const entry = {
        at: now(),
        action,
        subject: `person/${sub}`,
        ...(next.role ? { details: { role: next.role } } : {}),
      };
      const { committed } = await transact(table, [
        store.put(next),
        store.putName({ sub, email, staffId: next.staffId }),
        ...audit.writes(by, entry),
      ]);
      return committed ? next : undefined;
    });

  return {
    /** Throws person_exists, unprocessable, busy. */
    async invite(by: Actor, { email, role, staffId, locations }: Invitation): Promise<PersonAnswer> {
      checkPlaces(await catalogue.current(), { staffId, locations });
      const sub = await pool.invite(email.toLowerCase()).catch(orBusy);
      const held = await record(by, { sub, email: email.toLowerCase() }, 'person.invited', (before) => ({
        ...before,
        role,
        staffId,
        locations,
      }));
      await pool.setRole(sub, role).catch(orBusy);
      return personView({ sub, email: email.toLowerCase(), roles: [role], enabled: true, invited: true }, held);
    },

    /** Throws not_found, status_conflict, busy. */
    async inviteAgain(by: Actor, sub: string): Promise<PersonAnswer> {
      const user = await pool.need(sub).catch(orBusy);
      if (!user.invited || !user.enabled) {
        const why = user.invited ? 'can’t sign in now' : 'has chosen a password already';
        throw new Problem('status_conflict', { detail: `The person ${why}.` });
      }
      const held = await record(by, user, 'person.invited', (before) => before);
      await pool.inviteAgain(sub).catch(orBusy);
      return personView(user, held);
    },

    /** Throws not_found, busy. */
    async signOut(by: Actor, sub: string): Promise<PersonAnswer> {
      const user = await pool.need(sub).catch(orBusy);
      const held = await record(by, user, 'person.signed-out', (before) => ({ ...before, revokedAt: now() }));
      await pool.signOut(sub).catch(orBusy);
      return personView(user, held);
    },
  };
};
