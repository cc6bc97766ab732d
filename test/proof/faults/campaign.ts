import { inParallel } from '../../../infra/local/runtime/repeat.ts';
import { day } from '../../support/durations.ts';
import { startWorld } from '../../support/world/world.ts';
import { enlarge } from '../big-salon.ts';
import { type Audit, audit } from '../journey/audit.ts';
import { readRows } from '../journey/rows.ts';
import type { Service } from '../lambda/aws-call.ts';
import { createLedger, type Ledger } from '../lambda/ledger.ts';
import { type Dangers, dangerousRuntime, none } from '../lambda/runtime.ts';
import { createCustomers, type Known, type Tally } from './customers.ts';
import { excusesFrom, type Unrecorded } from './excuses.ts';
import { quietly } from './quietly.ts';

export interface CampaignOptions {
  seed: number;
  appointments: number;
  dangers?: Dangers;
  say?: (line: string) => void;
}

export interface Report {
  /** What is wrong, in words. */
  faults: string[];
  audit: Audit;
  causes: Unrecorded;
  tally: Tally;
  kills: number;
  /** Messages that had to be redriven by hand after five failures, and records of the stream likewise. */
  redriven: number;
  replanned: number;
  counts: Record<string, Record<string, number>>;
  seconds: number;
  cpuSeconds: number;
}

/** A call in twenty goes wrong; one invocation in twelve does not survive. */
const ordinaryDangers: Dangers = {
  rates: {
    throttled: 0.012,
    failed: 0.007,
    unreachable: 0.005,
    'timed-out': 0.006,
    'failed-after': 0.008,
    lost: 0.008,
    late: 0.01,
  },
  kills: 0.08,
};

/** 22 November 2026 is a Sunday; on the 26th the salon is closed. */
const startsAt = Date.parse('2026-11-22T15:07:00Z');
const dates = ['24', '25', '27', '28', '30'].map((day) => `2026-11-${day}`);
const visitsEach = 5;
const stretch = 3 * 3_600_000;
const stretches = 74;
const bookingStretches = 8;
/** What a function has failed to deliver is seen again by then. */
const untilVisible = 4 * 60_000;
const clientsAtOnce = 16;

/** Every acknowledged act stands in the timeline just as often as it was acknowledged: a repeated request did it once. */
const actFaults = (known: readonly Known[], { lives }: Awaited<ReturnType<typeof audit>>): string[] => {
  const byId = new Map(lives.map((life) => [life.id, life]));
  const strangers = lives.length - known.length;
  const extra = strangers === 0 ? [] : [`${lives.length} appointments, where ${known.length} were acknowledged`];
  const wrong = known.flatMap(({ id, acknowledged }) => {
    const kept = byId.get(id)?.acts.map(({ kind }) => kind) ?? [];
    return kept.toSorted().join() === acknowledged.toSorted().join()
      ? []
      : [`${id}: did ${kept.join(', ')}; the client heard of ${acknowledged.join(', ')}`];
  });
  return [...extra, ...wrong];
};

const services: readonly Service[] = ['dynamodb', 'scheduler', 'sqs', 'ses', 'sns'];

/** A harness that does nothing would find nothing. */
const idleness = (ledger: Ledger): string[] => {
  const { mishaps = {} } = ledger.summary();
  const spared = services.filter((service) => !Object.keys(mishaps).some((name) => name.startsWith(service)));
  return [
    ...spared.map((service) => `the harness: nothing befell ${service}`),
    ...(ledger.deaths() === 0 ? ['the harness: nobody was killed'] : []),
  ];
};

/** Books, moves, cancels, confirms and marks appointments while everything fails, and then looks what has become of them. */
export const runCampaign = async (options: CampaignOptions): Promise<Report> => {
  const { seed, appointments, dangers = ordinaryDangers, say = () => {} } = options;
  const began = performance.now();
  const cpu = process.cpuUsage();
  const ledger = createLedger();
  let current = none;
  let people: string[] = [];
  const world = await startWorld(
    {
      startAt: startsAt,
      runtime: dangerousRuntime(seed, ledger, () => current),
      repeatTriggers: { times: 1, inParallel: 4 },
      patience: 1,
    },
    (catalogue) => {
      people = enlarge(catalogue, Math.max(4, Math.ceil(appointments / (dates.length * visitsEach))));
    },
  );
  const { system, catalogue } = world;
  const silence = quietly();
  const faults: string[] = [];
  let redriven = 0;
  let replanned = 0;
  let replayed = 0;

  /** Winds, settles, and does what the alarms tell an operator to do, until nothing is left to do. */
  const quiet = async (): Promise<void> => {
    for (let round = 0; round < 20; round += 1) {
      await system.settle();
      const failed = system.failedRecords().slice(replayed);
      replayed += failed.length;
      for (const { functionName, records } of failed) {
        replanned += records.length;
        await system.invoke(functionName, { Records: records }).catch(() => {
          replayed -= 1;
        });
      }
      const dead = system.redrive();
      redriven += dead;
      if (failed.length === 0 && dead === 0 && system.outbox().length === 0) return;
      await system.windBy(untilVisible);
    }
  };

  const inspect = async (when: string) => {
    const rows = await readRows(system);
    const excuses = excusesFrom(ledger, rows);
    const result = await audit(system, catalogue, excuses);
    faults.push(...[...result.faults, ...actFaults(customers.known, result)].map((fault) => `${when}: ${fault}`));
    say(
      `${when}: ${result.appointments} appointments, ${result.schedules} schedules, ${result.sent} messages sent, ` +
        `${result.duplicates} copies, ${ledger.deaths()} kills, ${Math.round((performance.now() - began) / 1000)} s`,
    );
    return { result, causes: excuses.causes };
  };

  const customers = createCustomers(world, seed, people, dates);
  try {
    current = dangers;
    for (let hour = 0; hour < stretches; hour += 1) {
      const bookings =
        hour < bookingStretches ? Math.ceil((appointments * (hour + 1)) / bookingStretches) : appointments;
      const missing = Math.min(appointments, bookings) - customers.known.length;
      await inParallel(customers.tasksAt(hour, missing, hour < 24 ? 0.08 : 0.02), clientsAtOnce, (task) => task());
      if (hour === bookingStretches - 1 || hour === 31) {
        await quiet();
        await inspect(`after ${(hour * stretch) / 3_600_000} hours`);
      }
      await system.windBy(stretch);
    }
    await quiet();
    await system.windBy(45 * day);
    await quiet();
    // What was redriven may have been claimed a moment ago by somebody who then died.
    await system.windBy(day / 24);
    await quiet();
    current = none;
    const { result, causes } = await inspect('at the end');
    const left = [
      ['schedules', system.schedules().length],
      ['messages in the outbox', system.outbox().length],
      ['dead letters', system.deadLetters().length],
    ] as const;
    for (const [what, count] of left) if (count > 0) faults.push(`at the end: ${count} ${what} are left`);
    for (const about of causes.unexplained)
      faults.push(`at the end: ${about} was sent and not recorded, for no reason`);
    faults.push(...idleness(ledger));
    const { user, system: kernel } = process.cpuUsage(cpu);
    return {
      faults,
      audit: result,
      causes,
      tally: customers.tally,
      kills: ledger.deaths(),
      redriven,
      replanned,
      counts: ledger.summary(),
      seconds: (performance.now() - began) / 1000,
      cpuSeconds: (user + kernel) / 1e6,
    };
  } finally {
    silence.end();
    await world.system.close();
  }
};
