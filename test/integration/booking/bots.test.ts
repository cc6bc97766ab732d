import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedSystem } from '../../../infra/local/demo.ts';
import type { Settings } from '../../../shared/business/catalogue.ts';
import { minute } from '../../support/durations.ts';
import { freshKey, newcomer, postJson, type Reply, rowsOf, tally } from '../../support/world/booking.ts';
import { tokenSentTo } from '../../support/world/messages.ts';
import { bookingOf, startWorld, type World } from '../../support/world/world.ts';

/** As shipped, but for the seconds: within two of them a slow computer may not have sent what is sent at once. */
const guarded = { perAddressPerMinute: 12, openPerClient: 10, holdsPerAddress: 4, minimumSeconds: 30 };
let world: World;

beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    catalogue.settings.publicForms = guarded;
  });
});
afterAll(() => world.system.close());

/** The business changes what its forms allow. */
const allow = async (
  changes: Partial<Settings['publicForms']>,
  limits: Partial<Settings['publicLimits']> = {},
): Promise<void> => {
  const catalogue = structuredClone(world.catalogue);
  catalogue.settings.publicLimits = { ...catalogue.settings.publicLimits, ...limits };
  catalogue.settings.publicForms = { ...guarded, ...changes };
  await seedSystem(world.system, catalogue);
};

let used = 0;
/** A form that a person took their time over: every one for a time of its own. */
const filled = (changes: Record<string, unknown> = {}) => {
  const date = new Date(Date.UTC(2026, 10, 30 + Math.floor(used / 6))).toISOString().slice(0, 10);
  const startsAt = `${date}T${10 + (used % 6)}:00`;
  used += 1;
  const services = [{ serviceId: 'cut-short', staffId: 'amina' }];
  return bookingOf(world.api, { startsAt, services, client: newcomer(), ...changes });
};
const toTheMinute = () => world.system.windTo(Math.ceil((world.system.clock.now() + 30_000) / minute) * minute + 100);
const whileFilled = () => world.system.windBy(30_000);
const send = (body: unknown, from = '127.0.0.1', key = freshKey()): Promise<Reply> =>
  postJson(world, '/v1/appointments', body, { from, headers: { 'idempotency-key': key } });
const appointments = async () => (await rowsOf(world, 'Appointment')).length;

/** Refused as a form, in words, and nothing was booked. */
const mustBeRefused = async (body: unknown, words: RegExp): Promise<void> => {
  const before = await appointments();
  const reply = await send(body);
  expect([reply.status, reply.json['code']]).toEqual([403, 'form_rejected']);
  expect(reply.json['detail']).toMatch(words);
  expect(await appointments()).toBe(before);
};

describe('a form', () => {
  it('filled by a person is accepted', async () => {
    const body = await filled();
    await whileFilled();
    expect((await send(body)).status).toBe(201);
  });

  it('sent faster than anyone types is refused, and accepted when sent again a moment later', async () => {
    await world.system.windBy(minute);
    const body = await filled();
    await mustBeRefused(body, /within 30 seconds; wait a moment/);
    await whileFilled();
    expect((await send(body)).status).toBe(201);
  });

  it('says when it may be sent, and may be sent then', async () => {
    await world.system.windBy(minute);
    const token = await world.api.getFormToken({});
    if (!token.ok) throw new Error('no token');
    const body = { ...(await filled()), formToken: token.data.formToken };
    await world.system.windTo(Date.parse(token.data.usableFrom));
    expect((await send(body)).status).toBe(201);
  });

  it('without a token is refused as malformed', async () => {
    const { formToken: _, ...body } = await filled();
    const reply = await send(body);
    expect([reply.status, reply.json['errors']]).toMatchObject([400, [{ path: 'formToken' }]]);
  });

  it('with a token that was made up, tampered with or meant for something else is refused', async () => {
    await world.system.windBy(minute);
    const body = await filled();
    await whileFilled();
    const { formToken } = body;
    const flip = (at: number) =>
      `${formToken.slice(0, at)}${formToken[at] === '1' ? '2' : '1'}${formToken.slice(at + 1)}`;
    for (const token of [
      '',
      'x',
      '0'.repeat(44),
      formToken.toUpperCase(),
      `${formToken}0`,
      ...[0, 8, 12, 17, 22, 43].map(flip),
    ])
      await mustBeRefused({ ...body, formToken: token }, /get a new one/);
    const booked = await send(body);
    expect(booked.status).toBe(201);
    await mustBeRefused({ ...(await filled()), formToken: booked.json['token'] }, /get a new one/);
  });

  it('that lay about for two hours is refused', async () => {
    const body = await filled();
    await world.system.windBy(119 * minute);
    expect((await send(body)).status).toBe(201);
    const old = await filled();
    await world.system.windBy(121 * minute);
    await mustBeRefused(old, /expired/);
  });

  it('with the field filled that nobody sees is refused', async () => {
    const body = await filled({ website: 'https://spam.example' });
    await whileFilled();
    await mustBeRefused(body, /website/);
  });
});

