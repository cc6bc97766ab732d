import { Entity, type FormattedItem } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
import { item } from 'dynamodb-toolbox/schema/item';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { addressHash, clientPartition } from '../clients/keys.ts';
import { channels } from '../platform/fields.ts';
import type { RegularsTable } from '../platform/table.ts';
import { messageStatuses, messageTemplates } from './contract.ts';

/** One message by its purpose; it stands in the client's timeline, and claiming it is putting it. */
const messageEntity = (table: RegularsTable) =>
  new Entity({
    name: 'Message',
    table,
    schema: item({
      clientId: string().key(),
      appointmentId: string().key(),
      touchpoint: string().key(),
      /** Of the appointment, or the revision of a review: a moved appointment has a reminder of its own. */
      occurrence: number().key(),
      template: string().enum(...messageTemplates),
      status: string().enum(...messageStatuses),
      reason: string().optional(),
      channel: string()
        .enum(...channels)
        .optional(),
      parts: number().optional(),
      providerId: string().optional(),
      /** How often sending was begun. */
      attempts: number(),
      at: number(),
    }),
    computeKey: ({ clientId, appointmentId, touchpoint, occurrence }) => ({
      pk: clientPartition(clientId),
      sk: `MESSAGE#${appointmentId}#${touchpoint}#${String(occurrence).padStart(4, '0')}`,
    }),
    timestamps: false,
  });

/** An address to which nothing may be sent any more. */
const suppressionEntity = (table: RegularsTable) =>
  new Entity({
    name: 'Suppression',
    table,
    schema: item({ addressHash: string().key(), reason: string(), at: number() }),
    computeKey: (key) => ({ pk: `SUPPRESSED#${key.addressHash}`, sk: 'SUPPRESSED' }),
    timestamps: false,
  });

export type Message = FormattedItem<ReturnType<typeof messageEntity>>;
export type MessageKey = Pick<Message, 'clientId' | 'appointmentId' | 'touchpoint' | 'occurrence'>;
export type Outcome = Partial<Pick<Message, 'status' | 'reason' | 'channel' | 'parts' | 'providerId' | 'attempts'>> & {
  at: number;
};

/** What the sort keys of a client's messages begin with, or of those about one appointment. */
export const messagesPrefix = (appointmentId: string | undefined): string =>
  `MESSAGE#${appointmentId === undefined ? '' : `${appointmentId}#`}`;

const lostRace = (error: unknown): boolean => (error as Error).name === 'ConditionalCheckFailedException';

export const createMessageStore = (table: RegularsTable) => {
  const message = messageEntity(table);
  const suppression = suppressionEntity(table);

  /** False when the condition didn't hold. */
  const unlessLost = async (write: Promise<unknown>): Promise<boolean> => {
    try {
      await write;
      return true;
    } catch (error) {
      if (lostRace(error)) return false;
      throw error;
    }
  };

  return {
    async get(key: MessageKey): Promise<Message | undefined> {
      return (await message.build(GetItemCommand).key(key).options({ consistent: true }).send()).Item;
    },
    /** False when the message is there already: someone else has it, or it is done. */
    putNew: (created: Message): Promise<boolean> =>
      unlessLost(
        message
          .build(PutItemCommand)
          .item(created)
          .options({ condition: { attr: 'status', exists: false } })
          .send(),
      ),
    /** Writes the outcome if the message still is as it was seen; false when somebody changed it. */
    update: (key: MessageKey, seen: Pick<Message, 'status' | 'attempts'>, outcome: Outcome): Promise<boolean> =>
      unlessLost(
        message
          .build(UpdateItemCommand)
          .item({ ...key, ...outcome })
          .options({
            condition: {
              and: [
                { attr: 'status', eq: seen.status },
                { attr: 'attempts', eq: seen.attempts },
              ],
            },
          })
          .send(),
      ),
    async ofClient(
      clientId: string,
      options: { appointmentId?: string | undefined; limit: number; after?: string | undefined },
    ) {
      const { Items = [], LastEvaluatedKey } = await table
        .build(QueryCommand)
        .entities(message)
        .query({ partition: clientPartition(clientId), range: { beginsWith: messagesPrefix(options.appointmentId) } })
        .options({
          limit: options.limit,
          ...(options.after ? { exclusiveStartKey: { pk: clientPartition(clientId), sk: options.after } } : {}),
        })
        .send();
      return { messages: Items, last: LastEvaluatedKey ? String(LastEvaluatedKey.sk) : undefined };
    },
    async suppress(address: string, reason: string, at: number): Promise<void> {
      await suppression
        .build(PutItemCommand)
        .item({ addressHash: addressHash(address), reason, at })
        .send();
    },
    async isSuppressed(address: string): Promise<boolean> {
      return (
        (
          await suppression
            .build(GetItemCommand)
            .key({ addressHash: addressHash(address) })
            .send()
        ).Item !== undefined
      );
    },
  };
};
export type MessageStore = ReturnType<typeof createMessageStore>;
