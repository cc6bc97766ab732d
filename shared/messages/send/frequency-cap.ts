import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import type { Settings } from '../../business/catalogue.ts';
import { addressHash, clientPartition } from '../../clients/keys.ts';
import { defineEntity, expiring, expiryAt } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import { day, type Instant } from '../../platform/time/time.ts';

/** The longest window that settings allow; what is older is of no use to anybody. */
const longest = 90 * day;

const windowEntity = defineEntity({
  name: 'MarketingWindow',
  attributes: {
    partition: string().key(),
    /** Marketing messages of late. `id`: of the message, so that a second try of the same one is not a second one. */
    sends: list(map({ id: string(), at: number() })),
    /** Rises with every write. */
    version: number(),
    ...expiring,
  },
  key: ({ partition }) => ({ pk: partition, sk: 'MARKETING#WINDOW' }),
});

/** A marketing message on its way to an address of a client. */
export interface MarketingSend {
  /** The same for every try of one message. */
  id: string;
  clientId: string;
  address: string;
  at: Instant;
}

const maxRaces = 8;

/**
 * Counts marketing messages to a client and to an address, which several clients may share. Both windows are written
 * together under the versions that were read: two campaigns at once can't both take the last place.
 */
export const createFrequencyCap = (table: RegularsTable) => {
  const entity = windowEntity(table);

  const owners = ({ clientId, address }: MarketingSend): string[] => [
    clientPartition(clientId),
    `MARKETING#${addressHash(address)}`,
  ];

  const read = async (partition: string) => {
    const { Item } = await entity.build(GetItemCommand).key({ partition }).options({ consistent: true }).send();
    return { partition, sends: Item?.sends ?? [], version: Item?.version ?? 0 };
  };
  type Window = Awaited<ReturnType<typeof read>>;

  const write = ({ partition, version }: Window, sends: Window['sends'], at: Instant) =>
    entity
      .build(PutTransaction)
      .item({
        partition,
        sends: sends.filter((send) => send.at > at - longest),
        version: version + 1,
        expiresAt: expiryAt(at + longest),
      })
      .options({ condition: version === 0 ? { attr: 'version', exists: false } : { attr: 'version', eq: version } });

  /** Writes what `decide` makes of each window; `undefined` leaves it. False as soon as one window says so. */
  const change = async (
    send: MarketingSend,
    decide: (sends: Window['sends']) => Window['sends'] | undefined | false,
  ): Promise<boolean> => {
    for (let race = 0; race < maxRaces; race += 1) {
      const windows = await Promise.all(owners(send).map(read));
      const decided = windows.map((window) => ({ window, sends: decide(window.sends) }));
      if (decided.some(({ sends }) => sends === false)) return false;
      const parts = decided.flatMap(({ window, sends }) => (sends ? [write(window, sends, send.at)] : []));
      if (parts.length === 0 || (await transact(table, parts)).committed) return true;
    }
    throw new Error('Too many marketing messages to one address at the same moment');
  };

  return {
    /** Takes a place for the message, once however often it is asked; false when there is none left. */
    reserve: (send: MarketingSend, { messages, days }: Settings['frequencyCap']): Promise<boolean> =>
      change(send, (sends) => {
        if (sends.some(({ id }) => id === send.id)) return undefined;
        const recent = sends.filter(({ at }) => at > send.at - days * day);
        return recent.length < messages && [...sends, { id: send.id, at: send.at }];
      }),

    /** Gives the place back: the message certainly was not sent. */
    refund: (send: MarketingSend): Promise<boolean> =>
      change(send, (sends) => {
        const rest = sends.filter(({ id }) => id !== send.id);
        return rest.length < sends.length ? rest : undefined;
      }),
  };
};