describe('somebody who posts fifty times a minute', () => {
  /** So that a minute lies ahead before the count begins anew; by then the forms are old enough. */

  it('is held up after twelve, told when to come back, while a person elsewhere books', async () => {
    const bodies = await Promise.all(Array.from({ length: 51 }, () => filled()));
    const last = bodies.pop();
    await toTheMinute();
    const replies = await Promise.all(bodies.map((body) => send(body)));
    expect(tally(replies.map(({ status }) => status))).toEqual({ 201: 12, 429: 38 });
    const held = replies.find(({ status }) => status === 429);
    expect(held?.json).toMatchObject({ code: 'too_many_requests', retryAfter: expect.any(Number) });
    expect(Number(held?.headers['retry-after'])).toBe(held?.json['retryAfter']);
    expect(Number(held?.headers['retry-after'])).toBeLessThanOrEqual(60);

    expect((await send(last, '127.0.0.2')).status).toBe(201);

    await world.system.windBy(Number(held?.headers['retry-after']) * 1000);
    expect((await send(await filled(), '127.0.0.1')).json['code']).toBe('form_rejected');
    const again = await filled();
    await whileFilled();
    expect((await send(again)).status).toBe(201);
  });

  it('with one request again and again is not held up: it is one attempt', async () => {
    const [body, ...others] = await Promise.all(Array.from({ length: 12 }, () => filled()));
    await toTheMinute();
    const taken = { ...body, startsAt: '2026-11-26T10:00' };
    const key = freshKey();
    const replies = await Promise.all(Array.from({ length: 40 }, () => send(taken, '127.0.0.1', key)));
    expect(tally(replies.map(({ status }) => status))).toEqual({ 422: 40 });
    const rest = await Promise.all(others.map((other) => send(other)));
    expect(tally(rest.map(({ status }) => status))).toEqual({ 201: 11 });
    // That was the twelfth attempt; a thirteenth is held up, what was attempted may be sent again.
    expect((await send(body)).status).toBe(429);
    expect((await send(taken, '127.0.0.1', key)).status).toBe(422);
    expect((await send(body, '127.0.0.1', key)).status).toBe(429);
  });
});

describe('one Idempotency-Key, used for every attempt', () => {
  it('frees nobody from the limit: a hundred phones are a hundred attempts', async () => {
    await allow({ minimumSeconds: 0 });
    await toTheMinute();
    const key = freshKey();
    const { formToken } = await filled();
    const probe = { locationId: 'brooklyn', services: [{ serviceId: 'cut-short', staffId: 'amina' }], formToken };
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const client = { firstName: 'X', phone: `+1718557${1000 + index}` };
        return send({ ...probe, startsAt: '2026-11-26T10:00', client }, '127.0.0.12', key);
      }),
    );
    expect(tally(replies.map(({ status }) => status))).toEqual({ 422: 12, 429: 88 });
  });
});

