import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { boolean } from 'dynamodb-toolbox/schema/boolean';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { bookedTimes } from '../booking/day-pages/booked-times.ts';
import { contact } from '../clients/stored.ts';
import { waitingEntityName } from '../entities.ts';
import { channels } from '../platform/fields.ts';
import { defineEntity, expiring, expiryAt, parserOf } from '../platform/table/entity.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';
import { addDays, day, type Instant, startOfDay, weekdays } from '../platform/time/time.ts';

const waitingEntity = defineEntity({
  name: waitingEntityName,
  attributes: {
    id: string().key(),
    /** Rises with every write; what was read must still be true. */
    version: number(),
    /** The status as it was written: the clock tells what has expired (`rules.ts`). */
    status: string().enum('waiting', 'offered', 'booked', 'left'),
    locationId: string(),
    zone: string(),
    clientId: string(),
    contact: contact(),
    /** Ids, in order of the visit. */
    services: list(string()),
    /** Ids of those who will do; empty: anyone. */
    staff: list(string()),
    seats: number(),
    /** Local days, both included. */
    from: string(),
    to: string(),
    weekdays: list(string().enum(...weekdays)).optional(),
    timesOfDay: map({ from: string(), until: string() }).optional(),
    /** The time that is, or was at last, kept for the client. */
    offer: map({
      id: string(),
      startsAt: number(),
      endsAt: number(),
      /** Staff who perform each service. */
      staff: list(string()),
      occupies: bookedTimes(),
      /** Whole minutes. */
      expiresAt: number(),
      /** The act that released the time; absent in offers from before. */
      gap: string().optional(),
    }).optional(),
    /** Times that were offered and not taken, the latest last; they are not offered again. */
    passed: list(map({ startsAt: number(), outcome: string().enum('declined', 'missed') })),
    /** Start of the latest of these when the client, who had let several pass, asked to go on waiting. */
    stayedAfter: number().optional(),
    /** The appointment that it became. */
    appointmentId: string().optional(),
    /** Whoever holds the link of the answer to joining wants it no more; the entry itself may have been booked before. */
    leftByAnswer: boolean().optional(),
    source: string().optional(),
    /** From where the public form was sent, by `householdKey`; absent where staff put the client on the list. */
    household: string().optional(),
    /**
     * `ranks`: released times are offered to it. `unproven`: not before the client has pressed a link in a message.
     * `parked`: the same, and it is neither asked for that nor listed, as many have joined. Absent in entries from before.
     */
    ranking: string().enum('ranks', 'unproven', 'parked').optional(),
    /** Channel of the address that is known to be the client's own, also where its press is still waited for; absent where staff put the client on the list. */
    proven: string()
      .enum(...channels)
      .optional(),
    createdAt: number(),
    updatedAt: number(),
    ...expiring,
    /** Only while it waits: both indexes hold just those who do. */
    locationPk: string().optional(),
    locationSk: string().optional(),
    clientPk: string().optional(),
    clientSk: string().optional(),
  },
  key: ({ id }) => ({ pk: `WAITING#${id}`, sk: 'WAITING' }),
});

type Derived = 'locationPk' | 'locationSk' | 'clientPk' | 'clientSk' | 'expiresAt';
/** A client who waits for a time. Times in milliseconds since 1970. */
export type Waiting = Omit<FormattedItem<ReturnType<typeof waitingEntity>>, Derived>;
export type Offer = NonNullable<Waiting['offer']>;

/** Time after the last day for which its link works, and then it is gone. */
const retentionDays = 31;
/** Time for which it stays where nobody proves the address. */
const unprovenStays = 7 * day;

export const linkEndsAt = ({ to, zone }: Pick<Waiting, 'to' | 'zone'>): Instant =>
  startOfDay(addDays(to, retentionDays), zone);

