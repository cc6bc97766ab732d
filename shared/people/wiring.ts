import type { Audit } from '../audit/audit.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { StaffIdentity } from '../platform/http/server.ts';
import type { Random } from '../platform/ids.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Clock } from '../platform/time/clock.ts';
import { createIdentify } from './access/identify.ts';
import { type Access, accessOf } from './access/rules.ts';
import { createChangePerson } from './change.ts';
import { createEndSessions } from './end-sessions.ts';
import { createInvite } from './invite.ts';
import { createListPeople } from './list.ts';
import { createNames } from './names.ts';
import type { Pool } from './pool.ts';
import { createPersonStore } from './store.ts';

/** Wires what turns a token into a person, for functions of staff. */
export const identifyFor = ({ table, now }: { table: RegularsTable; now: Clock }) =>
  createIdentify({ store: createPersonStore(table), now });

/** Wires the rights of whoever asks, for the routes of other capabilities. */
export const accessFor =
  ({ catalogue }: { catalogue: Pick<CatalogueReader, 'recent'> }) =>
  async ({ staff = { id: '', roles: [] } }: { staff?: StaffIdentity | undefined }): Promise<Access> =>
    accessOf(staff, (await catalogue.recent()).settings);

/** Wires what ends somebody's sessions, for who lets people sign in. */
export const endSessionsFor = ({ table, now }: Pick<PeopleDeps, 'table' | 'now'>) =>
  createEndSessions({ store: createPersonStore(table), now });

/** Wires the names that stand for the business and a person; before a business is loaded there are none. */
export const namesFor = ({ table, catalogue }: Pick<PeopleDeps, 'table' | 'catalogue'>) => {
  const store = createPersonStore(table);
  return async (sub?: string): Promise<{ business: string | undefined; person?: string | undefined }> => {
    const [index, held] = await Promise.all([
      catalogue.recent().catch(() => undefined),
      sub === undefined ? undefined : store.get(sub, { consistent: false }),
    ]);
    return { business: index?.settings.name, person: index?.person(held?.staffId ?? '')?.name };
  };
};

/** Wires the names that stand beside a `sub` in answers to staff. */
export const staffNamesFor = ({
  table,
  catalogue,
  now,
}: Pick<PeopleDeps, 'table' | 'now'> & { catalogue: Pick<CatalogueReader, 'recent'> }) =>
  createNames({ store: createPersonStore(table), catalogue, now });

/** Wires what keeps the name of whoever signs in: the first owner was invited by nobody here. */
export const keepNameFor = ({ table }: Pick<PeopleDeps, 'table'>) => createPersonStore(table).keepName;

/** Items of persons, for whoever fills a demo. */
export const personsFor = ({ table }: { table: RegularsTable }) => createPersonStore(table);

export interface PeopleDeps {
  table: RegularsTable;
  catalogue: CatalogueReader;
  audit: Audit;
  pool: Pool;
  now: Clock;
  random: Random;
}

/** The use cases of the people. */
export const peopleFor = (deps: PeopleDeps) => {
  const store = createPersonStore(deps.table);
  return {
    list: createListPeople({ ...deps, store }),
    change: createChangePerson({ ...deps, store }),
    ...createInvite({ ...deps, store }),
  };
};
