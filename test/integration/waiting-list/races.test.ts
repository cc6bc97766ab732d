import { afterAll, describe, expect, it } from 'vitest';
import { codeOf } from '../../support/outcomes.ts';
import { freshKey, mustBeConsistent, newcomer, rowsOf, tally } from '../../support/world/booking.ts';
import { bookCut, cancel, date, holds, join, look, oneHourDays, statusOf } from '../../support/world/waiting.ts';
import { bookingOf, startWorld, type World } from '../../support/world/world.ts';

let world: World;
const open = async (...options: Parameters<typeof startWorld>) => {
  await world?.system.close();
  world = await startWorld(...options);
};
afterAll(() => world.system.close());

/** One who waits for the only time of the day, which has been offered to them; another is next. */
const offered = async () => {
  await open({}, (catalogue) => oneHourDays(catalogue));
  const visit = await bookCut(world);
  const first = await join(world);
  const next = await join(world);
  await cancel(world, visit);
  const { offer } = await look(world, first.token);
  const link = { params: { token: first.token }, body: { offerId: offer?.id ?? '' } };
  return { first, next, link, expiresAt: Date.parse(offer?.expiresAt ?? '') };
};
const codes = (outcomes: readonly Parameters<typeof codeOf>[0][]) => tally(outcomes.map(codeOf));

describe('fifty times that are freed at once', () => {
  it.each([
    { how: 'records that come once', repeatTriggers: { times: 1, inParallel: 2 } },
    { how: 'records that come twice at the same time', repeatTriggers: { times: 2, atOnce: true, inParallel: 2 } },
  ])(
    'go to the first fifty of sixty who wait, each to one: $how',
    async ({ repeatTriggers }) => {
      const people = Array.from({ length: 50 }, (_, index) => `stylist-${index}`);
      await open({ repeatTriggers }, (catalogue) => {
        oneHourDays(catalogue, people);
        catalogue.settings.waitingList.offerMinutes = 120;
      });
      const visits = await Promise.all(
        people.map((staffId) => bookCut(world, { services: [{ serviceId: 'cut', staffId }] })),
      );
      const waiting: string[] = [];
      for (let index = 0; index < 60; index += 1) waiting.push((await join(world, { staff: [] })).id);
      await Promise.all(visits.map(({ token }) => world.api.cancelByLink({ params: { token } })));
      await world.system.settle();
      const rows = await rowsOf(world, 'Waiting');
      expect(new Set(rows.filter(({ status }) => status === 'offered').map(({ id }) => id))).toEqual(
        new Set(waiting.slice(0, 50)),
      );
      const kept = await holds(world);
      expect(kept).toHaveLength(50);
      expect(new Set(kept.map(({ ownerId }) => ownerId)).size).toBe(50);
      await mustBeConsistent(world);
      expect(world.mails(/opened up/i)).toHaveLength(50);

      await world.system.windBy(121 * 60_000);
      const later = await rowsOf(world, 'Waiting');
      expect(new Set(later.filter(({ status }) => status === 'offered').map(({ id }) => id))).toEqual(
        new Set(waiting.slice(50)),
      );
      expect(await holds(world)).toHaveLength(10);
      await mustBeConsistent(world);
      expect(world.mails(/opened up/i)).toHaveLength(60);
      expect(world.system.failedRecords()).toEqual([]);
      expect(world.system.deadLetters()).toEqual([]);
    },
    600_000,
  );
});

describe('one offer', () => {
  it('taken twenty times at once is one appointment', async () => {
    const { link } = await offered();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => world.api.takeOffer(link)));
    expect(codes(outcomes)).toEqual({ done: 20 });
    expect(new Set(outcomes.map((outcome) => outcome.ok && outcome.data.id)).size).toBe(1);
    await mustBeConsistent(world);
    expect(await holds(world)).toEqual([]);
  });

  it('taken, declined and left at once becomes one of these, and the time is somebody’s', async () => {
    const { link, first, next } = await offered();
    const [taken, ...others] = await Promise.all([
      world.api.takeOffer(link),
      world.api.declineOffer(link),
      world.api.leaveWaitingList({ params: link.params }),
    ]);
    await world.system.settle();
    const [status, after] = [await statusOf(world, first), await statusOf(world, next)];
    expect([status, after]).toEqual(
      taken.ok ? ['booked', 'waiting'] : [expect.stringMatching(/waiting|left/), 'offered'],
    );
    expect(others.length).toBe(2);
    await mustBeConsistent(world);
  });

  it('at the moment of its end is taken, or it is the next one’s, never both', async () => {
    for (const before of [1, 0]) {
      const { link, first, next, expiresAt } = await offered();
      await world.system.windTo(expiresAt - 2_000);
      const [taken] = await Promise.all([
        before ? world.api.takeOffer(link) : world.system.windTo(expiresAt).then(() => world.api.takeOffer(link)),
        world.system.windTo(expiresAt + 61_000),
      ]);
      await world.system.settle();
      await world.system.windBy(61_000);
      const both = [await statusOf(world, first), await statusOf(world, next)];
      expect(both).toEqual(taken.ok ? ['booked', 'waiting'] : ['waiting', 'offered']);
      await mustBeConsistent(world);
    }
  });

  it('against a crowd that wants the time is the client’s', async () => {
    const { link } = await offered();
    const bodies = await Promise.all(
      Array.from({ length: 20 }, () => bookingOf(world.api, { startsAt: `${date}T10:00`, client: newcomer() })),
    );
    const [taken, ...crowd] = await Promise.all([
      world.api.takeOffer(link),
      ...bodies.map((body) => world.api.createAppointment({ body, idempotencyKey: freshKey() })),
    ]);
    expect(taken?.ok, JSON.stringify(taken)).toBe(true);
    expect(codes(crowd)).toEqual({ time_taken: 20 });
    await mustBeConsistent(world);
  });

  it('comes and ends once, though every record and message comes three times', async () => {
    const repeatTriggers = { times: 3, atOnce: true };
    await open({ repeatTriggers }, (catalogue) => oneHourDays(catalogue));
    const visit = await bookCut(world);
    const first = await join(world);
    const second = await join(world);
    await cancel(world, visit);
    expect([await statusOf(world, first), await statusOf(world, second)]).toEqual(['offered', 'waiting']);
    await world.system.windBy(32 * 60_000);
    expect([await statusOf(world, first), await statusOf(world, second)]).toEqual(['waiting', 'offered']);
    await world.system.windBy(32 * 60_000);
    expect([await statusOf(world, first), await statusOf(world, second)]).toEqual(['waiting', 'waiting']);
    expect(world.mails(/opened up/i)).toHaveLength(2);
    expect(await holds(world)).toEqual([]);
  });
});
