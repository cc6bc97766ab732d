import type { QueueName } from '../../../shared/background/kinds.ts';
import { queues as named } from '../services/names.ts';
import type { Queue } from '../services/queue.ts';
import type { ScheduleBook } from '../services/schedules.ts';
import type { WindableClock } from './clock.ts';

/** Something that came due. Instants in milliseconds. */
export interface Fired {
  kind: 'schedule' | 'redelivery';
  /** The schedule's name, or the message's id. */
  name: string;
  dueAt: number;
  at: number;
  input: string;
}

/** Progress of winding. */
export interface Progress {
  now: number;
  target: number;
  /** Number of things that have come due so far. */
  fired: number;
}

/** The one loop that moves everything which moves by itself; nothing else fires, polls or delivers. */
export interface Pump {
  /** Delivers what can be delivered now, and what follows from it, until all is quiet. */
  settle(): Promise<void>;
  /** Moves the clock to the instant, stopping wherever something falls due on the way, in the order of time. */
  windTo(instant: number, onProgress?: (progress: Progress) => void): Promise<void>;
  /** Says that there may be something to do, so that the next look comes at once. */
  wake(): void;
  /** Things that came due lately, newest last. */
  fired(): readonly Fired[];
  /** Ends the loop after what it is doing. */
  stop(): Promise<void>;
}

export interface PumpOptions {
  clock: WindableClock;
  schedules: ScheduleBook;
  queues: Record<QueueName, Queue>;
  /** Each delivers what is there and answers how much it was. */
  deliveries: readonly (() => Promise<number>)[];
  changed: () => void;
}

const busyPollMs = 25;
const idlePollMs = 400;
const failedPollMs = 1000;
const firedKept = 500;
const roundsAtMost = 10_000;

export const startPump = ({ clock, schedules, queues, deliveries, changed }: PumpOptions): Pump => {
  const fired: Fired[] = [];
  let stopping = false;
  let last: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let pollMs = busyPollMs;
  let count = 0;

  const alone = <T>(task: () => Promise<T>): Promise<T> => {
    const result = last.then(task);
    last = result.catch(() => {});
    return result;
  };

  const note = (entry: Fired): void => {
    count += 1;
    fired.push(entry);
    if (fired.length > firedKept) fired.shift();
  };

  const fireDue = (): number => {
    const due = schedules.takeDue(clock.now());
    for (const { name, dueAt, input, definition } of due) {
      const isBackground = definition.Target?.Arn === named.background.arn;
      queues[isBackground ? 'background' : 'messages'].send(input, 0);
      note({ kind: 'schedule', name, dueAt, at: clock.now(), input });
    }
    return due.length;
  };

  /** One look at everything; true when there was something. */
  const round = async (): Promise<boolean> => {
    let moved = fireDue();
    for (const deliver of deliveries) moved += await deliver();
    return moved > 0;
  };

  const drain = async (): Promise<void> => {
    for (let rounds = 0; !stopping && (await round()); rounds += 1) {
      if (rounds === roundsAtMost) throw new Error(`The system does not come to rest within ${roundsAtMost} rounds`);
    }
  };

  const nextDue = (): number | undefined => {
    const visible = Object.values(queues).map((queue) => queue.nextVisible());
    const instants = [schedules.upcoming()[0]?.dueAt, ...visible].filter((instant) => instant !== undefined);
    return instants.length === 0 ? undefined : Math.min(...instants);
  };

  const advance = (instant: number): void => {
    // Looked at once: it runs on between two looks.
    clock.windBy(Math.max(0, instant - clock.now()));
    for (const message of Object.values(queues).flatMap((queue) => queue.waiting())) {
      if (message.visibleAt === instant && message.receives > 0) {
        note({ kind: 'redelivery', name: message.id, dueAt: instant, at: clock.now(), input: message.body });
      }
    }
    changed();
  };

  const wind = async (target: number, onProgress: (progress: Progress) => void): Promise<void> => {
    if (target < clock.now())
      throw new RangeError(`The clock can't be wound back to ${new Date(target).toISOString()}`);
    const before = count;
    const report = (): void => onProgress({ now: clock.now(), target, fired: count - before });
    await drain();
    for (let due = nextDue(); due !== undefined && due <= target && !stopping; due = nextDue()) {
      advance(due);
      await drain();
      report();
    }
    if (!stopping) advance(target);
    await drain();
    report();
  };

  const schedule = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = stopping ? undefined : setTimeout(tick, milliseconds);
  };

  const tick = (): void => {
    alone(round).then(
      (moved) => {
        pollMs = moved ? busyPollMs : Math.min(idlePollMs, pollMs * 1.5);
        schedule(moved ? 0 : pollMs);
      },
      (error: unknown) => {
        if (!stopping) console.error('The local system stumbled and tries again:', error);
        schedule(failedPollMs);
      },
    );
  };

  tick();
  return {
    settle: () => alone(drain),
    windTo: (instant, onProgress = () => {}) => alone(() => wind(instant, onProgress)),
    wake: () => {
      if (pollMs <= busyPollMs) return;
      pollMs = busyPollMs;
      schedule(0);
    },
    fired: () => fired,
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await last;
      clearTimeout(timer);
    },
  };
};
