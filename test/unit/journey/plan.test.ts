import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutboxMessage } from '../../../shared/background/kinds.ts';
import type { Appointment } from '../../../shared/booking/appointments/appointments.ts';
import { createJourneyFollower } from '../../../shared/journey/follow.ts';
import { actBetween, repeatDaysOf } from '../../../shared/journey/rules/plan.ts';
import { day, instantOf, isoWithOffset } from '../../../shared/platform/time/time.ts';
import { hour } from '../../support/durations.ts';
import { catalogueIndexOf, readerOf, serviceLine, startsAt, touchpointOf, visitOf } from '../../support/unit/visits.ts';

type Due = Record<string, number>;

/** A planner over a book of schedules and an outbox in memory; `get` reads the appointment as it stands. */
const planner = (options: {
  get: () => Appointment | undefined;
  now?: () => number;
  catalogueIndex?: ReturnType<typeof catalogueIndexOf>;
  /** Awaited around every call, so that a test can let others go first. */
  pause?: () => Promise<unknown>;
  send?: (message: OutboxMessage) => void;
}) => {
  const { get, pause = async () => {}, now = () => startsAt - 5 * day } = options;
  const planned = new Map<string, { at: number; message: OutboxMessage }>();
  const sent: OutboxMessage[] = [];
  const calls: string[] = [];
  const slowly = async <T>(act: () => T): Promise<T> => {
    await pause();
    const result = act();
    await pause();
    return result;
  };
  const follower = createJourneyFollower({
    catalogue: readerOf(options.catalogueIndex ?? catalogueIndexOf()),
    appointments: {
      get: () => slowly(get),
      parse: () => {
        throw new Error('nothing is parsed here');
      },
    },
    schedules: {
      put: (name, at, message) =>
        slowly(() => {
          calls.push(`put ${name}`);
          planned.set(name, { at, message });
        }),
      remove: (name) =>
        slowly(() => {
          calls.push(`remove ${name}`);
          planned.delete(name);
        }),
    },
    outbox: { send: async (message) => (options.send ?? ((each) => void sent.push(each)))(message) },
    now,
  });
  const dues = (): Due =>
    Object.fromEntries([...planned].map(([name, { at }]) => [name.replace(/^[0-9a-z]{16}\./, ''), at]));
  const sentIds = () => sent.map((message) => (message.kind === 'touchpoint' ? message.touchpointId : message.kind));
  return { follower, planned, dues, sent, sentIds, calls };
};

/** One change, seen once. */
const change = async (
  before: Appointment | undefined,
  now: Appointment,
  more: Partial<Parameters<typeof planner>[0]>,
) => {
  const world = planner({ get: () => now, ...more });
  await world.follower.changed(before, now);
  return world;
};

const booked = visitOf();
const next = (from: Appointment, changes: Partial<Appointment>): Appointment => ({
  ...from,
  ...changes,
  version: from.version + 1,
});
const movedTo = (from: Appointment, start: number): Appointment =>
  next(from, {
    startsAt: start,
    endsAt: start + hour,
    sequence: from.sequence + 1,
    movedAt: from.updatedAt + hour,
    status: 'pending',
  });
const cancelled = (from: Appointment): Appointment =>
  next(from, { status: 'cancelled', sequence: from.sequence + 1, cancelledAt: from.updatedAt + hour });

