import { afterAll, beforeAll, expect, it } from 'vitest';
import { dataOf } from '../../support/outcomes.ts';
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
