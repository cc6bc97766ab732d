import { client } from '../../audit/audit.ts';
import type { Channel } from '../../platform/fields.ts';
import { newId, type Random } from '../../platform/ids.ts';
import { retry } from '../../platform/table/retry.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { Clients } from '../clients.ts';

/**
 * Gives what was asked when somebody booked: whoever reads what is sent to the address has said yes there, which also
 * lifts an earlier refusal. Nothing where nothing is asked, or it has been answered. Throws busy.
 */
export const createAgree = (deps: {
  table: RegularsTable;
  clients: Pick<Clients, 'askedOf' | 'answered' | 'consent' | 'entry'>;
  now: Clock;
  random: Random;
}) => {
  const { table, clients, now, random } = deps;
  return (box: { clientId: string; channel: Channel; address: string }): Promise<boolean> =>
    retry(random, async () => {
      const asked = await clients.askedOf(box);
      if (!asked) return false;
      const { clientId, channel } = box;
      const { words, wordsId, wordsVersion } = asked;
      const at = now();
      const { committed } = await transact(table, [
        clients.consent({ ...box, words, wordsId, wordsVersion, granted: true, at, how: 'link' }),
        clients.answered(box),
        clients.entry({ clientId, at, id: newId(random), type: 'consent.given', by: client.id, details: { channel } }),
      ]);
      return committed || undefined;
    });
};
export type Agree = ReturnType<typeof createAgree>;
