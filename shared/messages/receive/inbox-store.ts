import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { defineEntity, expiring } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';

/** In as many months may something lie that is kept as long as settings allow. */
const maxMonths = 122;

const placeOf = ({ at, id }: { at: number; id: string }): string => `${new Date(at).toISOString()}#${id}`;
const monthOf = (place: string): string => place.slice(0, 7);
const ofMonth = (month: string): string => `INBOX#${month}`;
const ofClient = (clientId: string): string => `INBOX#${clientId}`;

const before = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 2)).toISOString().slice(0, 7);
};

/** A text that was received; a partition for each month, so that none grows with the business. */
const inboxEntity = defineEntity({
  name: 'ReceivedText',
  attributes: {
    at: number().key(),
    id: string().key(),
    from: string(),
    words: string(),
    act: string().enum('stop', 'start', 'help').optional(),
    clientId: string().optional(),
    clientPk: string().optional(),
    clientSk: string().optional(),
    ...expiring,
  },
  key: (text) => ({ pk: ofMonth(monthOf(placeOf(text))), sk: placeOf(text) }),
});

export type ReceivedText = Omit<FormattedItem<ReturnType<typeof inboxEntity>>, 'clientPk' | 'clientSk' | 'expiresAt'>;

/** Bounds of a page: its length and its start. `after`: the place at which the page before ended. */
interface Page {
  limit: number;
  after?: string | undefined;
}

export const createInbox = (table: RegularsTable) => {
  const entity = inboxEntity(table);

  /** The newest first, from one partition of the table or of the index of clients. */
  const read = async (
    query: { partition: string; index?: 'byClient' },
    limit: number,
    exclusiveStartKey: Record<string, string> | undefined,
  ): Promise<ReceivedText[]> => {
    const { Items = [] } = await table
      .build(QueryCommand)
      .entities(entity)
      .query(query)
      .options({ reverse: true, limit, ...(exclusiveStartKey ? { exclusiveStartKey } : {}) })
      .send();
    return Items;
  };

  return {
    /** A part of a transaction; put twice it is the same. */
    put: (text: ReceivedText, expiresAt: number): TransactionWrite =>
      entity.build(PutTransaction).item({
        ...text,
        expiresAt,
        ...(text.clientId ? { clientPk: ofClient(text.clientId), clientSk: placeOf(text) } : {}),
      }),

    /** Texts to the business. `now`: the month in which the list begins. */
    async ofBusiness(now: number, { limit, after }: Page): Promise<ReceivedText[]> {
      const found: ReceivedText[] = [];
      let month = monthOf(after ?? new Date(now).toISOString());
      for (let months = 0; months < maxMonths && found.length < limit; months += 1) {
        const partition = ofMonth(month);
        const start = after && months === 0 ? { pk: partition, sk: after } : undefined;
        found.push(...(await read({ partition }, limit - found.length, start)));
        month = before(month);
      }
      return found;
    },

    ofClient: (clientId: string, { limit, after }: Page): Promise<ReceivedText[]> => {
      const partition = ofClient(clientId);
      const start = after && { pk: ofMonth(monthOf(after)), sk: after, clientPk: partition, clientSk: after };
      return read({ partition, index: 'byClient' }, limit, start || undefined);
    },

    placeOf,
  };
};
export type Inbox = ReturnType<typeof createInbox>;
