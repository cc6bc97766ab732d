import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../../../shared/platform/http/contract.ts';
import { freshKey, postJson, type Reply, raw, rowsOf } from '../../support/world/booking.ts';
import { book, bookingOf, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let form: Awaited<ReturnType<typeof bookingOf>>;
beforeAll(async () => {
  world = await startWorld();
  form = await bookingOf(world.api);
});
afterAll(() => world.system.close());

/** Whatever is refused is refused as a problem: a status below 500, a code, a path for every fault. */
const mustBeProblem = (reply: Reply): void => {
  expect(reply.status, reply.text).toBeGreaterThanOrEqual(400);
  expect(reply.status, reply.text).toBeLessThan(500);
  expect(reply.headers['content-type']).toBe('application/problem+json');
  const problem = problemSchema.parse(reply.json);
  expect(problem.status).toBe(reply.status);
  for (const fault of problem.errors ?? []) expect(typeof fault.path).toBe('string');
};
const paths = ({ json }: Reply): string[] =>
  (json['errors'] as { path: string }[] | undefined)?.map(({ path }) => path) ?? [];
const post = async (body: unknown, headers?: Record<string, string>): Promise<Reply> => {
  const reply = await postJson(world, '/v1/appointments', body, headers ? { headers } : {});
  mustBeProblem(reply);
  return reply;
};
const nest = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

describe('a booking that no form would send', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['without a location', { locationId: undefined }, ['locationId']],
    ['with a number for a location', { locationId: 7 }, ['locationId']],
    ['with an object for a time', { startsAt: {} }, ['startsAt']],
    ['with a timestamp for a time', { startsAt: 1_795_000_000_000 }, ['startsAt']],
    ['with a day that is not in the calendar', { startsAt: '2026-02-30T10:00' }, ['startsAt']],
    ['with an hour that is not on the clock', { startsAt: '2026-11-24T25:00' }, ['startsAt']],
    ['with a null byte in the time', { startsAt: '2026-11-24T10:00\u0000' }, ['startsAt']],
    ['with an object for the services', { services: { serviceId: 'cut' } }, ['services']],
    ['with text for a service', { services: ['cut'] }, ['services[0]']],
    ['with an array for a service id', { services: [{ serviceId: ['cut'] }] }, ['services[0].serviceId']],
    ['with no service', { services: [] }, ['services']],
    ['with nine services', { services: Array.from({ length: 9 }, () => ({ serviceId: 'cut' })) }, ['services']],
    ['with an array for the client', { client: ['Nadia'] }, ['client']],
    ['with null for the client', { client: null }, ['client']],
    ['with a number for a phone', { client: { firstName: 'Nadia', phone: 17185550142 } }, ['client.phone']],
    [
      'with a language that nobody speaks here',
      { client: { firstName: 'N', email: 'n@example.com', language: 'tlh' } },
      ['client.language'],
    ],
    [
      'with a name as long as a book',
      { client: { firstName: 'x'.repeat(5000), email: 'n@example.com' } },
      ['client.firstName'],
    ],
    [
      'with an address that is none',
      { client: { firstName: 'N', email: 'a@b\r\nBcc: c@d.example' } },
      ['client.email'],
    ],
    [
      'with consent for everything',
      { consents: [{ channel: 'email', purpose: 'anything', words: 'x' }] },
      ['consents[0].purpose'],
    ],
    [
      'with consent twice',
      { consents: Array.from({ length: 2 }, () => ({ channel: 'sms', purpose: 'marketing', words: 'x' })) },
      ['consents'],
    ],
    ['with a number for a consent', { consents: 1e308 }, ['consents']],
    [
      'with a deep nest for a name',
      { client: { firstName: nest(1000), email: 'n@example.com' } },
      ['client.firstName'],
    ],
    ['with a slug that climbs', { locationId: '../../etc' }, ['locationId']],
    ['with the name of a prototype', { locationId: '__proto__' }, ['locationId']],
  ])('%s is refused by name', async (_, changes, expected) => {
    const reply = await post({ ...form, ...changes });
    expect([reply.status, reply.json['code']]).toEqual([400, 'invalid_request']);
    expect(paths(reply)).toEqual(expected);
  });

  it.each([
    ['null', null],
    ['a number', 42],
    ['text', 'book me'],
    ['an array', []],
    ['nothing in it', {}],
    ['keys of a prototype', JSON.parse('{"__proto__": {"locationId": "brooklyn"}, "constructor": {"prototype": {}}}')],
  ])('that is %s is refused', async (_, body) => {
    expect((await post(body)).status).toBe(400);
  });

  it.each(['', '{', '{"a":1}}', 'undefined', '\u0000', '{"locationId": NaN}', `{"a": "${'\ud800'}"`, '[1,2'])(
    'that is not JSON (%j) is refused',
    async (body) => {
      const reply = await raw(world, 'POST', '/v1/appointments', {
        body,
        headers: { 'content-type': 'application/json', 'idempotency-key': freshKey() },
      });
      mustBeProblem(reply);
      expect([reply.status, paths(reply)]).toEqual([400, ['']]);
    },
  );

  it.each(['[', '{"a":', '{"locationId":[', '{"client":{"firstName":['])(
    'that begins %j thirty thousand times is refused',
    async (open) => {
      const close = [...open]
        .reverse()
        .map((sign) => (sign === '[' ? ']' : sign === '{' ? '}' : ''))
        .join('');
      const times = Math.floor(30_000 / (open.length + close.length));
      for (const inner of ['1', '']) {
        const reply = await raw(world, 'POST', '/v1/appointments', {
          body: open.repeat(times) + inner + close.repeat(times),
          headers: { 'content-type': 'application/json', 'idempotency-key': freshKey() },
        });
        mustBeProblem(reply);
        expect(reply.status).toBe(400);
      }
    },
  );

  it('of a megabyte is refused as too large', async () => {
    const reply = await post({ ...form, notes: 'x'.repeat(1_000_000) });
    expect([reply.status, reply.json['code']]).toEqual([413, 'body_too_large']);
  });

  it('of four bytes a letter is measured in bytes', async () => {
    const reply = await post({ ...form, notes: '💅'.repeat(17_000) });
    expect(reply.status).toBe(413);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'with content type %j is refused',
    async (type) => {
      const reply = await raw(world, 'POST', '/v1/appointments', {
        body: JSON.stringify(form),
        headers: { 'idempotency-key': freshKey(), ...(type ? { 'content-type': type } : {}) },
      });
      mustBeProblem(reply);
      expect([reply.status, reply.json['code']]).toEqual([415, 'unsupported_media_type']);
    },
  );

  it('must carry an Idempotency-Key of some length', async () => {
    const send = (headers: Record<string, string>) =>
      raw(world, 'POST', '/v1/appointments', {
        body: JSON.stringify(form),
        headers: { 'content-type': 'application/json', ...headers },
      });
    const without = await send({});
    mustBeProblem(without);
    expect(without.json['code']).toBe('idempotency_key_missing');
    for (const key of ['short', 'x'.repeat(101), 'with space in it', 'ünïcödé-ünïcödé']) {
      const reply = await send({ 'idempotency-key': Buffer.from(key).toString('latin1') });
      mustBeProblem(reply);
      expect([reply.status, paths(reply)]).toEqual([400, ['Idempotency-Key']]);
    }
  });

  it('with thirty thousand faults is answered shortly', async () => {
    const reply = await post({ ...form, services: Array.from({ length: 20_000 }, () => ({})) });
    expect(reply.status).toBe(400);
    expect(reply.text.length).toBeLessThan(65_536);
  });

  it('with words that nobody asked for is refused and names them', async () => {
    const reply = await post({ ...form, status: 'completed', price: 0, id: 'mine' });
    mustBeProblem(reply);
    expect([reply.status, paths(reply)]).toEqual([400, ['status', 'price', 'id']]);
  });
});

