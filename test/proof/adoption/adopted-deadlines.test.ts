import { afterAll, beforeAll, expect, test } from 'vitest';
import { minute } from '../../support/durations.ts';
import { newcomer, rowsOf } from '../../support/world/booking.ts';
import { staffOf } from '../../support/world/desk.ts';
import { jobOf } from '../../support/world/settings.ts';
import { bookCut, cancel, join, look, oneHourDays } from '../../support/world/waiting.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';
import { loseSchedules, planned, replan } from './adopted.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    catalogue.settings.noShows = { policy: 'client-confirms', after: 2, confirmWithinHours: 12 };
    catalogue.settings.waitingList.offerMinutes = 480;
    oneHourDays(catalogue, ['amina', 'zara']);
  });
});
afterAll(() => world.system.close());

const drying = { services: [{ serviceId: 'blow-dry', staffId: 'marco' }] };

/** Somebody to whom the hour of the stylist on Tuesday, which another gave up, is offered for eight hours. */
const offered = async (stylist: string) => {
  const visit = await bookCut(world, { services: [{ serviceId: 'cut', staffId: stylist }] });
  const waiting = await join(world, { staff: [stylist] });
  await cancel(world, visit);
  expect((await look(world, waiting.token)).status).toBe('offered');
  return waiting;
};

test('deadlines and offers ahead end on time, those that passed meanwhile end now, and once', async () => {
  const { system } = world;
  const staff = staffOf(world);
  const unreliable = newcomer();
  const missed = [
    await staff.book('2026-11-23T09:00', { ...drying, client: unreliable }),
    await staff.book('2026-11-23T10:00', { ...drying, client: unreliable }),
  ];
  await system.windTo(Date.parse('2026-11-23T11:00:00-05:00'));
  for (const { id } of missed) await staff.mark(id, 'no_show');
  const bookDrying = (startsAt: string) => mustBook(world.api, { ...drying, client: unreliable, startsAt });

  const late = await bookDrying('2026-11-25T10:00');
  const begun = await bookDrying('2026-11-23T17:00');
  const missedOffer = await offered('amina');
  await system.windTo(Date.parse('2026-11-23T16:00:00-05:00'));
  const due = await bookDrying('2026-11-25T14:00');
  const standingOffer = await offered('zara');
  await system.settle();
  const before = planned(system);
  expect(
    before.map(({ name }) => name.replace(/^offer\..*/, 'offer')).filter((name) => !/reminder/.test(name)),
  ).toEqual(expect.arrayContaining(['offer', 'offer', ...[late, begun, due].map(({ id }) => `${id}.unconfirmed`)]));

  await loseSchedules(system);
  await system.windTo(Date.parse('2026-11-23T23:15:00-05:00'));
  const statuses = async () => {
    const appointments = await Promise.all([late, begun, due].map(({ id }) => staff.get(id)));
    const offers = (await rowsOf(world, 'Waiting')).map(({ id, status }) => [id, status]);
    return [
      ...appointments.map(({ status }) => status),
      ...[missedOffer, standingOffer].map(({ id }) => Object.fromEntries(offers)[id]),
    ];
  };
  expect(await statuses()).toEqual(['pending', 'pending', 'pending', 'offered', 'offered']);

  const job = await replan(system, 7);
  const ended = ['cancelled', 'pending', 'pending', 'waiting', 'offered'];
  expect(await statuses()).toEqual(ended);
  expect(await staff.get(late.id)).toMatchObject({ cancelledBy: 'system' });
  expect((await look(world, missedOffer.token)).lastOffer?.outcome).toBe('missed');
  // A freed time waits for the morning.
  const plannedNow = () => planned(system).filter(({ name }) => !name.startsWith('freed.'));
  const ahead = before.filter(({ name, dueAt }) => dueAt > system.clock.now() && !name.startsWith(late.id));
  expect(plannedNow()).toEqual(ahead);
  expect(await jobOf(world, job)).toMatchObject({ finishedAt: expect.any(String), conflicts: [] });

  const sent = world.mails().length;
  await replan(system, 8);
  expect([await statuses(), plannedNow(), world.mails().length]).toEqual([ended, ahead, sent]);

  await system.windTo(Date.parse('2026-11-24T00:05:00-05:00'));
  expect((await statuses()).at(-1)).toBe('waiting');
  await system.windTo(Date.parse((await staff.get(due.id)).confirmBy ?? '') - minute);
  expect((await statuses())[2]).toBe('pending');
  await system.windBy(2 * minute);
  expect(await statuses()).toEqual(['cancelled', 'pending', 'cancelled', 'waiting', 'waiting']);
  expect(system.deadLetters()).toEqual([]);
});
