import { expect, test } from 'vitest';
import { type Crowd, crowd, share } from './faults/one-mover.ts';
import { patience } from './patience.ts';

/** `npm run proof` takes 100. */
const bookings = Number(process.env['CROWD_BOOKINGS'] ?? '40');

/** A second is what a computer that has other things to do adds to either. */
const noise = 1000;

const line = (name: string, { confirmedAfter, movesPerSecond, givenUp, errors }: Crowd): string =>
  `${name.padEnd(22)} confirmed after ${[0.5, 0.95, 1].map((part) => share(confirmedAfter, part).toFixed(0)).join(', ')} ms ` +
  `(half, 95%, all); ${movesPerSecond.toFixed(1)} moves a second, ${givenUp} given up, ${errors} errors\n`;

test(
  'one client who moves an appointment without a pause does not keep the others from their confirmations',
  async () => {
    const alone = await crowd(bookings, false);
    const beside = await crowd(bookings, true);
    process.stderr.write(line('by themselves', alone) + line('beside one who moves', beside));
    expect(beside.moves).toBeGreaterThan(10);
    expect([beside.givenUp, beside.errors]).toEqual([0, 0]);
    expect(share(alone.confirmedAfter, 1)).toBeLessThan(Number.POSITIVE_INFINITY);
    for (const part of [0.5, 0.95])
      expect(share(beside.confirmedAfter, part)).toBeLessThanOrEqual(2 * share(alone.confirmedAfter, part) + noise);
  },
  patience,
);