describe('what is planned', () => {
  it('a booking is confirmed at once and has its reminder planned, and nothing else', async () => {
    const { sent, dues, planned, calls } = await change(undefined, booked, {});
    const { id, sequence } = booked;
    expect(sent).toEqual([{ kind: 'touchpoint', appointmentId: id, touchpointId: 'confirmation', sequence }]);
    expect(dues()).toEqual({ reminder: startsAt - day });
    expect(planned.get(`${id}.reminder`)?.message).toEqual({
      kind: 'touchpoint',
      appointmentId: id,
      touchpointId: 'reminder',
      sequence,
    });
    expect(calls).toHaveLength(1);
  });

  it('a booking is confirmed even if it was made, by its own clock, a second from now', async () => {
    const { sentIds } = await change(undefined, booked, { now: () => booked.bookedAt - 1000 });
    expect(sentIds()).toEqual(['confirmation']);
  });

  it('a reminder whose time has passed at booking is skipped, never sent at once', async () => {
    const { sentIds, dues } = await change(
      undefined,
      { ...booked, bookedAt: startsAt - 20 * hour },
      {
        now: () => startsAt - 20 * hour,
      },
    );
    expect(sentIds()).toEqual(['confirmation']);
    expect(dues()).toEqual({});
  });

  it('a reminder due at this very moment counts as passed, one due in a millisecond does not', async () => {
    const at = (now: number) => change(undefined, booked, { now: () => now });
    expect((await at(startsAt - day)).dues()).toEqual({});
    expect((await at(startsAt - day - 1)).dues()).toEqual({ reminder: startsAt - day });
  });

  it('a reminder that falls into the quiet hours is moved out of them', async () => {
    const early = instantOf('2026-11-24', '07:30', 'Europe/London');
    const { dues } = await change(undefined, visitOf({ startsAt: early }), {});
    expect(isoWithOffset(dues()['reminder'] ?? 0, 'Europe/London')).toBe('2026-11-23T08:00:00+00:00');
  });

  it('an answer to an act that must not disturb at night is planned for the morning', async () => {
    const catalogueIndex = catalogueIndexOf((file) => {
      file.journey = [
        touchpointOf({ id: 'welcome', template: 'confirmation', anchor: 'booking', offset: 'PT0S', quiet: 'respect' }),
      ];
    });
    const bookedAt = instantOf('2026-11-20', '23:10', 'Europe/London');
    const night = await change(undefined, visitOf({ bookedAt }), { catalogueIndex, now: () => bookedAt + 1000 });
    expect(night.sentIds()).toEqual([]);
    expect(isoWithOffset(night.dues()['welcome'] ?? 0, 'Europe/London')).toBe('2026-11-21T08:00:00+00:00');
    const noon = visitOf({ bookedAt: instantOf('2026-11-20', '12:00', 'Europe/London') });
    const byDay = await change(undefined, noon, { catalogueIndex, now: () => noon.bookedAt + 1000 });
    expect(byDay.sentIds()).toEqual(['welcome']);
    expect(byDay.dues()).toEqual({});
  });

  it('a touchpoint some time after booking is planned, not sent', async () => {
    const catalogueIndex = catalogueIndexOf((file) => {
      file.journey = [touchpointOf({ id: 'prepare', template: 'reminder', anchor: 'booking', offset: 'P1D' })];
    });
    const { sentIds, dues } = await change(undefined, booked, { catalogueIndex });
    expect(sentIds()).toEqual([]);
    expect(dues()).toEqual({ prepare: booked.bookedAt + day });
  });

  it('moving tells of the new time and moves the reminder', async () => {
    const to = movedTo(booked, startsAt + 2 * day);
    const world = planner({ get: () => to });
    world.planned.set(`${booked.id}.reminder`, { at: startsAt - day, message: { kind: 'low-score' } as never });
    await world.follower.changed(booked, to);
    expect(world.sent).toMatchObject([{ touchpointId: 'moved', sequence: 1 }]);
    expect(world.dues()).toEqual({ reminder: startsAt + day });
    expect(world.planned.get(`${booked.id}.reminder`)?.message).toMatchObject({ sequence: 1 });
  });

  it('moving to a time whose reminder would have been due already takes the old reminder away', async () => {
    const to = movedTo(booked, startsAt - 4.5 * day);
    const world = planner({ get: () => to });
    world.planned.set(`${booked.id}.reminder`, { at: startsAt - day, message: { kind: 'low-score' } as never });
    await world.follower.changed(booked, to);
    expect(world.dues()).toEqual({});
    expect(world.sentIds()).toEqual(['moved']);
  });

  it('cancelling says so and deletes everything', async () => {
    const to = cancelled(booked);
    const world = planner({ get: () => to });
    for (const name of ['reminder', 'review', 'come-back'])
      world.planned.set(`${booked.id}.${name}`, { at: startsAt, message: { kind: 'low-score' } as never });
    await world.follower.changed(booked, to);
    expect(world.sent).toMatchObject([{ touchpointId: 'cancelled', sequence: 1 }]);
    expect(world.dues()).toEqual({});
  });

  it.each(['confirmed'] as const)('%s changes nothing and asks nobody', async (status) => {
    const { sent, calls } = await change(booked, next(booked, { status }), {});
    expect([sent, calls]).toEqual([[], []]);
  });

  it('arriving takes away a reminder that is still to come', async () => {
    const { calls, dues } = await change(booked, next(booked, { status: 'arrived' }), {});
    expect(dues()).toEqual({});
    expect(calls).toContain(`remove ${booked.id}.reminder`);
  });

  it('a completed visit plans the review and the invitation to come back', async () => {
    const now = () => booked.endsAt + 60_000;
    const { dues, sent } = await change(booked, next(booked, { status: 'completed' }), { now });
    expect(dues()).toEqual({ review: booked.endsAt + 2 * hour, 'come-back': booked.endsAt + 42 * day });
    expect(sent).toEqual([]);
  });

  it('nobody who did not come is asked for anything', async () => {
    const now = () => booked.endsAt + 60_000;
    const { dues, sent } = await change(booked, next(booked, { status: 'no_show' }), { now });
    expect([dues(), sent]).toEqual([{}, []]);
  });

  it('a visit that is marked after its review was due is asked about at once', async () => {
    const now = () => booked.endsAt + 5 * hour;
    const { dues, sentIds } = await change(booked, next(booked, { status: 'completed' }), { now });
    expect(sentIds()).toEqual(['review']);
    expect(Object.keys(dues())).toEqual(['come-back']);
  });

  it('a visit that is marked days later is not asked about any more', async () => {
    const now = () => booked.endsAt + 2 * hour + 3 * day;
    const { dues, sent } = await change(booked, next(booked, { status: 'completed' }), { now });
    expect(sent).toEqual([]);
    expect(Object.keys(dues())).toEqual(['come-back']);
  });

  it('a later change of a completed visit asks for nothing again', async () => {
    const now = () => booked.endsAt + 5 * hour;
    const completed = next(booked, { status: 'completed' });
    const { sent } = await change(completed, next(completed, { notes: 'Left her scarf.' }), { now });
    expect(sent).toEqual([]);
  });
});

