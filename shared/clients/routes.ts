import { type Audit, actorIn } from '../audit/audit.ts';
import { Problem } from '../platform/http/problems.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import type { Random } from '../platform/ids.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Clock } from '../platform/time/clock.ts';
import { isoUtc } from '../platform/time/time.ts';
import type { Clients } from './clients.ts';
import { type ClientAnswer, getClient, liftNoShows } from './contract.ts';
import { createLiftNoShows } from './lift-no-shows.ts';
import type { ClientRecord } from './store.ts';

const toAnswer = (record: ClientRecord): ClientAnswer => ({
  ...record,
  noShows: record.noShows ?? 0,
  noShowsLiftedAt: record.noShowsLiftedAt === undefined ? undefined : isoUtc(record.noShowsLiftedAt),
  createdAt: isoUtc(record.createdAt),
});

export const clientBindings = (deps: {
  table: RegularsTable;
  clients: Clients;
  audit: Audit;
  now: Clock;
  random: Random;
}): Binding[] => {
  const { clients } = deps;

  const need = async (id: string): Promise<ClientRecord> => {
    const record = await clients.get(id);
    if (!record) throw new Problem('not_found', { detail: 'There is no such client.' });
    return record;
  };
  const lift = createLiftNoShows({ ...deps, need });

  return [
    bind(getClient, async ({ params }) => toAnswer(await need(params.clientId))),
    bind(liftNoShows, async ({ params, context }) => toAnswer(await lift(params.clientId, actorIn(context)))),
  ];
};
