import type { Actor, Audit } from '../audit/audit.ts';
import { newId, type Random } from '../platform/ids.ts';
import { retry } from '../platform/table/retry.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';
import { transact } from '../platform/table/transact.ts';
import type { Clock } from '../platform/time/clock.ts';
import { addressesOf, type Clients } from './clients.ts';
import type { ClientRecord } from './store.ts';

/** Lifts what a client's no-shows entail; where there are none, nothing is recorded. Throws what `need` does, and busy. */
export const createLiftNoShows = (deps: {
  table: RegularsTable;
  clients: Pick<Clients, 'liftNoShows' | 'missedAt' | 'liftMissedAt' | 'entry'>;
  need: (clientId: string) => Promise<ClientRecord>;
  audit: Pick<Audit, 'writes'>;
  now: Clock;
  random: Random;
}) => {
  const { table, clients, need, audit, now, random } = deps;
  const atAddresses = async (record: ClientRecord): Promise<TransactionWrite[]> => {
    const all = addressesOf(record);
    const missed = await Promise.all(all.map((address) => clients.missedAt(record.id, address)));
    return all.filter((_, index) => missed[index]).map((address) => clients.liftMissedAt(record.id, address));
  };
  return (clientId: string, by: Actor): Promise<ClientRecord> =>
    retry(random, async () => {
      const record = await need(clientId);
      const { noShows = 0 } = record;
      if (noShows === 0) return record;
      const at = now();
      const { committed } = await transact(table, [
        clients.liftNoShows(clientId, noShows, at),
        ...(await atAddresses(record)),
        clients.entry({ clientId, at, id: newId(random), type: 'no-shows.lifted', by: by.id }),
        ...audit.writes(by, {
          at,
          action: 'no-shows.lifted',
          subject: `client/${clientId}`,
          details: { counted: String(noShows) },
        }),
      ]);
      return committed ? { ...record, noShows: 0, noShowsLiftedAt: at } : undefined;
    });
};