describe('the time to come back', () => {
  const catalogueIndex = catalogueIndexOf();
  const lines = (...ids: string[]) => visitOf({ services: ids.map(serviceLine) });

  it('is the shortest interval of the visit’s services, and none where none has one', () => {
    expect(repeatDaysOf(catalogueIndex, lines('cut'))).toBe(42);
    expect(repeatDaysOf(catalogueIndex, lines('cut', 'colour'))).toBe(28);
    expect(repeatDaysOf(catalogueIndex, lines('wash', 'cut'))).toBe(42);
    expect(repeatDaysOf(catalogueIndex, lines('wash'))).toBeUndefined();
    expect(repeatDaysOf(catalogueIndex, lines('left-the-catalogue'))).toBeUndefined();
  });

  it('comes at the same local time over the change of the clocks', async () => {
    const spring = visitOf({ startsAt: instantOf('2027-03-01', '15:00', 'Europe/London'), status: 'completed' });
    const { dues } = await change(undefined, spring, { now: () => spring.endsAt });
    expect(isoWithOffset(dues()['come-back'] ?? 0, 'Europe/London')).toBe('2027-04-12T16:00:00+01:00');
  });

  it('is not planned for a service without an interval', async () => {
    const washed = { ...lines('wash'), status: 'completed' } as const;
    const { dues } = await change(undefined, washed, { now: () => washed.endsAt });
    expect(Object.keys(dues())).toEqual(['review']);
  });
});