describe('a link that no message holds', () => {
  it.each([
    'x',
    '%00',
    '..%2f..%2f',
    '__proto__',
    'a'.repeat(44),
    '%F0%9F%92%85',
    '<script>',
    'a'.repeat(3000),
    "' or 1=1",
  ])('%s opens nothing', async (token) => {
    const path = `/v1/links/${token.includes('%') ? token : encodeURIComponent(token)}`;
    for (const [method, suffix] of [
      ['GET', ''],
      ['GET', '/calendar.ics'],
      ['GET', '/availability?from=2026-11-24&to=2026-11-24'],
      ['POST', '/confirm'],
      ['POST', '/cancel'],
    ] as const) {
      const reply = await raw(world, method, `${path}${suffix}`);
      mustBeProblem(reply);
      expect([400, 404]).toContain(reply.status);
    }
  });

  it('can not be moved to nonsense', async () => {
    const booked = await book(world.api, { startsAt: '2026-11-24T15:00' });
    const token = booked.ok ? booked.data.token : '';
    for (const body of [{}, { startsAt: 5 }, { startsAt: 'tomorrow' }, [], null, { startsAt: '2026-11-24T99:00' }]) {
      const reply = await postJson(world, `/v1/links/${token}/move`, body);
      mustBeProblem(reply);
      expect(reply.status).toBe(400);
    }
    const unsaid = await raw(world, 'POST', `/v1/links/${token}/move`, { body: '{"startsAt":"2026-11-24T16:00"}' });
    mustBeProblem(unsaid);
    expect(unsaid.status).toBe(415);
  });
});

