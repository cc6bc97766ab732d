import { randomUUID } from 'node:crypto';
import { inParallel } from '../../../infra/local/runtime/repeat.ts';
import { startWorld } from '../../support/world/world.ts';
import { enlarge } from '../big-salon.ts';
import { quietly } from './quietly.ts';

export interface Crowd {
  /** Milliseconds from the answer to a booking until its confirmation was sent, of each who booked. */
  confirmedAfter: number[];
  /** Moves that the one client made meanwhile, and how many in a second. */
  moves: number;
  movesPerSecond: number;
  /** Records and messages that were given up, and errors that were logged. */
  givenUp: number;
  errors: number;
}

/** Within how many milliseconds this part of all was confirmed. */
export const share = (times: readonly number[], part: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;

const movedEveryMs = 100;
const bookedEveryMs = 250;
const atOnce = 4;
const patienceMs = 120_000;
const people = 20;
const times = ['09:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00'];
const dates = ['2026-11-24', '2026-11-25', '2026-11-27', '2026-11-28', '2026-11-30'];

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * So many people book, four a second, and each waits for the confirmation; beside them one client moves an appointment ten
 * times a second, or does not. Time is real time.
 */
export const crowd = async (bookings: number, isMoving: boolean): Promise<Crowd> => {
  const world = await startWorld({ repeatTriggers: { times: 1, inParallel: 2 } }, (catalogue) => {
    enlarge(catalogue, people + 1);
  });
  const { system, api } = world;
  // Not `performance.now()`, which goes slower here so that functions have patience.
  const { now } = system.clock;
  const silence = quietly();
  try {
    const book = async (staffId: string, startsAt: string, email: string) => {
      const form = await api.getFormToken({});
      if (!form.ok) throw new Error(form.problem.code);
      const booked = await api.createAppointment({
        idempotencyKey: randomUUID(),
        body: {
          locationId: 'brooklyn',
          startsAt,
          services: [{ serviceId: 'cut-short', staffId }],
          client: { firstName: 'Nadia', email, language: 'en' },
          formToken: form.data.formToken,
        },
      });
      if (!booked.ok) throw new Error(JSON.stringify(booked.problem));
      return booked.data;
    };

    const restless = await book(`person-${people + 1}`, `${dates[0]}T09:00`, 'restless@example.com');
    await system.settle();
    let moves = 0;
    let isOver = false;
    const move = async (): Promise<void> => {
      for (let next = 1; isMoving && !isOver; next += 1) {
        const startsAt = `${dates[next % dates.length]}T${times[next % times.length]}`;
        const began = now();
        const moved = await api.moveByLink({ params: { token: restless.token }, body: { startsAt } });
        if (!moved.ok) throw new Error(JSON.stringify(moved.problem));
        moves += 1;
        await pause(Math.max(0, movedEveryMs - (now() - began)));
      }
    };
    const began = now();
    const moving = move();

    const slots = dates.flatMap((date) =>
      times.flatMap((time) => Array.from({ length: people }, (_, index) => [`person-${index + 1}`, `${date}T${time}`])),
    );
    const answeredAt = new Map<string, number>();
    const visitors = slots.slice(0, bookings).map(([staffId = '', startsAt = ''], index) => async () => {
      await pause(Math.max(0, index * bookedEveryMs - (now() - began)));
      const email = `visitor${index}@example.com`;
      await book(staffId, startsAt, email);
      answeredAt.set(email, now());
    });
    await inParallel(visitors, atOnce, (visitor) => visitor());

    const sentAt = new Map<string, number>();
    for (const until = now() + patienceMs; now() < until; await pause(100)) {
      for (const { to, at, tags } of system.mailbox.list())
        if (tags['message']?.split('_')[1] === 'confirmation') sentAt.set(to[0] ?? '', at);
      if ([...answeredAt.keys()].every((email) => sentAt.has(email))) break;
    }
    isOver = true;
    await moving;
    const seconds = (now() - began) / 1000;
    await system.settle();
    return {
      confirmedAfter: [...answeredAt].map(([email, at]) => (sentAt.get(email) ?? Number.POSITIVE_INFINITY) - at),
      moves,
      movesPerSecond: moves / seconds,
      givenUp: system.failedRecords().length + system.deadLetters().length,
      errors: silence.lines(),
    };
  } finally {
    silence.end();
    await system.close();
  }
};
