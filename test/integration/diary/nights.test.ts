import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeOf, dataOf, problemOf } from '../../support/outcomes.ts';
import { type Staff, staffOf } from '../../support/world/desk.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
let staff: Staff;
beforeAll(async () => {
  world = await startWorld({}, ({ locations }) => {
    const brooklyn = locations.find(({ id }) => id === 'brooklyn');
    if (brooklyn) brooklyn.hours.fri = [{ from: '18:00', until: '02:00' }];
  });
  staff = staffOf(world);
});
afterAll(() => world.system.close());

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

it('a night that ends on the next day is seen on both, and by whoever follows the second', async () => {
  const early = await staff.book('2026-12-04T20:00');
  const late = await staff.book('2026-12-04T23:30');
  dataOf(await staff.block({ staffId: 'amina', from: '2026-12-04T18:00', until: '2026-12-04T19:00' }));
  const saturday = (since?: string) => staff.diary({ date: '2026-12-05', since });
  expect(idsOf((await staff.diary({ date: '2026-12-04' })).appointments)).toEqual([early.id, late.id]);
  const seen = await saturday();
  expect([idsOf(seen.appointments), seen.blocks]).toEqual([[late.id], []]);
  await world.system.windBy(60_000);
  const { asOf } = await saturday();
  dataOf(await staff.change(late, { startsAt: '2026-12-04T22:00' }));
  const after = await saturday(asOf);
  expect([after.appointments, idsOf(after.gone)]).toEqual([[], [late.id]]);
});

it('is run by the desk beyond midnight: arrivals, a longer visit, the walk-in of before', async () => {
  await world.system.windTo(Date.parse('2026-12-11T23:50:00-05:00'));
  const soon = await staff.book('2026-12-12T00:15');
  dataOf(await staff.mark(soon.id, 'arrived'));
  const marco = { services: [{ serviceId: 'cut', staffId: 'marco' }], override: { hours: true } };
  const running = await staff.book('2026-12-11T23:50', marco);
  await world.system.windTo(Date.parse('2026-12-12T00:10:00-05:00'));
  const services = [{ serviceId: 'cut', staffId: 'marco', durationMinutes: 90 }];
  expect(dataOf(await staff.change(running, { services, override: { hours: true } })).endsAt).toBe(
    '2026-12-12T01:20:00-05:00',
  );
  const walkIn = { services: [{ serviceId: 'brows', staffId: 'priya' }], override: { hours: true } };
  expect(codeOf(await staff.tryBook('2026-12-11T23:45', walkIn))).toBe('done');
  // Some hours later it is another day.
  await world.system.windTo(Date.parse('2026-12-12T07:30:00-05:00'));
  const late = await staff.get(running.id);
  expect(problemOf(await staff.change(late, { startsAt: '2026-12-12T12:00' })).detail).toContain('Its day has passed');
  expect(codeOf(await staff.tryBook('2026-12-12T01:00', walkIn))).toBe('done');
  expect(codeOf(await staff.tryBook('2026-12-11T23:00', walkIn))).toBe('time_unavailable');
});

it('a visit that staff put outside the hours is seen on the day on which it ends, too', async () => {
  const late = await staff.book('2026-12-14T22:00', {
    override: { hours: true },
    services: [{ serviceId: 'cut', staffId: 'amina' }],
  });
  const services = [{ serviceId: 'cut', staffId: 'amina', durationMinutes: 300 }];
  await staff.change(late, { services, override: { hours: true } });
  expect(idsOf((await staff.diary({ date: '2026-12-15' })).appointments)).toEqual([late.id]);
  expect(idsOf((await staff.diary({ date: '2026-12-16' })).appointments)).toEqual([]);
});