describe('whatever is sent', () => {
  const scalar = fc.oneof(
    fc.constantFrom(
      null,
      true,
      0,
      -1,
      1e308,
      Number.MAX_SAFE_INTEGER + 2,
      '',
      ' ',
      '\u0000',
      '\u202e',
      '💅',
      '__proto__',
      'brooklyn',
      'cut',
    ),
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.constant('2026-11-24T10:00'),
  );
  const anything = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      scalar,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
    ),
  })).value;

  it('in place of a field of the form, the answer is never a crash', async () => {
    const fields = [
      'locationId',
      'startsAt',
      'services',
      'client',
      'consents',
      'notes',
      'source',
      'formToken',
      'website',
    ];
    const inner = ['firstName', 'lastName', 'phone', 'email', 'language', 'preferredChannel'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields, ...inner), anything, async (field, value) => {
        const client = inner.includes(field) ? { ...form.client, [field]: value } : form.client;
        const body = {
          ...form,
          client,
          startsAt: '2026-11-26T10:00',
          ...(inner.includes(field) ? {} : { [field]: value }),
        };
        const reply = await postJson(world, '/v1/appointments', body);
        // The day is a holiday: at best the form is right and the time is not.
        if (reply.status !== 201) mustBeProblem(reply);
      }),
      { numRuns: 200 },
    );
  });

  it('as a question for free times, the answer is never a crash', async () => {
    const good = { location: 'brooklyn', services: 'cut', staff: 'amina', from: '2026-11-24', to: '2026-11-25' };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(good)),
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.constantFrom('', ',', 'anyone,anyone', '2999-12-31', '-000001-01-01', '0000-00-00'),
        ),
        async (field, value) => {
          const query = new URLSearchParams({ ...good, [field]: value });
          const reply = await raw(world, 'GET', `/v1/availability?${query}`);
          if (reply.status !== 200) mustBeProblem(reply);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('has left no half of a booking behind: every appointment has its client and its time in the diary', async () => {
    const clients = new Set((await rowsOf(world, 'Client')).map(({ id }) => id));
    const pages = JSON.stringify(await rowsOf(world, 'DiaryPage'));
    for (const { id, clientId } of await rowsOf(world, 'Appointment')) {
      expect(clients).toContain(clientId);
      expect(pages).toContain(id);
    }
    expect(world.system.logs().filter((line) => JSON.stringify(line).includes('crashed'))).toEqual([]);
  });
});