describe('one form', () => {
  it('books once: sent again, with whatever key and time, it answers what it has booked', async () => {
    await allow({ minimumSeconds: 0 });
    await toTheMinute();
    const body = await filled();
    const first = await send(body, '127.0.0.13');
    const { startsAt } = await filled();
    const again = await send({ ...body, startsAt }, '127.0.0.13');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.json['id']).toBe(first.json['id']);
    const other = await filled();
    const both = await Promise.all([send(other, '127.0.0.13'), send(other, '127.0.0.14')]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(both[0]?.json['id']).toBe(both[1]?.json['id']);
  });

  it('tells nobody else what it has booked: its token alone opens nothing', async () => {
    await allow({ minimumSeconds: 0 });
    await toTheMinute();
    const body = await filled();
    const first = await send(body, '127.0.0.16');
    expect(first.status).toBe(201);
    const before = await appointments();
    const { phone } = body.client;
    const others = [
      newcomer(),
      { ...newcomer(), email: 'mallory@attacker.example' },
      { ...body.client, email: 'more@example.com' },
    ];
    for (const client of others) {
      const { startsAt } = await filled();
      const reply = await send({ ...body, startsAt, client }, '127.0.0.17');
      expect([reply.status, reply.json['code']]).toEqual([409, 'form_used']);
      for (const secret of ['token', 'firstName', 'startsAt', 'id']) expect(reply.json).not.toHaveProperty(secret);
      expect(reply.text).not.toContain(body.client.firstName);
    }
    // Both at once, and the time is the first one's by then.
    const raced = await filled();
    const both = await Promise.all([send(raced, '127.0.0.16'), send({ ...raced, client: newcomer() }, '127.0.0.17')]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(both.map(({ json }) => json['code']).filter(Boolean)).toEqual(['form_used']);
    expect(await appointments()).toBe(before + 1);
    const own = await send(
      { ...body, client: { ...body.client, phone: `00${phone.slice(1)}`, firstName: 'Corrected' } },
      '127.0.0.18',
    );
    expect([own.status, own.json['id']]).toEqual([201, first.json['id']]);
  });

  it('books a visit of at most so many minutes, with each service once', async () => {
    await allow({ minimumSeconds: 0 });
    await toTheMinute();
    const services = (...ids: string[]) => ({ services: ids.map((serviceId) => ({ serviceId, staffId: 'amina' })) });
    const twice = await send(await filled(services('cut-short', 'cut-short')), '127.0.0.15');
    expect([twice.status, twice.json['detail']]).toEqual([
      422,
      'services[1].serviceId: stands there twice; name each service once',
    ]);
    const long = await send(await filled(services('highlights', 'colour', 'cut')), '127.0.0.15');
    expect([long.status, String(long.json['detail'])]).toEqual([422, expect.stringContaining('at most 240')]);
  });
});

describe('one client’s appointments ahead', () => {
  const client = { firstName: 'Nadia', phone: '+17185550666' };

  it('are few until an address is proven, whatever the addresses from which they come; the cancelled don’t count', async () => {
    await allow({ minimumSeconds: 0 }, { openUnproven: 2 });
    await world.system.windBy(minute);
    const [first, second] = [await send(await filled({ client })), await send(await filled({ client }), '127.0.0.2')];
    expect([first.status, second.status]).toEqual([201, 201]);
    const third = await send(await filled({ client: { ...client, phone: '(718) 555-0666' } }), '127.0.0.3');
    expect([third.status, third.json['code']]).toEqual([429, 'too_many_requests']);
    // Neither how many there are, nor whose.
    expect(third.json['detail']).toBe(
      'Please confirm what you have booked by the links that we sent, or call us to book more.',
    );
    expect((await send(await filled(), '127.0.0.3')).status).toBe(201);
    await world.api.cancelByLink({ params: { token: String(first.json['token']) } });
    expect((await send(await filled({ client }), '127.0.0.3')).status).toBe(201);
  });

  it('of a client who is known can’t be used up by others; each household has its few, as with any phone', async () => {
    await allow({ minimumSeconds: 0 }, { openUnproven: 2 });
    await world.system.windBy(minute);
    const own = { firstName: 'Olga', phone: '+17185550668' };
    expect((await send(await filled({ client: own }), '127.0.0.5')).status).toBe(201);
    const params = { token: await tokenSentTo(world, own.phone) };
    expect((await world.api.confirmByLink({ params })).ok).toBe(true);
    for (const from of ['127.0.0.6', '127.0.0.7', '127.0.0.8', '127.0.0.9', '127.0.0.10']) {
      const replies = [];
      for (const _ of [1, 2, 3]) replies.push(await send(await filled({ client: own }), from));
      expect(replies.map(({ status }) => status)).toEqual([201, 201, 429]);
      const stranger = { firstName: 'Olga', phone: `+1718556${from.split('.')[3]?.padStart(4, '0')}` };
      const unknown = [];
      for (const _ of [1, 2, 3]) unknown.push(await send(await filled({ client: stranger }), from));
      expect(unknown.map(({ status }) => status)).toEqual([201, 201, 429]);
      expect(unknown[2]?.json['detail']).toBe(replies[2]?.json['detail']);
    }
    expect((await send(await filled({ client: own }), '127.0.0.11')).status).toBe(201);
  });

  it('that one request sent many times at once makes are one, even where one is all that is allowed', async () => {
    await allow({ openPerClient: 1, minimumSeconds: 0, perAddressPerMinute: 100 });
    const body = await filled({ startsAt: '2027-01-20T10:00', client: { firstName: 'Rafi', phone: '+17185550667' } });
    const key = freshKey();
    const replies = await Promise.all(Array.from({ length: 40 }, () => send(body, '127.0.0.1', key)));
    expect(tally(replies.map(({ status }) => status))).toEqual({ 201: 40 });
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
  });
});
