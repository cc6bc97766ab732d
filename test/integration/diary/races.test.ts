import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeOf, dataOf } from '../../support/outcomes.ts';
import { freshKey, mustBeConsistent, newcomer, rowsOf, tally } from '../../support/world/booking.ts';
import { type Staff, staffOf } from '../../support/world/desk.ts';
import { bookingOf, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let staff: Staff;
beforeAll(async () => {
  world = await startWorld();
  staff = staffOf(world);
});
afterAll(async () => {
  await mustBeConsistent(world);
  await world.system.close();
});

const fifty = <T>(make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 50 }, (_, index) => make(index)));

it('desk and site race for one time: one of fifty has it', async () => {
  const startsAt = '2026-12-01T10:00';
  const bodies = await fifty(() => bookingOf(world.api, { startsAt, client: newcomer() }));
  const outcomes = await fifty(async (index) =>
    index % 2
      ? codeOf(await staff.tryBook(startsAt))
      : codeOf(await world.api.createAppointment({ body: bodies[index] as never, idempotencyKey: freshKey() })),
  );
  expect(tally(outcomes)).toEqual({ done: 1, time_taken: 49 });
});

it('fifty move one appointment that all have read: one does, the others are told to look again', async () => {
  const booked = await staff.book('2026-12-02T10:00');
  const outcomes = await fifty((index) =>
    staff.change(booked, { startsAt: `2026-12-02T${11 + Math.floor(index / 10)}:${10 + (index % 10)}` }),
  );
  expect(tally(outcomes.map(codeOf))).toEqual({ done: 1, version_mismatch: 49 });
  expect((await staff.get(booked.id)).version).toBe(2);
});

it('twenty-five are moved to one time: one gets there', async () => {
  const booked = await Promise.all(
    Array.from({ length: 25 }, (_, index) =>
      staff.book(`2026-12-${String(3 + Math.floor(index / 5)).padStart(2, '0')}T${10 + (index % 5) * 2}:00`, {
        override: { hours: true },
      }),
    ),
  );
  const outcomes = await Promise.all(booked.map((each) => staff.change(each, { startsAt: '2026-12-15T10:00' })));
  expect(tally(outcomes.map(codeOf))).toEqual({ done: 1, time_taken: 24 });
});

it('undoing races with fifty who want the time: one has it', async () => {
  const startsAt = '2026-12-16T10:00';
  const booked = await staff.book(startsAt);
  dataOf(await staff.mark(booked.id, 'cancelled'));
  const outcomes = await fifty((index) => (index === 20 ? staff.undo(booked.id) : staff.tryBook(startsAt)));
  expect(tally(outcomes.map(codeOf))).toEqual({ done: 1, time_taken: 49 });
});

it('fifty mark a no-show at once, and fifty undo it: it counts once, and then not', async () => {
  const booked = await staff.book('2026-11-22T10:05');
  await world.system.windTo(Date.parse('2026-11-22T16:00:00Z'));
  const marked = await fifty(() => staff.mark(booked.id, 'no_show'));
  expect(tally(marked.map(codeOf))).toEqual({ done: 50 });
  expect((await staff.client(booked.clientId)).noShows).toBe(1);
  const undone = await fifty(() => staff.undo(booked.id));
  expect(tally(undone.map(codeOf))).toEqual({ done: 1, status_conflict: 49 });
  expect((await staff.client(booked.clientId)).noShows).toBe(0);
});

it('blocking races with bookings: either the block or they', async () => {
  const date = '2026-12-17';
  const day = { staffId: 'amina', from: `${date}T09:00`, until: `${date}T19:00` };
  const outcomes = await fifty(async (index) =>
    index % 10 === 5
      ? { kind: 'block', code: codeOf(await staff.block(day)) }
      : {
          kind: 'booking',
          code: codeOf(await staff.tryBook(`${date}T${String(9 + (index % 9)).padStart(2, '0')}:10`)),
        },
  );
  const done = outcomes.filter(({ code }) => code === 'done').map(({ kind }) => kind);
  expect(new Set(done).size).toBe(1);
  const { blocks } = await staff.diary({ date });
  expect(blocks).toHaveLength(done[0] === 'block' ? 1 : 0);
  for (const { id } of blocks) dataOf(await staff.unblock(id));
});

it('fifty block one hour, and fifty give it back: each happens once', async () => {
  const hour = { staffId: 'amina', from: '2026-12-18T12:00', until: '2026-12-18T13:00' };
  const outcomes = await fifty(() => staff.block(hour));
  expect(tally(outcomes.map(codeOf))).toEqual({ done: 1, time_taken: 49 });
  const [{ id } = { id: '' }] = (await staff.diary({ date: '2026-12-18' })).blocks;
  const removed = await fifty(() => staff.unblock(id));
  expect(tally(removed.map(codeOf))).toEqual({ done: 1, not_found: 49 });
  expect(await rowsOf(world, 'Block')).toEqual([]);
  const told = (await rowsOf(world, 'AuditEntry')).filter(({ subject }) => subject === `block/${id}`);
  expect(told.map(({ action }) => action).sort()).toEqual(['diary.blocked', 'diary.unblocked']);
});
