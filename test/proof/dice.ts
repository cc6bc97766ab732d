import { createHash } from 'node:crypto';

/** Numbers in [0, 1) that look random. */
export type Dice = () => number;

const word = (text: string): number => createHash('sha256').update(text).digest().readUInt32LE();

/** The same numbers for the same seed and path, whatever else has been rolled (mulberry32). */
export const diceFor = (seed: number, ...path: (string | number)[]): Dice => {
  let state = word([seed, ...path].join('/'));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** A whole number from 0 up to, not including, `sides`. */
export const roll = (dice: Dice, sides: number): number => Math.floor(dice() * sides);

export const pick = <T>(dice: Dice, items: readonly T[]): T => {
  const item = items[roll(dice, items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from');
  return item;
};

/** A seed from the environment or the command line, else a new one. */
export const seedFrom = (text: string | undefined): number =>
  text === undefined || text === '' ? Math.floor(Math.random() * 2 ** 31) : Number(text);
