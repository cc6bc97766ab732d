import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { defineEntity } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import type { Instant } from '../../platform/time/time.ts';

/** Rules of time zones by which all bookings have been looked through. */
export interface ZoneRules {
  /** Version of the IANA time zone database, as Node names it: `2026c`. */
  version: string;
  /** First met at this time, in milliseconds since 1970. */
  since: Instant;
  /** Number of times that all bookings have been looked through since then. */
  checks: number;
}

const zoneRulesEntity = defineEntity({
  name: 'ZoneRules',
  attributes: {
    id: string().key(),
    version: string(),
    since: number(),
    checks: number(),
  },
  key: ({ id }) => ({ pk: 'ZONE_RULES', sk: id }),
});

const id = 'ZONE_RULES';

/** The rules of zones by which what is booked was last looked through. */
export const createZoneRulesStore = (table: RegularsTable) => {
  const entity = zoneRulesEntity(table);
  return {
    async get(): Promise<ZoneRules | undefined> {
      return (await entity.build(GetItemCommand).key({ id }).options({ consistent: true }).send()).Item;
    },
    /** Holds if nobody has looked through it since `before` was read. */
    replace: (rules: ZoneRules, before: ZoneRules | undefined): TransactionWrite =>
      entity
        .build(PutTransaction)
        .item({ ...rules, id })
        .options({
          condition: before
            ? {
                and: [
                  { attr: 'version', eq: before.version },
                  { attr: 'checks', eq: before.checks },
                ],
              }
            : { attr: 'version', exists: false },
        }),
  };
};
export type ZoneRulesStore = ReturnType<typeof createZoneRulesStore>;
