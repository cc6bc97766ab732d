import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../../support/outcomes.ts';
import { mustBeConsistent, newcomer, rowsOf, takenTimes, tally } from '../../support/world/booking.ts';
import { book, mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    catalogue.resources.push({
      id: 'laser',
      name: 'Laser',
      kind: 'laser',
      location: 'los-feliz',
      closed: [{ from: '2026-12-10', until: '2026-12-10' }],
      retired: false,
    });
    for (const service of catalogue.services) if (service.id === 'brows') service.needs = ['laser'];
  });
});
afterAll(() => world.system.close());

const at = { locationId: 'los-feliz' };
const massage = { ...at, services: [{ serviceId: 'massage', staffId: 'lily' }] };
const facial = { ...at, services: [{ serviceId: 'facial', staffId: 'dev' }] };
const timesOf = async (date: string, services: string, staff: string) => {
  const outcome = await world.api.getAvailability({
    query: { location: 'los-feliz', services: [services], staff: [staff], from: date, to: date },
  } as never);
  if (!outcome.ok) throw new Error(outcome.problem.detail);
  return outcome.data.days[0]?.times.map(({ startsAt }) => startsAt.slice(11, 16)) ?? [];
};

describe('a service that needs a room', () => {
  it('takes it along with the person, in the same transaction', async () => {
    const { id } = await mustBook(world.api, { ...massage, startsAt: '2026-12-02T12:00' });
    const taken = (await takenTimes(world)).filter((time) => time.id === id);
    expect(taken.map(({ ownerId }) => ownerId).sort()).toEqual(['lily', 'resource:quiet-room']);
    const [row] = (await rowsOf(world, 'Appointment')).filter((one) => one['id'] === id);
    expect(row?.['services']).toMatchObject([{ id: 'massage', resources: ['quiet-room'] }]);
    await mustBeConsistent(world);
  });

  it('is not offered while somebody else has the only room, and is afterwards', async () => {
    const before = await timesOf('2026-12-03', 'facial', 'dev');
    expect(before).toContain('12:00');
    const { token } = await mustBook(world.api, { ...massage, startsAt: '2026-12-03T12:00' });
    expect(await timesOf('2026-12-03', 'facial', 'dev')).not.toContain('12:00');
    const refused = await book(world.api, { ...facial, startsAt: '2026-12-03T12:00' });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'time_taken' } });
    await world.api.cancelByLink({ params: { token } });
    expect(await timesOf('2026-12-03', 'facial', 'dev')).toEqual(before);
  });

  it('a hundred times at once by two people: the one room goes to one of them', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        book(world.api, { ...(index % 2 ? massage : facial), startsAt: '2026-12-04T15:00', client: newcomer() }),
      ),
    );
    expect(tally(outcomes.map(codeOf))).toEqual({
      done: 1,
      time_taken: 99,
    });
    await mustBeConsistent(world);
  });

  it('is not offered on days on which the equipment is away', async () => {
    expect(await timesOf('2026-12-09', 'brows', 'dev')).not.toEqual([]);
    expect(await timesOf('2026-12-10', 'brows', 'dev')).toEqual([]);
  });

  it('moves with its room, and gives the old time back', async () => {
    const { id, token } = await mustBook(world.api, { ...massage, startsAt: '2026-12-08T12:00' });
    const moved = await world.api.moveByLink({ params: { token }, body: { startsAt: '2026-12-09T15:00' } });
    expect(moved.ok).toBe(true);
    const taken = (await takenTimes(world)).filter((time) => time.id === id);
    expect(taken.map(({ ownerId, date }) => `${ownerId} ${date}`).sort()).toEqual([
      'lily 2026-12-09',
      'resource:quiet-room 2026-12-09',
    ]);
    await mustBeConsistent(world);
  });
});
