import type { Actor, Audit } from '../../audit/audit.ts';
import type { Channel } from '../../platform/fields.ts';
import { unprocessable } from '../../platform/http/problems.ts';
import { newId, type Random } from '../../platform/ids.ts';
import { retry } from '../../platform/table/retry.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { addressOf, type Clients } from '../clients.ts';
import type { ClientRecord } from '../store.ts';

/** Staff say that an address of the card is the client's own. Throws unprocessable, busy, and what `need` does. */
export const createProveAddress = (deps: {
  table: RegularsTable;
  clients: Pick<Clients, 'isProven' | 'proof' | 'entry'>;
  need: (clientId: string) => Promise<ClientRecord>;
  audit: Pick<Audit, 'writes'>;
  now: Clock;
  random: Random;
}) => {
  const { table, clients, need, audit, now, random } = deps;
  return (clientId: string, channel: Channel, by: Actor): Promise<ClientRecord> =>
    retry(random, async () => {
      const card = await need(clientId);
      const address = addressOf(card, channel);
      if (!address) throw unprocessable('channel', 'the client has no such address');
      if (await clients.isProven(clientId, address)) return card;
      const at = now();
      const { committed } = await transact(table, [
        clients.proof({ clientId, address, at, how: 'staff' }),
        clients.entry({ clientId, at, id: newId(random), type: 'address.proven', by: by.id, details: { channel } }),
        ...audit.writes(by, { at, action: 'address.proven', subject: `client/${clientId}`, details: { channel } }),
      ]);
      return committed ? card : undefined;
    });
};
