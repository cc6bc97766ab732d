import { type Crowd, crowd, share } from '../proof/faults/one-mover.ts';
import { markdownTable } from './support/markdown.ts';
import { sized } from './support/samples.ts';

/**
 * `node test/bench/crowd.ts`: the time until their confirmation of many who book, by themselves and beside one client who
 * moves an appointment ten times a second.
 */
const bookings = Number(process.env['BENCH_BOOKINGS'] ?? sized(100, 2));

const row = (name: string, { confirmedAfter, movesPerSecond, givenUp }: Crowd): string[] => [
  name,
  ...[0.5, 0.95, 1].map((part) => share(confirmedAfter, part).toFixed(0)),
  movesPerSecond.toFixed(1),
  String(givenUp),
];

const alone = await crowd(bookings, false);
const beside = await crowd(bookings, true);
console.log(`## Confirmations beside one who keeps moving

${bookings} people book, four a second. Milliseconds from the answer until the confirmation is sent.

${markdownTable(
  ['who books', 'half', '95%', 'all', 'moves a second', 'given up'],
  [row('by themselves', alone), row('beside one who moves', beside)],
)}`);
