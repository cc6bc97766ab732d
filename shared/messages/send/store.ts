import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $remove, $set, UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
import { boolean } from 'dynamodb-toolbox/schema/boolean';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { clientPartition } from '../../clients/keys.ts';
import { channels } from '../../platform/fields.ts';
import { isCommitted } from '../../platform/table/conditional.ts';
import { defineEntity } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import { messageStatuses, sentTemplates } from '../contract.ts';
import { createAddresses } from './addresses.ts';
import { createFirstTexts } from './first-text.ts';
import { createFrequencyCap } from './frequency-cap.ts';

/** One message by its purpose; it stands in the client's timeline, and claiming it is putting it. */
const messageEntity = defineEntity({
  name: 'Message',
  attributes: {
    clientId: string().key(),
    /** Its subject; of an offer of the waiting list or an answer to a text the id of that. */
    appointmentId: string().key(),
    touchpoint: string().key(),
    /** Sequence of the appointment, or revision of a review: a moved appointment has a reminder of its own. */
    occurrence: number().key(),
    /** It repeats the message of the same key without this; 1 is the first time. */
    resend: number().key().optional(),
    template: string().enum(...sentTemplates),
    status: string().enum(...messageStatuses),
    reason: string().optional(),
    channel: string()
      .enum(...channels)
      .optional(),
    parts: number().optional(),
    providerId: string().optional(),
    /** Name of whoever put it: where the answer is lost and the SDK puts it again, it is still theirs. */
    claim: string().optional(),
    /** Number of times that sending was begun. */
    attempts: number(),
    /** Time of the first record; absent in what was written before this was kept. */
    since: number().optional(),
    /** Time of the last change. */
    at: number(),
    /**
     * Facts that it told of each appointment that it spoke for; `version`: of the appointment then. A line's `staffId` is absent
     * where the client asked for nobody. Absent in what was written before this was kept.
     */
    told: list(
      map({
        appointmentId: string(),
        version: number(),
        startsAt: number(),
        locationId: string(),
        isCancelled: boolean(),
        lines: list(map({ id: string(), staffId: string().optional() })),
      }),
    ).optional(),
    /** Number of times that staff had it sent again. */
    resends: number().optional(),
    /** Instant and author of the latest time; absent in what was written before this was kept. */
    resentAt: number().optional(),
    resentBy: string().optional(),
    /** Member of staff who had it sent again: the `sub` of a member of staff. */
    by: string().optional(),
    /** Absent in what was written before records went. */
    expiresAt: number().optional(),
  },
  key: ({ clientId, appointmentId, touchpoint, occurrence, resend }) => ({
    pk: clientPartition(clientId),
    sk: [
      'MESSAGE',
      appointmentId,
      touchpoint,
      String(occurrence).padStart(4, '0'),
      ...(resend === undefined ? [] : [String(resend).padStart(2, '0')]),
    ].join('#'),
  }),
});

export type Message = FormattedItem<ReturnType<typeof messageEntity>>;
export type Told = NonNullable<Message['told']>[number];
export type MessageKey = Pick<Message, 'clientId' | 'appointmentId' | 'touchpoint' | 'occurrence'> & {
  resend?: number | undefined;
};
export type Outcome = Partial<Pick<Message, 'status' | 'channel' | 'parts' | 'providerId' | 'attempts' | 'told'>> & {
  at: number;
  /** `undefined` takes it away; where it is not given, it stays. */
  reason?: string | undefined;
};

/** Prefix of the sort keys of a client's messages, or of those about one appointment. */
const messagesPrefix = (appointmentId: string | undefined): string =>
  `MESSAGE#${appointmentId === undefined ? '' : `${appointmentId}#`}`;

export const createMessageStore = (table: RegularsTable) => {
  const message = messageEntity(table);

  return {
    async get(key: MessageKey): Promise<Message | undefined> {
      return (await message.build(GetItemCommand).key(key).options({ consistent: true }).send()).Item;
    },
    /** False when the message is there already: someone else has it, or it is done. */
    putNew: (created: Message): Promise<boolean> => {
      const absent = { attr: 'status', exists: false } as const;
      const condition = created.claim ? { or: [absent, { attr: 'claim', eq: created.claim } as const] } : absent;
      return isCommitted(message.build(PutItemCommand).item(created).options({ condition }).send());
    },
    /** Writes the outcome if the message still is as it was seen; false when somebody changed it. */
    update: (key: MessageKey, seen: Pick<Message, 'status' | 'attempts'>, outcome: Outcome): Promise<boolean> =>
      isCommitted(
        message
          .build(UpdateItemCommand)
          .item({
            ...key,
            ...outcome,
            ...('reason' in outcome ? { reason: outcome.reason ?? $remove() } : {}),
            // A list is written whole: its parts can't be where there is none yet.
            ...(outcome.told ? { told: $set(outcome.told) } : { told: undefined }),
          })
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
    /**
     * All of a client, or about one appointment, in no order: a client has some dozens a year, which costs less to read
     * than an index in order of time would cost with every message that is written.
     */
    async ofClient(clientId: string, appointmentId?: string): Promise<Message[]> {
      const { Items = [] } = await table
        .build(QueryCommand)
        .entities(message)
        .query({ partition: clientPartition(clientId), range: { beginsWith: messagesPrefix(appointmentId) } })
        .options({ maxPages: Number.POSITIVE_INFINITY })
        .send();
      return Items;
    },
    /** A part of a transaction that counts one more sending again, if nobody has counted since it was seen. */
    countResend: (
      { resends, ...key }: MessageKey & Pick<Message, 'resends'>,
      asked: Pick<Message, 'resentAt' | 'resentBy'>,
    ): TransactionWrite =>
      message
        .build(UpdateTransaction)
        .item({ ...key, ...asked, resends: (resends ?? 0) + 1 })
        .options({
          condition: resends === undefined ? { attr: 'resends', exists: false } : { attr: 'resends', eq: resends },
        }),
    ...createFrequencyCap(table),
    ...createAddresses(table),
    ...createFirstTexts(table),
  };
};
export type MessageStore = ReturnType<typeof createMessageStore>;
