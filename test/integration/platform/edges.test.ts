import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minute } from '../../support/durations.ts';
import { settingsOf } from '../../support/world/settings.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let token: string;
beforeAll(async () => {
  world = await startWorld();
  token = (await mustBook(world.api)).token;
});
afterAll(() => world.system.close());

const get = (path: string, init: RequestInit = {}) =>
  fetch(`${world.system.url}${path}`, { redirect: 'manual', ...init });

/** Says that the address is another, as `fetch` would not. */
const underHost = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
    const asked = httpRequest(`${world.system.url}${path}`, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks).toString()));
    });
    asked.on('error', reject).end();
  });

describe('a form that is larger than any of ours', () => {
  const marker = 'remember-me';
  const large = marker.repeat(300_000);
  const urlEncoded = () => new URLSearchParams({ notes: large, firstName: marker });
  const multipart = () => {
    const form = new FormData();
    form.set('notes', large);
    return form;
  };

  test.each([
    ['/book', urlEncoded],
    ['/book', multipart],
    ['/book/time', urlEncoded],
    ['/book/wait', urlEncoded],
    ['/r/anything', urlEncoded],
    ['/u/anything', multipart],
  ])('%s is answered by a page that says so, without a word of it', async (path, form) => {
    const answer = await get(path, { method: 'POST', body: form(), headers: { 'accept-language': 'en' } });
    const text = await answer.text();
    expect([answer.status, text.includes(marker)]).toEqual([413, false]);
    expect(text).toContain('This is too much at once');
    expect(text.length).toBeLessThan(20_000);
  });

  test('a form of 60 kB is read as any other', async () => {
    const body = new URLSearchParams({ notes: 'x'.repeat(60_000) });
    expect((await get('/book', { method: 'POST', body })).status).not.toBe(413);
  });
});

describe('links in files and documents', () => {
  test.each([
    ['the calendar file of the page', () => `/a/${token}/calendar.ics`],
    ['the calendar file of the API', () => `/v1/links/${token}/calendar.ics`],
    ['the API document', () => '/v1/openapi.json'],
    ['the page of an appointment', () => `/a/${token}`],
  ])('are where the business is, whatever host is asked for: %s', async (_, path) => {
    const text = await underHost(path());
    expect(text).not.toContain('evil');
    expect(text).toMatch(/^BEGIN:VCALENDAR|^\{"openapi"|^<!doctype html>/);
  });

  test('lead to the configured address', async () => {
    const file = (await underHost(`/a/${token}/calendar.ics`)).replace(/\r\n /g, '');
    expect(file).toContain(`${world.system.url}/a/`);
    const document = JSON.parse(await underHost('/v1/openapi.json')) as { servers: unknown };
    expect(document.servers).toEqual([{ url: world.system.url }]);
  });
});

describe('every answer has a policy', () => {
  const nothing = "default-src 'none'; frame-ancestors 'none'";
  test.each([
    ['an answer of the API', '/v1/business'],
    ['a problem', '/v1/availability'],
    ['a link that nobody signed', '/v1/links/nobody'],
    ['a calendar file', '/a/TOKEN/calendar.ics'],
    ['a redirection', '/'],
    ['the API document', '/v1/openapi.json'],
  ])('%s loads nothing and stands in no frame', async (_, path) => {
    const answer = await get(path.replace('TOKEN', token));
    expect(answer.headers.get('content-security-policy')).toBe(nothing);
    const head = await get(path.replace('TOKEN', token), { method: 'HEAD' });
    expect([head.status, head.headers.get('content-security-policy')]).toEqual([answer.status, nothing]);
  });

  test('other sites may frame the booking page that the business lists, and no other', async () => {
    const ancestors = async (path: string) =>
      /frame-ancestors [^;]+/.exec((await get(path)).headers.get('content-security-policy') ?? '')?.[0];
    expect(await ancestors('/book')).toBe('frame-ancestors *');
    const put = async (embedOrigins: string[]) => {
      const { business } = await settingsOf(world);
      const body = { value: { ...business.value, embedOrigins } };
      const outcome = await world.as('owner').putBusiness({ ifMatch: business.version, body });
      await world.system.windBy(2 * minute);
      return outcome.ok ? 'ok' : outcome.problem.errors?.[0]?.path;
    };
    expect(await put(['https://salon.example', 'https://*.chain.example'])).toBe('ok');
    expect(await ancestors('/book')).toBe('frame-ancestors https://salon.example https://*.chain.example');
    expect(await ancestors(`/a/${token}`)).toBe("frame-ancestors 'none'");
    expect(await put([])).toBe('ok');
    expect(await ancestors('/book')).toBe("frame-ancestors 'none'");
    for (const bad of ['http://salon.example', 'https://salon.example/path', "'self'; script-src *", 'salon.example'])
      expect(await put([bad])).toBe('value.embedOrigins[0]');
  });
});

describe('other sites', () => {
  const origin = 'https://salon.example';
  const preflight = (path: string, method: string) =>
    get(path, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': method } });

  test.each(['/v1/appointments', '/v1/holds', '/v1/settings/business', '/v1/nowhere'])(
    'are told what they may send before they do: %s',
    async (path) => {
      const answer = await preflight(path, 'POST');
      const told = (name: string) => answer.headers.get(`access-control-${name}`);
      expect(answer.status).toBe(204);
      expect([told('allow-origin'), told('allow-headers')]).toEqual(['*', 'content-type,idempotency-key']);
      expect(told('allow-methods')).toBe('GET,POST,PUT');
    },
  );

  test('read what is open; who names no origin hears nothing of it', async () => {
    for (const path of ['/v1/business', '/v1/openapi.json']) {
      expect((await get(path, { headers: { origin } })).headers.get('access-control-allow-origin')).toBe('*');
      expect((await get(path)).headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});
