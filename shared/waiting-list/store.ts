import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { bookedTimes } from '../booking/day-pages/booked-times.ts';
import { contact } from '../clients/stored.ts';
import { waitingEntityName } from '../entities.ts';
import { defineEntity, expiring, expiryAt, parserOf } from '../platform/table/entity.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';
import { addDays, type Instant, startOfDay, weekdays } from '../platform/time/time.ts';

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
      /** Who performs each service. */
      staff: list(string()),
      occupies: bookedTimes(),
      /** Whole minutes. */
      expiresAt: number(),
    }).optional(),
    /** Times that were offered and not taken, the latest last; they are not offered again. */
    passed: list(map({ startsAt: number(), outcome: string().enum('declined', 'missed') })),
    /** What came of it. */
    appointmentId: string().optional(),
    source: string().optional(),
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

/** So long after the last day its link works, and then it is gone. */
const retentionDays = 31;

export const goneAt = ({ to, zone }: Pick<Waiting, 'to' | 'zone'>): Instant =>
  startOfDay(addDays(to, retentionDays), zone);

const ofLocation = (locationId: string): string => `WAITING#${locationId}`;
const ofClient = (clientId: string): string => `WAITING#${clientId}`;

const withDerived = (waiting: Waiting) => {
  const inOrder = `${new Date(waiting.createdAt).toISOString()}#${waiting.id}`;
  const waits = waiting.status === 'waiting' || waiting.status === 'offered';
  return {
    ...waiting,
    expiresAt: expiryAt(goneAt(waiting)),
    // What was read brings them along.
    locationPk: waits ? ofLocation(waiting.locationId) : undefined,
    locationSk: waits ? inOrder : undefined,
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
    /** Those who wait there, whoever came first before the others; the index is a moment behind. */
    atLocation: (locationId: string): Promise<Waiting[]> => query('byLocation', ofLocation(locationId)),
    /** What the client waits for. */
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
