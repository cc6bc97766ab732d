import type { PersonAnswer } from './contract.ts';
import type { Pool, PoolUser } from './pool.ts';
import type { PersonRecord, PersonStore } from './store.ts';

/** The role as functions see it: what is held narrows what the pool says. */
export const roleOf = ({ roles }: Pick<PoolUser, 'roles'>, held: Pick<PersonRecord, 'role'> | undefined) =>
  held?.role === undefined ? roles[0] : roles.find((role) => role === held.role);

export const personView = (user: PoolUser, held: PersonRecord | undefined): PersonAnswer => ({
  sub: user.sub,
  email: user.email,
  role: roleOf(user, held),
  staffId: held?.staffId,
  locations: held?.locations,
  disabled: !user.enabled || held?.disabledAt !== undefined,
  invited: user.invited,
});

/** Everybody of the pool, with what is held of them, by e-mail. */
export const createListPeople =
  ({ pool, store }: { pool: Pick<Pool, 'list'>; store: Pick<PersonStore, 'getAll'> }) =>
  async (): Promise<PersonAnswer[]> => {
    const users = await pool.list();
    const held = new Map((await store.getAll(users.map(({ sub }) => sub))).map((person) => [person.sub, person]));
    return users
      .map((user) => personView(user, held.get(user.sub)))
      .sort((one, other) => (one.email < other.email ? -1 : 1));
  };