/** End of the link of the answer to joining: whether anybody proves the address or not, so that it doesn't tell. */
export const answerLinkEndsAt = (waiting: Pick<Waiting, 'to' | 'zone' | 'createdAt'>): Instant =>
  Math.min(linkEndsAt(waiting), waiting.createdAt + unprovenStays);

const goneAt = (waiting: Waiting): Instant => {
  const last = linkEndsAt(waiting);
  const isUnproven = waiting.ranking === 'unproven' || waiting.ranking === 'parked';
  return isUnproven ? Math.min(last, waiting.updatedAt + unprovenStays) : last;
};

/** Parts of the list of a location: entries to which times are offered, and those that wait for a proof. */
export const lists = ['ranking', 'unproven'] as const;
export type List = (typeof lists)[number];

const ofLocation = (locationId: string, list: List): string =>
  list === 'ranking' ? `WAITING#${locationId}` : `WAITING-UNPROVEN#${locationId}`;
const ofClient = (clientId: string): string => `WAITING#${clientId}`;

/** Place in a list: whoever came first stands first. */
export const placeOf = ({ createdAt, id }: Pick<Waiting, 'createdAt' | 'id'>): string =>
  `${new Date(createdAt).toISOString()}#${id}`;

const withDerived = (waiting: Waiting) => {
  const inOrder = placeOf(waiting);
  const waits = waiting.status === 'waiting' || waiting.status === 'offered';
  const list = waiting.ranking === 'unproven' ? 'unproven' : 'ranking';
  const isListed = waits && waiting.ranking !== 'parked';
  return {
    ...waiting,
    expiresAt: expiryAt(goneAt(waiting)),
    // The items that were read bring them along.
    locationPk: isListed ? ofLocation(waiting.locationId, list) : undefined,
    locationSk: isListed ? inOrder : undefined,
    clientPk: waits ? ofClient(waiting.clientId) : undefined,
    clientSk: waits ? inOrder : undefined,
  };
};

export const createWaitingStore = (table: RegularsTable) => {
  const entity = waitingEntity(table);
  const query = async (index: 'byLocation' | 'byClient', partition: string): Promise<Waiting[]> => {
    const { Items = [] } = await table
      .build(QueryCommand)
      .entities(entity)
      .query({ index, partition })
      .options({ maxPages: Number.POSITIVE_INFINITY })
      .send();
    return Items;
  };
  return {
    async get(id: string): Promise<Waiting | undefined> {
      return (await entity.build(GetItemCommand).key({ id }).options({ consistent: true }).send()).Item;
    },
    /** Those to whom times are offered there, whoever came first before the others; the index is a moment behind. */
    atLocation: (locationId: string): Promise<Waiting[]> => query('byLocation', ofLocation(locationId, 'ranking')),
    /** Some of a list of the location, in their order. `after`: the place where the ones before ended. */
    async someOf(locationId: string, list: List, limit: number, after: string | undefined): Promise<Waiting[]> {
      const partition = ofLocation(locationId, list);
      const range = after === undefined ? {} : { range: { gt: after } };
      const { Items = [] } = await table
        .build(QueryCommand)
        .entities(entity)
        .query({ index: 'byLocation', partition, ...range })
        .options({ limit })
        .send();
      return Items;
    },
    /** The client's wish. */
    forClient: (clientId: string): Promise<Waiting[]> => query('byClient', ofClient(clientId)),
    create: (waiting: Waiting): TransactionWrite =>
      entity
        .build(PutTransaction)
        .item(withDerived(waiting))
        .options({ condition: { attr: 'id', exists: false } }),
    /** Puts the entry as it shall be, if nobody changed it since `version` was read. */
    replace: (waiting: Waiting): TransactionWrite =>
      entity
        .build(PutTransaction)
        .item(withDerived({ ...waiting, version: waiting.version + 1 }))
        .options({ condition: { attr: 'version', eq: waiting.version } }),
    /** An item of the stream, unmarshalled. */
    parse: parserOf(entity),
  };
};
export type WaitingStore = ReturnType<typeof createWaitingStore>;
