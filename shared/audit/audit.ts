import type { FormattedItem } from 'dynamodb-toolbox/entity';
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
import { isoUtc, type LocalDate } from '../platform/time/time.ts';

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
    /** What it was done to: `appointment/k3…`, `staff/amina`. */
    subject: string(),
    /** Codes, ids and numbers; never names, addresses or words of a client. */
    details: any().castAs<Record<string, string>>().optional(),
  },
  key: ({ at, id }) => ({ pk: partition(isoUtc(at).slice(0, 10)), sk: `${new Date(at).toISOString()}#${id}` }),
});

const partition = (date: LocalDate): string => `AUDIT#${date}`;

export type AuditEntry = FormattedItem<ReturnType<typeof auditEntity>>;

/** Who acts. `id`: `client`, `system`, or the `sub` of a member of staff. */
export interface Actor {
  id: string;
  /** Roles of staff; what clients and the system do stands in the client's timeline alone. */
  roles?: readonly string[];
}

/** Whoever is signed in; routes for staff let nobody else in. */
export const actorIn = ({ staff }: { staff?: Actor | undefined }): Actor => staff ?? { id: 'staff', roles: [] };

export const client: Actor = { id: 'client' };
export const system: Actor = { id: 'system' };

/** Who among staff did what, for the owner to read: one partition for each UTC day. */
export const createAudit = (table: RegularsTable, random: Random) => {
  const entity = auditEntity(table);
  return {
    /** The part of the transaction that records a staff member's act; none for clients and the system. */
    writes: (actor: Actor, entry: Pick<AuditEntry, 'at' | 'action' | 'subject' | 'details'>): TransactionWrite[] =>
      actor.roles
        ? [entity.build(PutTransaction).item({ ...entry, id: newId(random), by: actor.id, roles: [...actor.roles] })]
        : [],

    /** Entries of a UTC day, newest first. `after`: the sort key at which the page before ended. */
    async ofDay(date: LocalDate, options: { limit: number; after?: string | undefined }) {
      const { Items = [], LastEvaluatedKey } = await table
        .build(QueryCommand)
        .entities(entity)
        .query({ partition: partition(date) })
        .options({
          reverse: true,
          limit: options.limit,
          ...(options.after ? { exclusiveStartKey: { pk: partition(date), sk: options.after } } : {}),
        })
        .send();
      return { entries: Items, last: LastEvaluatedKey ? String(LastEvaluatedKey['sk']) : undefined };
    },
  };
};
export type Audit = ReturnType<typeof createAudit>;
