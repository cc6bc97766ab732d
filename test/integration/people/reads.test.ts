import { afterAll, beforeAll, expect, test } from 'vitest';
import { minute } from '../../support/durations.ts';
import { codeOf, dataOf } from '../../support/outcomes.ts';
import { staffOf } from '../../support/world/desk.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
let clientId: string;
beforeAll(async () => {
  world = await startWorld();
  ({ clientId } = await staffOf(world).book('2026-11-24T10:00'));
});
afterAll(() => world.system.close());

const reads = async () => dataOf(await world.as('owner').listReads({ query: {} })).entries;

test('reading a card, the waiting list or more than a week of the diary is recorded, a week is not', async () => {
  const reception = world.as('reception');
  const me = dataOf(await reception.getMe({})).sub;
  const diary = (to: string) =>
    reception.getDiary({ query: { locationId: 'brooklyn', from: '2026-11-23', to } }).then(dataOf);
  await diary('2026-11-29');
  expect(await reads()).toEqual([]);

  dataOf(await reception.getClient({ params: { clientId } }));
  dataOf(await reception.listWaiting({ query: { locationId: 'brooklyn' } }));
  await diary('2026-11-30');
  const by = { by: me, roles: ['reception'] };
  expect(await reads()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...by, action: 'client.read', subject: `client/${clientId}` }),
      expect.objectContaining({ ...by, action: 'waiting-list.read', subject: 'location/brooklyn' }),
      expect.objectContaining({
        ...by,
        action: 'diary.read',
        subject: 'location/brooklyn',
        details: { from: '2026-11-23', to: '2026-11-30' },
      }),
    ]),
  );
  expect(await reads()).toHaveLength(3);
});

test('who asks again and again within ten minutes is one entry, and a later one another', async () => {
  const manager = world.as('manager');
  const ofManager = async () => (await reads()).filter(({ roles }) => roles.includes('manager'));
  for (let times = 0; times < 3; times += 1) dataOf(await manager.getClient({ params: { clientId } }));
  expect(await ofManager()).toHaveLength(1);
  await world.system.windBy(10 * minute);
  dataOf(await manager.getClient({ params: { clientId } }));
  expect(await ofManager()).toHaveLength(2);
});

test('what is refused is not recorded, and only the owner reads the record', async () => {
  const before = await reads();
  expect(codeOf(await world.as('staff').getClient({ params: { clientId } }))).toBe('forbidden');
  expect(codeOf(await world.as('manager').listReads({ query: {} }))).toBe('forbidden');
  expect(await reads()).toEqual(before);
});

test('acts and reads are apart', async () => {
  const acts = dataOf(await world.as('owner').listAudit({ query: {} })).entries;
  expect(acts.map(({ action }) => action)).toContain('appointment.booked');
  expect(acts.filter(({ action }) => action.endsWith('.read'))).toEqual([]);
});
