import { createHash } from 'node:crypto';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutItemCommand } from 'dynamodb-toolbox/entity/actions/put';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { Later } from '../../background/later.ts';
import { addressHash, addressPartition } from '../../clients/keys.ts';
import { isCommitted } from '../../platform/table/conditional.ts';
import { defineEntity, expiring, expiryAt } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { day, type Instant, minute } from '../../platform/time/time.ts';

/** Service messages of late. `id`: a short name of the message, so that a second try of the same one is not a second one. */
const sends = () => list(map({ id: string(), at: number() }));

/** Lies with all else that is known of the address, so that the read that asks whether it may be written to brings it along. */
export const budgetEntity = defineEntity({
  name: 'MessageBudget',
  attributes: {
    addressHash: string().key(),
    sends: sends(),
    /** For bookings made online while the address was not proven: nobody can use up what a real client needs. */
    unproven: sends(),
    /** Rises with every write. */
    budgetVersion: number(),
    ...expiring,
  },
  key: (key) => ({ pk: addressPartition(key.addressHash), sk: 'BUDGET' }),
});

type Sends = { id: string; at: Instant }[];
export interface Spent {
  sends: Sends;
  unproven: Sends;
  budgetVersion: number;
}
const nothing: Spent = { sends: [], unproven: [], budgetVersion: 0 };

const hour = 60 * minute;

/** At most so many within an hour and a day. */
interface Limits {
  perHour: number;
  perDay: number;
}

/** Account on which a message draws: one of the counts of its address, and how far that may rise; without limits it only counts. */
export interface Allowance {
  of: 'sends' | 'unproven';
  limits?: Limits | undefined;
}

/** Instant at which the last `most` of them no longer fill the window; undefined where there is room now. */
const roomAt = (counted: Sends, window: number, most: number, now: Instant): Instant | undefined => {
  const recent = counted.map(({ at }) => at).filter((at) => at > now - window);
  const last = recent.sort((a, b) => a - b).at(-most);
  return recent.length < most || last === undefined ? undefined : last + window;
};

/** Instant at which both windows have room; undefined: now. */
const freeIn = (counted: Sends, { perHour, perDay }: Limits, now: Instant): Instant | undefined => {
  const waits = [roomAt(counted, hour, perHour, now), roomAt(counted, day, perDay, now)];
  const until = waits.filter((wait) => wait !== undefined);
  return until.length > 0 ? Math.max(...until) : undefined;
};

/** Number that still fits into both windows. */
export const leftOf = (spent: Spent | undefined, { perHour, perDay }: Limits, now: Instant) => {
  const since = (window: number) => (spent?.sends ?? []).filter(({ at }) => at > now - window).length;
  return { leftThisHour: Math.max(0, perHour - since(hour)), leftToday: Math.max(0, perDay - since(day)) };
};

/** More than any settings allow; what is over is the oldest of what only counts. */
const keptAtMost = 200;
const maxRaces = 8;

const shortNameOf = (message: string): string => createHash('sha256').update(message).digest('base64url').slice(0, 12);

/** Counts service messages to an address: each try is one conditional write on what was read, and none where it counts already. */
export const createBudget = (table: RegularsTable) => {
  const entity = budgetEntity(table);

  const read = async (hash: string): Promise<Spent | undefined> =>
    (await entity.build(GetItemCommand).key({ addressHash: hash }).options({ consistent: true }).send()).Item;

  /** False when somebody else wrote since it was read. */
  const write = async (hash: string, { sends, unproven, budgetVersion }: Spent, at: Instant): Promise<boolean> => {
    const kept = (all: Sends) => all.filter((send) => send.at > at - day).slice(-keptAtMost);
    const item = {
      addressHash: hash,
      ...{ sends: kept(sends), unproven: kept(unproven), budgetVersion: budgetVersion + 1 },
      expiresAt: expiryAt(at + day),
    };
    const condition =
      budgetVersion === 0
        ? ({ attr: 'budgetVersion', exists: false } as const)
        : ({ attr: 'budgetVersion', eq: budgetVersion } as const);
    return isCommitted(entity.build(PutItemCommand).item(item).options({ condition }).send());
  };

  return {
    /**
     * Takes a place for the message, once however often it is asked; else answers when one is free. `seen` is what was
     * read of the address. Throws Later where many write to one address at once.
     */
    async spend(
      { address, message, at }: { address: string; message: string; at: Instant },
      { of, limits }: Allowance,
      seen: Spent | undefined,
    ): Promise<{ freeAt: Instant | undefined }> {
      const [hash, id] = [addressHash(address), shortNameOf(message)];
      let spent = seen ?? nothing;
      for (let race = 0; race < maxRaces; race += 1) {
        const counted = spent[of];
        if (counted.some((send) => send.id === id)) return { freeAt: undefined };
        const freeAt = limits && freeIn(counted, limits, at);
        if (freeAt !== undefined) return { freeAt };
        if (await write(hash, { ...spent, [of]: [...counted, { id, at }] }, at)) return { freeAt: undefined };
        spent = (await read(hash)) ?? nothing;
      }
      throw new Later('ManyToOneAddress');
    },

    /** Gives the place back: the message certainly was not sent. */
    async giveBack({ address, message, at }: { address: string; message: string; at: Instant }): Promise<void> {
      const [hash, id] = [addressHash(address), shortNameOf(message)];
      for (let race = 0; race < maxRaces; race += 1) {
        const spent = await read(hash);
        const without = (all: Sends) => all.filter((send) => send.id !== id);
        if (!spent || ![...spent.sends, ...spent.unproven].some((send) => send.id === id)) return;
        const rest = { ...spent, sends: without(spent.sends), unproven: without(spent.unproven) };
        if (await write(hash, rest, at)) return;
      }
      throw new Later('ManyToOneAddress');
    },
  };
};
export type Budget = ReturnType<typeof createBudget>;
