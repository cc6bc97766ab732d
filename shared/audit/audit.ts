import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { any } from 'dynamodb-toolbox/schema/any';
import { list } from 'dynamodb-toolbox/schema/list';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { newId, type Random } from '../platform/ids.ts';
import { defineEntity } from '../platform/table/entity.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';
import { type Instant, isoUtc, type LocalDate, minute } from '../platform/time/time.ts';

const auditEntity = defineEntity({
  name: 'AuditEntry',
  attributes: {
    at: number().key(),
    id: string().key(),
    /** The `sub` of whoever did it. */
    by: string(),
    roles: list(string()),
    /** `appointment.cancelled`, `settings.changed`. */
    action: string(),
    /** Subject of the action: `appointment/k3…`, `staff/amina`. */
    subject: string(),
    /** Codes, ids and numbers; never names, addresses or words of a client. */
    details: any().castAs<Record<string, string>>().optional(),
  },
  key: ({ at, id }) => ({ pk: partition(isoUtc(at).slice(0, 10)), sk: `${new Date(at).toISOString()}#${id}` }),
});

/** Time within which all reads of one thing by one person are one entry: a console asks again and again. */
const readsTogether = 10 * minute;

const readEntity = defineEntity({
  name: 'ReadEntry',
  attributes: {
    /** The beginning of the while, in milliseconds since 1970. */
    since: number().key(),
    by: string().key(),
    /** `client.read`, `diary.read`. */
    action: string().key(),
    /** The thing that was read: `client/k3…`, `location/soho`. */
    subject: string().key(),
    roles: list(string()),
    details: any().castAs<Record<string, string>>().optional(),
  },
  key: ({ since, by, action, subject }) => ({
    pk: readPartition(isoUtc(since).slice(0, 10)),
    sk: `${new Date(since).toISOString()}#${by}#${action}#${subject}`,
  }),
});

/** Begins as entries of the audit do, which no function may change. */
const readPartition = (date: LocalDate): string => `AUDIT#READS#${date}`;

const partition = (date: LocalDate): string => `AUDIT#${date}`;

export type ReadEntry = FormattedItem<ReturnType<typeof readEntity>>;
export type AuditEntry = FormattedItem<ReturnType<typeof auditEntity>>;

/** The one who acts. `id`: `client`, `system`, or the `sub` of a member of staff. */
export interface Actor {
  id: string;
  /** Roles of staff; what clients and the system do stands in the client's timeline alone. */
  roles?: readonly string[];
}

/** Whoever is signed in; routes for staff let nobody else in. */
export const actorIn = ({ staff }: { staff?: Actor | undefined }): Actor => staff ?? { id: 'staff', roles: [] };

export const client: Actor = { id: 'client' };
export const system: Actor = { id: 'system' };

interface PageOptions {
  limit: number;
  after?: string | undefined;
}

const pageOf = (pk: string, { limit, after }: PageOptions) => ({
  reverse: true,
  limit,
  ...(after ? { exclusiveStartKey: { pk, sk: after } } : {}),
});

/** Log of who among staff did what, for the owner to read: one partition for each UTC day. */
export const createAudit = (table: RegularsTable, random: Random) => {
  const entity = auditEntity(table);
  const read = readEntity(table);
  return {
    /** The part of the transaction that records a staff member's act; none for clients and the system. */
    writes: (actor: Actor, entry: Pick<AuditEntry, 'at' | 'action' | 'subject' | 'details'>): TransactionWrite[] =>
      actor.roles
        ? [entity.build(PutTransaction).item({ ...entry, id: newId(random), by: actor.id, roles: [...actor.roles] })]
        : [],

    /** Notes that a member of staff read what is sensitive, before they get it. True for the first time of ten minutes. */
    async read(
      actor: Actor,
      entry: Pick<ReadEntry, 'action' | 'subject' | 'details'> & { at: Instant },
    ): Promise<boolean> {
      const { at, ...rest } = entry;
      if (!actor.roles) return false;
      const since = Math.floor(at / readsTogether) * readsTogether;
      const { Attributes } = await read
        .build(PutItemCommand)
        .item({ ...rest, since, by: actor.id, roles: [...actor.roles] })
        .options({ returnValues: 'ALL_OLD' })
        .send();
      return Attributes === undefined;
    },

    /** Entries of a UTC day, newest first. `after`: the sort key at which the page before ended. */
    async ofDay(date: LocalDate, options: PageOptions) {
      const { Items = [], LastEvaluatedKey } = await table
        .build(QueryCommand)
        .entities(entity)
        .query({ partition: partition(date) })
        .options(pageOf(partition(date), options))
        .send();
      return { entries: Items, last: LastEvaluatedKey ? String(LastEvaluatedKey['sk']) : undefined };
    },

    /** As `ofDay`, of what was read. */
    async readsOfDay(date: LocalDate, options: PageOptions) {
      const { Items = [], LastEvaluatedKey } = await table
        .build(QueryCommand)
        .entities(read)
        .query({ partition: readPartition(date) })
        .options(pageOf(readPartition(date), options))
        .send();
      return { entries: Items, last: LastEvaluatedKey ? String(LastEvaluatedKey['sk']) : undefined };
    },
  };
};
export type Audit = ReturnType<typeof createAudit>;
