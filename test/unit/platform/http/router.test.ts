import { describe, expect, test } from 'vitest';
import { createRouter } from '../../../../shared/platform/http/router.ts';

const parse = (line: string) => {
  const [method = '', path = ''] = line.split(' ');
  return { method, path, line };
};

const routerOf = (...lines: string[]) => createRouter(lines.map(parse));

describe('the route for a request', () => {
  const router = routerOf(
    'ANY /v1/links/{token}',
    'GET /v1/links/{token}/availability',
    'POST /v1/waiting-list',
    'GET /v1/series/{seriesId}',
    'POST /v1/series/check',
    'GET /v1/{proxy+}',
    'POST /v1/{proxy+}',
    'GET /v1/settings',
    'GET /v1/settings/{proxy+}',
    'GET /',
    'ANY /book',
    'POST /book',
    'GET /{proxy+}',
  );

  test.each([
    ['GET /', 'GET /', {}],
    ['GET /v1/links/abc', 'ANY /v1/links/{token}', { token: 'abc' }],
    ['PUT /v1/links/abc', 'ANY /v1/links/{token}', { token: 'abc' }],
    ['GET /v1/links/abc/availability', 'GET /v1/links/{token}/availability', { token: 'abc' }],
    // Another method of a path that is there goes on to what is greedy.
    ['POST /v1/links/abc/availability', 'POST /v1/{proxy+}', { proxy: 'links/abc/availability' }],
    ['POST /v1/waiting-list', 'POST /v1/waiting-list', {}],
    ['GET /v1/waiting-list', 'GET /v1/{proxy+}', { proxy: 'waiting-list' }],
    ['GET /v1/waiting-list/w1', 'GET /v1/{proxy+}', { proxy: 'waiting-list/w1' }],
    // A word goes before a variable, unless it lacks the method.
    ['POST /v1/series/check', 'POST /v1/series/check', {}],
    ['GET /v1/series/check', 'GET /v1/series/{seriesId}', { seriesId: 'check' }],
    // Of greedy ones the longest.
    ['GET /v1/settings', 'GET /v1/settings', {}],
    ['GET /v1/settings/jobs/j1', 'GET /v1/settings/{proxy+}', { proxy: 'jobs/j1' }],
    ['POST /v1/settings/jobs/j1', 'POST /v1/{proxy+}', { proxy: 'settings/jobs/j1' }],
    ['GET /elsewhere/and/on', 'GET /{proxy+}', { proxy: 'elsewhere/and/on' }],
    ['GET /v1', 'GET /{proxy+}', { proxy: 'v1' }],
    // A method of its own goes before any.
    ['POST /book', 'POST /book', {}],
    ['HEAD /book', 'ANY /book', {}],
    // No variable is empty, and nothing is decoded or tidied.
    ['GET /v1/links/', 'GET /v1/{proxy+}', { proxy: 'links/' }],
    ['GET /v1/links/a%2Fb', 'ANY /v1/links/{token}', { token: 'a%2Fb' }],
    ['GET /v1/links/__proto__', 'ANY /v1/links/{token}', { token: '__proto__' }],
  ])('%s is %s', (request, line, params) => {
    const { method, path } = parse(request);
    const found = router.find(method, path);
    expect([found?.route.line, found?.params]).toEqual([line, params]);
  });

  test.each(['PUT /nowhere', 'DELETE /v1/waiting-list', 'OPTIONS /v1/diary', 'GET', 'GET v1', 'PUT /'])(
    '%s leads nowhere',
    (request) => {
      const { method, path } = parse(request);
      expect(router.find(method, path)).toBeUndefined();
    },
  );

  test('an empty rest is none', () => {
    expect(routerOf('GET /v1/{proxy+}').find('GET', '/v1/')).toBeUndefined();
    expect(routerOf('GET /v1/{proxy+}').find('GET', '/v1')).toBeUndefined();
  });
});

describe('the methods of a path', () => {
  const router = routerOf('GET /a/{id}', 'DELETE /a/{id}', 'POST /a/check', 'GET /{proxy+}');

  test.each([
    ['/a/1', ['GET', 'DELETE']],
    ['/a/check', ['POST', 'GET', 'DELETE']],
    ['/a', []],
    ['/b', []],
  ])('%s are %j', (path, methods) => {
    expect(router.methods(path)).toEqual(methods);
  });
});

test('a route that is there twice is refused, whatever its variables are called', () => {
  expect(() => routerOf('GET /a/{id}', 'GET /a/{name}')).toThrow('GET /a/{name} is a route twice, as /a/{id} too');
  expect(() => routerOf('GET /{proxy+}', 'GET /{rest+}')).toThrow('is a route twice');
});

test('a path of thousands of segments is no deeper than the routes', () => {
  expect(routerOf('GET /v1/{proxy+}', 'GET /{a}/{b}/{c}').find('GET', `/v1${'/a'.repeat(4_000)}`)?.route.path).toBe(
    '/v1/{proxy+}',
  );
});