describe('the act between two versions', () => {
  const moved = movedTo(booked, startsAt + day);
  it.each([
    ['booking', undefined, booked],
    ['move', booked, moved],
    ['cancellation', booked, cancelled(booked)],
    ['cancellation', moved, cancelled(moved)],
    [undefined, booked, next(booked, { status: 'confirmed' })],
    [undefined, cancelled(booked), next(cancelled(booked), { notes: 'x' })],
    [undefined, moved, next(moved, { status: 'completed' })],
    ['booking', next(booked, { awaiting: 'business' }), booked],
    ['cancellation', next(booked, { awaiting: 'business' }), cancelled(booked)],
    [undefined, next(booked, { awaiting: 'business' }), next(booked, { awaiting: 'business', notes: 'x' })],
  ] as const)('%s', (act, before, now) => {
    expect(actBetween(before, now)).toBe(act);
  });
});

describe('an appointment that waits for the business', () => {
  const waiting = next(booked, { awaiting: 'business' });

  it('is neither confirmed nor planned, and both when it is approved', async () => {
    const first = await change(undefined, waiting, {});
    expect([first.sentIds(), first.dues()]).toEqual([[], {}]);
    const approved = next(waiting, { awaiting: undefined });
    const { sentIds, dues } = await change(waiting, approved, {});
    expect([sentIds(), Object.keys(dues())]).toEqual([['confirmation'], ['reminder']]);
  });

  it('is told when it is declined', async () => {
    const { sentIds } = await change(waiting, cancelled(waiting), {});
    expect(sentIds()).toEqual(['cancelled']);
  });
});

type Act = { kind: 'confirm' | 'arrive' | 'complete' | 'no-show' | 'cancel' } | { kind: 'move'; by: number };

const acted = (from: Appointment, act: Act): Appointment => {
  if (from.status === 'cancelled') return from;
  switch (act.kind) {
    case 'confirm':
      return next(from, { status: 'confirmed' });
    case 'arrive':
      return next(from, { status: 'arrived' });
    case 'complete':
      return next(from, { status: 'completed' });
    case 'no-show':
      return next(from, { status: 'no_show' });
    case 'cancel':
      return cancelled(from);
    case 'move':
      return { ...movedTo(from, from.startsAt + act.by * day), movedAt: from.updatedAt + from.version };
  }
};

/** Every version of an appointment to which these acts happen. */
const historyOf = (acts: readonly Act[]): Appointment[] => {
  const versions = [booked];
  for (const act of acts) {
    const last = versions.at(-1) ?? booked;
    const to = acted(last, act);
    if (to !== last) versions.push(to);
  }
  return versions;
};

const actArbitrary: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom<Act>(
    { kind: 'confirm' },
    { kind: 'arrive' },
    { kind: 'complete' },
    { kind: 'no-show' },
    { kind: 'cancel' },
  ),
  fc.record({ kind: fc.constant('move' as const), by: fc.integer({ min: -6, max: 6 }).filter((by) => by !== 0) }),
);

/** What should be planned in the end, by the words of the journey and not by the planner's code. */
const expectedDues = ({ status, startsAt: start, endsAt }: Appointment, now: number): Due => {
  const wanted: [string, number, boolean][] = [
    ['reminder', start - day, status === 'pending' || status === 'confirmed'],
    ['review', endsAt + 2 * hour, status === 'completed'],
    ['come-back', endsAt + 42 * day, status === 'completed'],
  ];
  return Object.fromEntries(wanted.filter(([, at, wants]) => wants && at > now).map(([name, at]) => [name, at]));
};

