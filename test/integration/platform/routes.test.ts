import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

const ask = async (method: string, path: string, withToken = false) => {
  const authorization = `Bearer ${world.system.token('owner')}`;
  const answer = await fetch(`${world.system.url}${path}`, { method, headers: withToken ? { authorization } : {} });
  return { status: answer.status, allow: answer.headers.get('allow'), text: await answer.text() };
};

describe('below /v1', () => {
  test.each(['/v1/weather', '/v1/diary/weather', '/v1/settings/weather', '/v1/links'])(
    '%s is nothing, which only staff hear',
    async (path) => {
      expect((await ask('GET', path)).status).toBe(401);
      expect((await ask('GET', path, true)).status).toBe(404);
    },
  );

  test.each([
    ['DELETE', '/v1/business', 'GET, HEAD, OPTIONS'],
    ['GET', '/v1/holds', 'OPTIONS, POST'],
    ['PUT', '/v1/links/abc', 'GET, HEAD, OPTIONS'],
  ])('%s %s is refused with what the path takes', async (method, path, allow) => {
    expect(await ask(method, path)).toMatchObject({ status: 405, allow });
  });

  test.each([
    ['DELETE', '/v1/diary', 'GET, HEAD, OPTIONS'],
    ['POST', '/v1/audit', 'GET, HEAD, OPTIONS'],
    ['PATCH', '/v1/settings/services/cut', 'DELETE, OPTIONS, PUT'],
  ])('%s %s is refused to staff with what the path takes, to others without', async (method, path, allow) => {
    expect(await ask(method, path)).toMatchObject({ status: 401 });
    expect(await ask(method, path, true)).toMatchObject({ status: 405, allow });
  });

  test('clients join the waiting list under a path that is otherwise of staff', async () => {
    expect((await ask('POST', '/v1/waiting-list')).status).not.toBe(401);
    expect((await ask('GET', '/v1/waiting-list')).status).toBe(401);
    expect((await ask('GET', '/v1/waiting-list?locationId=brooklyn', true)).status).toBe(200);
  });

  test('HEAD is answered like GET', async () => {
    expect(await ask('HEAD', '/v1/business')).toMatchObject({ status: 200, text: '' });
    expect((await ask('HEAD', '/v1/journey')).status).toBe(401);
    expect(await ask('HEAD', '/v1/journey', true)).toMatchObject({ status: 200, text: '' });
  });

  test.each([
    '/v1/%73ettings',
    '/v1/settings%2Fjobs',
    '//v1/settings',
    '/v1/links/..%2F..%2Fsettings',
    '/v1//settings',
  ])('no other spelling opens what is for staff: %s', async (path) => {
    expect([401, 404]).toContain((await ask('GET', path)).status);
    expect((await ask('GET', path, true)).status).not.toBe(200);
  });
});

describe('pages', () => {
  test('HEAD is answered like GET, another method than a page has with 405', async () => {
    expect(await ask('HEAD', '/book')).toMatchObject({ status: 200, text: '' });
    expect(await ask('HEAD', '/nowhere')).toMatchObject({ status: 404, text: '' });
    expect(await ask('DELETE', '/book')).toMatchObject({ status: 405, allow: 'GET, HEAD, OPTIONS, POST' });
  });
});
