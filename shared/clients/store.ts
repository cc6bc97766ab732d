import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { $add } from 'dynamodb-toolbox/entity/actions/update';
import { boolean } from 'dynamodb-toolbox/schema/boolean';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { type Channel, channels } from '../platform/fields.ts';
import { defineEntity } from '../platform/table/entity.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import { addressHash, addressHashes, clientPartition } from './keys.ts';
import { type ContactFields, contactFields } from './stored.ts';

const clientEntity = defineEntity({
  name: 'Client',
  attributes: {
    id: string().key(),
    ...contactFields(),
    source: string().optional(),
    /** Visits that the client did not come to, since staff last lifted them. */
    noShows: number().optional(),
    /** Time at which staff last did; milliseconds since 1970. */
    noShowsLiftedAt: number().optional(),
    createdAt: number(),
  },
  key: ({ id }) => ({ pk: clientPartition(id), sk: 'CLIENT' }),
});

const timelineEntity = defineEntity({
  name: 'TimelineEntry',
  attributes: {
    clientId: string().key(),
    at: number().key(),
    id: string().key(),
    type: string(),
    /** `client`, or the id of the staff member. */
    by: string(),
    appointmentId: string().optional(),
    details: map({
      startsAt: number().optional(),
      words: string().optional(),
      channel: string().optional(),
    }).optional(),
    /** Absent in what stays as long as the client. */
    expiresAt: number().optional(),
  },
  key: ({ clientId, at, id }) => ({
    pk: clientPartition(clientId),
    sk: `EVENT#${new Date(at).toISOString()}#${id}`,
  }),
});

const consentEntity = defineEntity({
  name: 'Consent',
  attributes: {
    clientId: string().key(),
    channel: string()
      .enum(...channels)
      .key(),
    addressHash: string().key(),
    granted: boolean(),
    at: number(),
    how: string(),
    words: string(),
    /** Id and version of our own words; absent in records from before these were kept, and for a withdrawal. */
    wordsId: string().optional(),
    wordsVersion: number().optional(),
  },
  key: (key) => ({ pk: clientPartition(key.clientId), sk: `CONSENT#${key.channel}#${key.addressHash}` }),
});

export interface ClientRecord extends ContactFields {
  id: string;
  source?: string | undefined;
  noShows?: number | undefined;
  noShowsLiftedAt?: number | undefined;
  createdAt: number;
}

export interface TimelineEntry {
  clientId: string;
  /** Milliseconds since 1970. */
  at: number;
  id: string;
  type: string;
  by: string;
  appointmentId?: string | undefined;
  details?: { startsAt?: number | undefined; words?: string | undefined; channel?: string | undefined } | undefined;
  /** Seconds since 1970, after which it goes. */
  expiresAt?: number | undefined;
}

export interface Consent {
  clientId: string;
  channel: Channel;
  address: string;
  granted: boolean;
  at: number;
  /** Place where it was given or withdrawn: `booking form`, `one-click`, `unsubscribe page`. */
  how: string;
  /** The exact words beside the box. */
  words: string;
  wordsId?: string | undefined;
  wordsVersion?: number | undefined;
}

const consentItem = ({ address, ...consent }: Consent) => ({ ...consent, addressHash: addressHash(address) });

export const createClientStore = (table: RegularsTable) => {
  const client = clientEntity(table);
  const timeline = timelineEntity(table);
  const consent = consentEntity(table);
  return {
    async get(id: string): Promise<ClientRecord | undefined> {
      return (await client.build(GetItemCommand).key({ id }).options({ consistent: true }).send()).Item;
    },
    countNoShow: (id: string, by: 1 | -1) =>
      client
        .build(UpdateTransaction)
        .item({ id, noShows: $add(by) })
        .options({ condition: by > 0 ? { attr: 'createdAt', exists: true } : { attr: 'noShows', gte: 1 } }),
    /** Holds if the count is still what was read. */
    liftNoShows: (id: string, counted: number, at: number) =>
      client
        .build(UpdateTransaction)
        .item({ id, noShows: 0, noShowsLiftedAt: at })
        .options({ condition: { attr: 'noShows', eq: counted } }),
    putNew: (record: ClientRecord) =>
      client
        .build(PutTransaction)
        .item(record)
        .options({ condition: { attr: 'id', exists: false } }),
    putEntry: (entry: TimelineEntry) => timeline.build(PutTransaction).item(entry),
    /** Timeline of one appointment since the instant, in order of time. */
    async entriesOf(clientId: string, appointmentId: string, since: number): Promise<TimelineEntry[]> {
      const { Items = [] } = await table
        .build(QueryCommand)
        .entities(timeline)
        .query({
          partition: clientPartition(clientId),
          range: { between: [`EVENT#${new Date(since).toISOString()}`, 'EVENT#~'] },
        })
        .options({
          consistent: true,
          maxPages: Number.POSITIVE_INFINITY,
          filters: { [timeline.entityName]: { attr: 'appointmentId', eq: appointmentId } },
        })
        .send();
      return Items;
    },
    putConsent: (given: Consent) => consent.build(PutTransaction).item(consentItem(given)),
    async recordConsent(given: Consent): Promise<void> {
      await consent.build(PutItemCommand).item(consentItem(given)).send();
    },
    async consentOf(clientId: string, channel: Channel, address: string) {
      const said = async (hash: string) => {
        const key = { clientId, channel, addressHash: hash };
        return (await consent.build(GetItemCommand).key(key).options({ consistent: true }).send()).Item;
      };
      const found = await Promise.all(addressHashes(address).map(said));
      return found.reduce((latest, item) => ((item?.at ?? 0) > (latest?.at ?? 0) ? item : latest));
    },
  };
};