/** The acts that answer themselves, each with the sequence it led to; and the review of a visit that is marked late. */
/** Each once: marked completed again after an undo, the visit asks for the very message that it asked for before. */
const expectedAnswers = (versions: readonly Appointment[], now: number): string[] => {
  const answers = versions.map((version, index) => {
    const before = versions[index - 1];
    if (!before) return 'confirmation 0';
    if (version.status === 'cancelled') return `cancelled ${version.sequence}`;
    const reviewDue = version.endsAt + 2 * hour;
    const markedLate = version.status === 'completed' && before.status !== 'completed';
    if (markedLate && reviewDue <= now && reviewDue > now - 3 * day) return `review ${version.sequence}`;
    return version.sequence > before.sequence ? `moved ${version.sequence}` : undefined;
  });
  return [...new Set(answers.filter((answer) => answer !== undefined))].sort();
};

const answersIn = (sent: readonly OutboxMessage[]): string[] =>
  [
    ...new Set(
      sent.map((message) => (message.kind === 'touchpoint' ? `${message.touchpointId} ${message.sequence}` : '')),
    ),
  ].sort();

describe('records of the stream', () => {
  const now = startsAt - day;

  it('that come again and in any order end in the schedules of the appointment as it stands', async () => {
    const deliveries = fc
      .array(actArbitrary, { maxLength: 6 })
      .map(historyOf)
      .chain((versions) => {
        const thrice = versions.flatMap((_, index) => [index, index, index]);
        return fc.record({
          versions: fc.constant(versions),
          order: fc.shuffledSubarray(thrice, { minLength: thrice.length, maxLength: thrice.length }),
        });
      });
    await fc.assert(
      fc.asyncProperty(deliveries, async ({ versions, order }) => {
        const last = versions.at(-1) ?? booked;
        const { follower, dues, sent, planned } = planner({ get: () => last, now: () => now });
        for (const index of order) await follower.changed(versions[index - 1], versions[index] ?? last);
        expect(dues()).toEqual(expectedDues(last, now));
        for (const { message } of planned.values()) expect(message).toMatchObject({ sequence: last.sequence });
        expect(answersIn(sent)).toEqual(expectedAnswers(versions, now));
      }),
      { numRuns: 300 },
    );
  });

  it('that are handled a batch side by side, while the appointment goes on changing, end the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(actArbitrary, { maxLength: 6 }).map(historyOf), async (s, versions) => {
        let committed = 0;
        const pause = () => s.schedule(Promise.resolve());
        const { follower, dues, planned } = planner({ get: () => versions[committed], now: () => now, pause });
        const commits = async (): Promise<void> => {
          for (; committed < versions.length - 1; committed += 1) await pause();
        };
        // As Lambda does: the records of a shard in their order, a batch when the one before it is done.
        const stream = async (): Promise<void> => {
          for (let next = 0; next < versions.length; ) {
            const batch = versions.slice(next, committed + 1).map((_, index) => next + index);
            const twice = [...batch, ...batch].map((index) =>
              follower.changed(versions[index - 1], versions[index] ?? booked),
            );
            await Promise.all(twice);
            next += batch.length;
            await pause();
          }
        };
        await s.waitFor(Promise.all([commits(), stream()]));
        const last = versions.at(-1) ?? booked;
        expect(dues()).toEqual(expectedDues(last, now));
        for (const { message } of planned.values()) expect(message).toMatchObject({ sequence: last.sequence });
      }),
      { numRuns: 300 },
    );
  });

  it('of an appointment that changes with every look at it end quietly, and the last plans what stands', async () => {
    const versions = [booked];
    const standing = () => versions.at(-1) ?? booked;
    let looks = 0;
    const get = () => {
      looks += 1;
      if (looks > 1 && versions.length < 20) versions.push(acted(standing(), { kind: 'move', by: (looks % 5) + 1 }));
      return standing();
    };
    const { follower, dues, planned, sent } = planner({ get });
    for (let index = 0; index < versions.length; index += 1)
      await follower.changed(versions[index - 1], versions[index] ?? booked);
    expect(versions).toHaveLength(20);
    expect(dues()).toEqual({ reminder: standing().startsAt - day });
    expect(planned.get(`${booked.id}.reminder`)?.message).toMatchObject({ sequence: 19 });
    expect(sent).toHaveLength(20);
  });

  it('overtaken ones write no schedule: whoever moves without a pause costs one look for each move', async () => {
    const moves = Array.from({ length: 9 }).reduce<Appointment[]>(
      (all) => [...all, movedTo(all.at(-1) ?? booked, startsAt + all.length * day)],
      [booked],
    );
    const world = planner({ get: () => moves.at(-1) });
    for (const [index, version] of moves.slice(0, -1).entries())
      await world.follower.changed(moves[index - 1], version);
    expect(world.calls).toEqual([]);
    await world.follower.changed(moves.at(-2), moves.at(-1) ?? booked);
    expect(world.calls).toContain(`put ${booked.id}.reminder`);
  });

  it('that come again because planning failed put nothing into the outbox twice', async () => {
    const sent: OutboxMessage[] = [];
    let failures = 2;
    const { follower } = planner({
      get: () => {
        failures -= 1;
        if (failures >= 0) throw new Error('The table is busy');
        return booked;
      },
      send: (message) => sent.push(message),
    });
    await expect(follower.changed(undefined, booked)).rejects.toThrow('busy');
    await expect(follower.changed(undefined, booked)).rejects.toThrow('busy');
    await follower.changed(undefined, booked);
    expect(sent).toHaveLength(1);
  });

  it('about an appointment that is gone plan nothing', async () => {
    const { follower, dues } = planner({ get: () => undefined });
    await follower.changed(undefined, booked);
    expect(dues()).toEqual({});
  });
});

