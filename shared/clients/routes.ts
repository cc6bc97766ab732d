import { type Audit, actorIn } from '../audit/audit.ts';
import type { NoteCard } from '../audit/many-reads.ts';
import type { CatalogueReader } from '../business/reader.ts';
import { contactFor, mustKnowClient } from '../people/access/rules.ts';
import { accessFor } from '../people/wiring.ts';
import { Problem } from '../platform/http/problems.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import type { Random } from '../platform/ids.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Clock } from '../platform/time/clock.ts';
import { isoUtc } from '../platform/time/time.ts';
import { createProveAddress } from './addresses/prove.ts';
import type { ReachOf } from './addresses/reach.ts';
import type { Clients } from './clients.ts';
import { type ClientAnswer, getClient, liftNoShows, proveAddress } from './contract.ts';
import { createLiftNoShows } from './lift-no-shows.ts';
import type { ClientRecord } from './store.ts';

const toAnswer = (record: ClientRecord, addresses: ClientAnswer['addresses']): ClientAnswer => ({
  ...record,
  addresses,
  noShows: record.noShows ?? 0,
  noShowsLiftedAt: record.noShowsLiftedAt === undefined ? undefined : isoUtc(record.noShowsLiftedAt),
  createdAt: isoUtc(record.createdAt),
});

export const clientBindings = (deps: {
  table: RegularsTable;
  clients: Clients;
  reachOf: ReachOf;
  audit: Audit;
  catalogue: CatalogueReader;
  /** Whether a person has a visit with a client these days. */
  isOwnClient: (staffId: string, clientId: string) => Promise<boolean>;
  noteCard: NoteCard;
  now: Clock;
  random: Random;
}): Binding[] => {
  const { clients, reachOf, isOwnClient, audit, noteCard, now } = deps;
  const accessOf = accessFor(deps);

  const need = async (id: string): Promise<ClientRecord> => {
    const record = await clients.get(id);
    if (!record) throw new Problem('not_found', { detail: 'There is no such client.' });
    return record;
  };
  const lift = createLiftNoShows({ ...deps, need });
  const prove = createProveAddress({ ...deps, need });
  const answer = async (record: ClientRecord) => toAnswer(record, await reachOf(record));

  return [
    bind(getClient, async ({ params: { clientId }, context }) => {
      const access = await accessOf(context);
      await mustKnowClient(access, clientId, isOwnClient);
      const record = await need(clientId);
      const entry = { at: now(), action: 'client.read', subject: `client/${clientId}` };
      if (await audit.read(actorIn(context), entry)) await noteCard(actorIn(context).id, entry.at);
      return answer(contactFor(access, record));
    }),
    bind(liftNoShows, async ({ params, context }) => answer(await lift(params.clientId, actorIn(context)))),
    bind(proveAddress, async ({ params, context }) =>
      answer(await prove(params.clientId, params.channel, actorIn(context))),
    ),
  ];
};
