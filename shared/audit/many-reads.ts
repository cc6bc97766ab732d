import { $add, UpdateItemCommand } from 'dynamodb-toolbox/entity/actions/update';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { defineEntity, expiring, expiryAt } from '../platform/table/entity.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import { type Instant, minute } from '../platform/time/time.ts';

const hour = 60 * minute;
/** Cards of clients that one person opens within an hour, from which on somebody should ask why: two a minute, nearly. */
const manyCards = 100;

/** Cards that one member of staff has opened within an hour of UTC. */
const cardsEntity = defineEntity({
  name: 'CardsRead',
  attributes: {
    by: string().key(),
    /** Hours since 1970. */
    hour: number().key(),
    count: number(),
    ...expiring,
  },
  key: ({ by, hour: number }) => ({ pk: `CARDS-READ#${by}`, sk: `HOUR#${number}` }),
});

/** Notes a card that was opened: `by`, the `sub` of the reader. */
export type NoteCard = (by: string, at: Instant) => Promise<void>;

/** Counts the cards that each member of staff opens; one who opens many is told of once an hour, in the log and to an alarm. */
export const createManyReads = (table: RegularsTable, telemetry: Pick<Telemetry, 'warn' | 'count'>): NoteCard => {
  const entity = cardsEntity(table);
  return async (by, at) => {
    const present = Math.floor(at / hour);
    const { Attributes } = await entity
      .build(UpdateItemCommand)
      .item({ by, hour: present, count: $add(1), expiresAt: expiryAt((present + 1) * hour) })
      .options({ returnValues: 'UPDATED_NEW' })
      .send();
    if (Attributes?.count !== manyCards) return;
    telemetry.warn('many clients’ cards read within an hour', { staff: by, cards: manyCards });
    telemetry.count('ClientsRead');
  };
};
