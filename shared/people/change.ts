import type { Actor, Audit } from '../audit/audit.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Role } from '../platform/http/contract.ts';
import { Problem } from '../platform/http/problems.ts';
import type { Random } from '../platform/ids.ts';
import { retry } from '../platform/table/retry.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import { type TransactionWrite, transact } from '../platform/table/transact.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { PersonAnswer } from './contract.ts';
import { personView, roleOf } from './list.ts';
import type { Pool, PoolUser } from './pool.ts';
import { lastOwner } from './problems.ts';
import type { PersonRecord, PersonStore } from './store.ts';

/** Fields that are absent stay as they are. */
export interface PersonChange {
  role?: Role | undefined;
  staffId?: string | null | undefined;
  locations?: string[] | null | undefined;
  disabled?: boolean | undefined;
}

/** Throws unprocessable for a row of staff or a location that there is not. */
export const checkPlaces = (
  catalogueIndex: CatalogueIndex,
  { staffId, locations }: Pick<PersonChange, 'staffId' | 'locations'>,
): void => {
  if (staffId) catalogueIndex.needPerson(staffId, 'staffId');
  for (const [index, id] of (locations ?? []).entries()) catalogueIndex.needLocation(id, `locations[${index}]`);
};

/** The pool may be slow or busy; doing it again goes on where it ended. */
export const orBusy = (error: unknown): never => {
  if (error instanceof Problem) throw error;
  const { name } = error as Error;
  if (/^(?:TypeError|SyntaxError|RangeError|ReferenceError)$/.test(name)) throw error;
  throw new Problem('busy', { detail: 'The user pool did not answer; send the same again.', retryAfter: 2 });
};

const changed = (
  held: PersonRecord,
  { role, staffId, locations, disabled }: PersonChange,
  at: number,
): PersonRecord => ({
  ...held,
  ...(role === undefined ? {} : { role }),
  ...(staffId === undefined ? {} : { staffId: staffId ?? undefined }),
  ...(locations === undefined ? {} : { locations: locations ?? undefined }),
  ...(disabled === undefined ? {} : { disabledAt: disabled ? (held.disabledAt ?? at) : undefined }),
  // Tokens of an earlier role, or from before the person was shut out.
  ...((role !== undefined && role !== held.role) || disabled === true ? { revokedAt: at } : {}),
});

/** Dependencies of what owners do with people. */
export interface PeopleDeps {
  table: RegularsTable;
  catalogue: Pick<CatalogueReader, 'current'>;
  pool: Pool;
  store: PersonStore;
  audit: Pick<Audit, 'writes'>;
  now: Clock;
  random: Random;
}

/** Changes who a person is and what they may do. The table decides, the pool follows: functions obey the stricter of both. */
export const createChangePerson = (deps: PeopleDeps) => {
  const { table, catalogue, pool, store, audit, now, random } = deps;

  const isOwner = (user: PoolUser, held: PersonRecord | undefined): boolean =>
    roleOf(user, held) === 'owner' && user.enabled && held?.disabledAt === undefined;

  /**
   * The part of a transaction that keeps two owners from ending each other at the same moment. Throws last_owner where
   * nobody would be left who has signed in and could let others in again.
   */
  const keepAnOwner = async (sub: string, users: readonly PoolUser[]): Promise<TransactionWrite> => {
    const guard = await store.ownersVersion();
    const owners = users.filter((user) => user.roles.includes('owner'));
    const held = new Map((await store.getAll(owners.map((user) => user.sub))).map((each) => [each.sub, each]));
    const others = owners.filter((user) => user.sub !== sub && !user.invited && isOwner(user, held.get(user.sub)));
    if (others.length === 0) {
      throw new Problem(lastOwner, { detail: 'Make somebody else owner first, who has signed in.' });
    }
    return store.countOwnerChange(guard);
  };

  const commit = (by: Actor, sub: string, change: PersonChange) =>
    retry(random, async () => {
      const at = now();
      const users = await pool.list();
      const user = users.find((each) => each.sub === sub);
      if (!user) throw new Problem('not_found', { detail: 'There is no such person.' });
      const before = await store.get(sub, { consistent: true });
      const next = changed(before ?? { sub, version: 0, role: roleOf(user, before) }, change, at);
      const leaves = isOwner(user, before) && (next.role !== 'owner' || next.disabledAt !== undefined);
      const guard = leaves ? [await keepAnOwner(sub, users)] : [];
      const { committed } = await transact(table, [
        ...guard,
        store.put(next),
        store.putName({ sub, email: user.email, staffId: next.staffId }),
        ...audit.writes(by, {
          at,
          action: change.disabled ? 'person.removed' : 'person.changed',
          subject: `person/${sub}`,
          details: detailsOf(change),
        }),
      ]);
      return committed ? { user, next } : undefined;
    });

  /** Throws not_found, last_owner, unprocessable, busy; doing the same again brings what is left to its end. */
  return async (by: Actor, sub: string, change: PersonChange): Promise<PersonAnswer> => {
    checkPlaces(await catalogue.current(), change);
    const { user, next } = await commit(by, sub, change).catch(orBusy);
    const { role, disabled } = change;
    const follow = async () => {
      if (role !== undefined) await pool.setRole(sub, role);
      if (disabled !== undefined) await pool.setEnabled(sub, !disabled);
      if (disabled) await pool.signOut(sub);
    };
    await follow().catch(orBusy);
    const enabled = disabled === undefined ? user.enabled : !disabled;
    return personView({ ...user, enabled, roles: role === undefined ? user.roles : [role] }, next);
  };
};

/** For the audit: ids and codes. */
const detailsOf = ({ role, staffId, locations, disabled }: PersonChange): Record<string, string> => ({
  ...(role === undefined ? {} : { role }),
  ...(staffId === undefined ? {} : { staff: staffId ?? '' }),
  ...(locations === undefined ? {} : { locations: (locations ?? []).join(', ') }),
  ...(disabled === undefined ? {} : { disabled: String(disabled) }),
});