describe('of a row that is moved together', () => {
  const catalogueIndex = catalogueIndexOf((file) => {
    file.journey = [
      touchpointOf({ id: 'moved', template: 'moved', anchor: 'move', offset: 'PT2H' }),
      touchpointOf({ id: 'cancelled', template: 'cancelled', anchor: 'cancellation', offset: 'PT2H' }),
    ];
  });
  const series = { id: 'series0123456789', index: 0, count: 3 };
  const before = visitOf({ series });
  const plain = movedTo(before, startsAt + day);
  const moved = { ...plain, together: { sequence: 1, first: { id: plain.id, sequence: 1 }, count: 3 } };
  const at = (plain.movedAt ?? 0) + 2 * hour;
  const now = () => at - hour;

  it('the message has a schedule that stays when the first of them changes again', async () => {
    let current: Appointment = moved;
    const { follower, dues } = planner({ get: () => current, catalogueIndex, now });
    await follower.changed(before, moved);
    expect(dues()).toEqual({ 'moved.row1': at });
    current = cancelled(moved);
    await follower.changed(moved, current);
    const own = (current.cancelledAt ?? 0) + 2 * hour;
    expect(dues()).toEqual({ 'moved.row1': at, cancelled: own });
    await follower.changed(before, moved);
    expect(dues()).toEqual({ 'moved.row1': at, cancelled: own });
  });

  it('also where it had changed before the planner saw the move, and when it only arrives', async () => {
    expect((await change(before, moved, { get: () => cancelled(moved), catalogueIndex, now })).dues()).toMatchObject({
      'moved.row1': at,
    });
    const arrived = next(moved, { status: 'arrived' });
    const { follower, dues } = planner({ get: () => arrived, catalogueIndex, now });
    await follower.changed(before, moved);
    await follower.changed(moved, arrived);
    expect(dues()).toEqual({ 'moved.row1': at });
  });

  it('the others have none', async () => {
    const other = { ...moved, together: { ...moved.together, first: { id: 'fedcba9876543210', sequence: 4 } } };
    expect((await change(before, other, { catalogueIndex, now })).dues()).toEqual({});
  });
});
