import type { FormattedItem } from 'dynamodb-toolbox/entity';
import { DeleteItemCommand } from 'dynamodb-toolbox/entity/actions/delete';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { Problem } from '../http/problems.ts';
import { isCommitted } from '../table/conditional.ts';
import { defineEntity, expiring, expiryAt } from '../table/entity.ts';
import type { RegularsTable } from '../table/table.ts';
import type { Clock } from '../time/clock.ts';
import type { Instant } from '../time/time.ts';

/** Tries of one holder since the last success. */
const pausesEntity = defineEntity({
  name: 'Pause',
  attributes: {
    /** Name that tells nobody whose tries they are. */
    holder: string().key(),
    tries: number(),
    /** Milliseconds since 1970, as all instants here: of the last try. */
    lastAt: number(),
    /** Moment from which on another try is let through. */
    openAt: number(),
    ...expiring,
  },
  key: ({ holder }) => ({ pk: `ATTEMPTS#${holder}`, sk: 'PAUSE' }),
});

type Tried = FormattedItem<ReturnType<typeof pausesEntity>>;

/** Pauses between the tries of a holder, all in milliseconds. */
export interface Patience {
  /** Tries without a pause; the last of them begins the first one. */
  free: number;
  firstPause: number;
  /** Each pause is twice as long as the one before, up to this. */
  longestPause: number;
  /** Time without a try after which all of them are free again. */
  forgottenAfter: number;
}

const pauseAfter = (tries: number, { free, firstPause, longestPause }: Patience): number =>
  tries < free ? 0 : Math.min(longestPause, firstPause * 2 ** (tries - free));

const wait = (until: Instant, now: Instant): Problem => {
  const retryAfter = Math.max(1, Math.ceil((until - now) / 1000));
  return new Problem('too_many_requests', {
    detail: `Too many attempts; try again in ${retryAfter} seconds.`,
    retryAfter,
  });
};

/** More than the tries that are free anywhere: of those at once, one is counted each time. */
const races = 20;

/** Lets tries through with growing pauses between them, until one succeeds. */
export const createPauses = (table: RegularsTable, now: Clock) => {
  const entity = pausesEntity(table);

  /** False where another try was counted at the same moment. */
  const count = (holder: string, before: Tried | undefined, at: Instant, patience: Patience): Promise<boolean> => {
    const isForgotten = before === undefined || at - before.lastAt >= patience.forgottenAfter;
    const tries = isForgotten ? 1 : before.tries + 1;
    const openAt = at + pauseAfter(tries, patience);
    const item = { holder, tries, lastAt: at, openAt, expiresAt: expiryAt(openAt + patience.forgottenAfter) };
    return isCommitted(
      entity
        .build(PutItemCommand)
        .item(item)
        .options({
          condition: before
            ? {
                and: [
                  { attr: 'tries', eq: before.tries },
                  { attr: 'lastAt', eq: before.lastAt },
                ],
              }
            : { attr: 'tries', exists: false },
        })
        .send(),
    );
  };

  return {
    /** Counts one more try. Throws too_many_requests with the rest of the pause; busy. */
    async admit(holder: string, patience: Patience): Promise<void> {
      for (let race = 0; race < races; race += 1) {
        const { Item } = await entity.build(GetItemCommand).key({ holder }).options({ consistent: true }).send();
        const at = now();
        if (Item && Item.openAt > at) throw wait(Item.openAt, at);
        if (await count(holder, Item, at, patience)) return;
      }
      throw new Problem('busy');
    },

    /** After a success: the next tries are free again. */
    async forget(holder: string): Promise<void> {
      await entity.build(DeleteItemCommand).key({ holder }).send();
    },
  };
};
export type Pauses = ReturnType<typeof createPauses>;
