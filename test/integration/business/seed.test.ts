import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedSystem } from '../../../infra/local/demo.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

test('loading again replaces what changed, and takes away what is gone', async () => {
  const { system, catalogue, api } = world;
  const changed = structuredClone(catalogue);
  changed.staff = changed.staff.filter(({ id }) => id !== 'priya');
  changed.settings.name = 'Linden';
  await seedSystem(system, changed);
  await system.windBy(2 * 60_000);
  const [staff, business] = [await api.listStaff({}), await api.getBusiness({})];
  expect(staff.ok && staff.data.staff.map(({ id }) => id)).toEqual(['amina', 'marco', 'sofia', 'dev', 'lily']);
  expect(business.ok && business.data.name).toBe('Linden');
});

test('a person’s home can’t change, since the diary lies there, and then nothing is loaded', async () => {
  const { system, catalogue, api } = world;
  const changed = structuredClone(catalogue);
  changed.settings.name = 'Half done';
  const marco = changed.staff.find(({ id }) => id === 'marco');
  marco?.locations.reverse();
  await expect(seedSystem(system, changed)).rejects.toThrow(/staff marco: the first location, home, was brooklyn/);
  await system.windBy(2 * 60_000);
  const business = await api.getBusiness({});
  expect(business.ok && business.data.name).not.toBe('Half done');
});

test('loading again makes what was read before too old to be saved over it', async () => {
  const { system, catalogue, as } = world;
  const read = await as('manager').getSettings({});
  if (!read.ok) throw new Error(read.problem.code);
  const [{ version, value } = { version: 0, value: undefined }] = read.data.categories;
  if (!value) throw new Error('the demo salon has no category');
  await seedSystem(system, catalogue);
  const saved = await as('manager').putCategory({
    params: { id: value.id },
    ifMatch: version,
    body: { value: { ...value, name: { en: 'Late' } } },
  });
  expect(saved.status).toBe(412);
});
