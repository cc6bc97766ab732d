import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

test('what a manager creates is listed, once for a key', async () => {
  const manager = world.as('manager');
  const create = () => manager.create__Pascal__({ body: { title: 'The first' }, idempotencyKey: 'the-first-one' });
  expect((await create()).ok).toBe(true);
  expect((await create()).ok).toBe(true);
  const listed = await manager.list__Pascal__({ query: {} });
  expect(listed.ok && listed.data.__camel__.map(({ title }) => title)).toEqual(['The first']);
});
