import { type Actor, type Audit, actorIn } from '../audit/audit.ts';
import { Problem } from '../platform/http/problems.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import { newId, type Random } from '../platform/ids.ts';
import { retry } from '../platform/table/retry.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import { transact } from '../platform/table/transact.ts';
import type { Clock } from '../platform/time/clock.ts';
import { isoUtc } from '../platform/time/time.ts';
import type { Clients } from './clients.ts';
import { type ClientAnswer, getClient, liftNoShows } from './contract.ts';
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
  const { table, clients, audit, now, random } = deps;

  const need = async (id: string): Promise<ClientRecord> => {
    const record = await clients.get(id);
    if (!record) throw new Problem('not_found', { detail: 'There is no such client.' });
    return record;
  };

  const lift = (clientId: string, by: Actor): Promise<ClientRecord> =>
    retry(random, async () => {
      const record = await need(clientId);
      const { noShows = 0 } = record;
      if (noShows === 0) return record;
      const at = now();
      const { committed } = await transact(table, [
        clients.liftNoShows(clientId, noShows, at),
        clients.entry({ clientId, at, id: newId(random), type: 'no-shows.lifted', by: by.id }),
        ...audit.parts(by, {
          at,
          action: 'no-shows.lifted',
          subject: `client/${clientId}`,
          details: { counted: String(noShows) },
        }),
      ]);
      return committed ? { ...record, noShows: 0, noShowsLiftedAt: at } : undefined;
    });

  return [
    bind(getClient, async ({ params }) => toAnswer(await need(params.clientId))),
    bind(liftNoShows, async ({ params, context }) => toAnswer(await lift(params.clientId, actorIn(context)))),
  ];
};
