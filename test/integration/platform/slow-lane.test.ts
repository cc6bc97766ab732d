import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../shared/business/catalogue.ts';
import { settingsSchema } from '../../../shared/business/schemas/settings.ts';
import { hour, minute, second } from '../../support/durations.ts';
import { freshKey, newcomer, postJson, type Reply, raw, rowsOf, tally } from '../../support/world/booking.ts';
import { bookingOf, startWorld, type World } from '../../support/world/world.ts';

/** A visit of an hour with the longest pause that weighs nothing, and the longest that may be booked online. */
const extremes = { hour: 60, long: 240 };
const offerExtremes = ({ services, staff }: Catalogue): void => {
  const cut = services.find(({ id }) => id === 'cut');
  if (!cut) throw new Error('no cut');
  for (const [id, durationMinutes] of Object.entries(extremes))
    services.push({ ...cut, id, durationMinutes, bufferBeforeMinutes: 0, bufferAfterMinutes: 10 });
  for (const person of staff) person.skills.push(...Object.keys(extremes));
};

let world: World;
beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    offerExtremes(catalogue);
    // As shipped.
    catalogue.settings.publicLimits = settingsSchema.shape.publicLimits.parse({});
    catalogue.settings.publicForms = { ...settingsSchema.shape.publicForms.parse({}), minimumSeconds: 0 };
  });
});
afterAll(() => world.system.close());

interface Sent {
  body: Record<string, unknown>;
  key: string;
}
interface Slot {
  locationId?: string;
  startsAt: string;
  services: { serviceId: string; staffId: string }[];
}
/** A form for a time of its own, as free ones are offered. */
const filled = async (slot: Slot | undefined): Promise<Sent> => {
  if (!slot) throw new Error('The diary is full');
  return { body: await bookingOf(world.api, { ...slot, client: newcomer() }), key: freshKey() };
};
const slotOf = ({ body: { locationId, startsAt, services } }: Sent): Slot =>
  ({ locationId, startsAt, services }) as unknown as Slot;
/** Nobody is there at night: an attempt costs as much, and no diary has to have room for it. */
const atNight: Slot = { startsAt: '2026-11-22T03:00', services: [{ serviceId: 'cut-short', staffId: 'amina' }] };

/** Times of people at one location for so long a visit, each as soon after the one before as the diary allows. */
const freeTimes = async (serviceId: string, people: readonly string[], location = 'brooklyn'): Promise<Slot[]> => {
  const slots: Slot[] = [];
  for (const staffId of people) {
    const found = await world.api.getAvailability({
      query: { location, services: serviceId, staff: staffId, from: '2026-11-30', to: '2027-01-29' },
    });
    if (!found.ok) throw new Error('no times');
    let from = 0;
    for (const { startsAt, endsAt } of found.data.days.flatMap(({ times }) => times)) {
      if (Date.parse(startsAt) < from) continue;
      slots.push({ locationId: location, startsAt, services: [{ serviceId, staffId }] });
      from = Date.parse(endsAt) + 15 * minute;
    }
  }
  return slots;
};
const send = ({ body, key }: Sent, from: string): Promise<Reply> =>
  postJson(world, '/v1/appointments', body, { from, headers: { 'idempotency-key': key } });
/** Uses up the hour of an IPv4 address, to the last of its 350 units. */
const fillHour = async (from: string): Promise<void> => {
  const long = { ...atNight, services: [{ serviceId: 'long', staffId: 'amina' }] };
  const crowd = [...Array<Slot>(87).fill(long), atNight, atNight];
  const forms = await Promise.all(crowd.map(filled));
  await Promise.all(forms.map((form) => send(form, from)));
};
const toTheNext = (span: number) => world.system.windTo(Math.ceil((world.system.clock.now() + 1) / span) * span);

describe('over a household’s limit', () => {
  it('the page shows the form again with all that was entered, says when, and its button works then', async () => {
    await toTheNext(hour);
    const from = '127.0.0.3';
    await fillHour(from);
    const [slot] = await freeTimes('cut-short', ['amina']);
    const { body } = await filled(slot);
    const fields = new URLSearchParams({
      service: 'cut-short',
      location: 'brooklyn',
      staff: 'amina',
      startsAt: String(body['startsAt']),
      firstName: 'Nadezhda',
      phone: '+16465559876',
      notes: 'By the window',
      formToken: String(body['formToken']),
    }).toString();
    const press = (lang: string) =>
      raw(world, 'POST', `/book?lang=${lang}`, {
        from,
        body: fields,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    const told = { en: 'Please press again', bn: 'আবার বোতামটি চাপুন', hi: 'फिर से बटन दबाएँ', ru: 'Нажмите кнопку ещё раз' };
    for (const [lang, words] of Object.entries(told)) {
      const page = await press(lang);
      expect([page.status, page.text]).toEqual([429, expect.stringContaining(words)]);
      for (const kept of ['Nadezhda', '+16465559876', 'By the window', String(body['formToken'])])
        expect(page.text).toContain(kept);
      expect(Number(page.headers['retry-after'] ?? 24)).toBeLessThanOrEqual(24);
    }
    await world.system.windBy(24 * second);
    expect((await press('en')).status).toBe(303);
  });

  it('two hundred people who have chosen a time are all taken, none is lost and none books twice; no wait is longer than a quarter of an hour', async () => {
    await toTheNext(hour);
    const [short, usual] = [await freeTimes('cut-short', ['amina']), await freeTimes('cut', ['marco'])];
    const slots = Array.from({ length: 100 }, (_, index) => [short[5 * index], usual[2 * index]]).flat();
    const forms = await Promise.all(slots.map(filled));
    // As the page does when somebody chooses a time; four of one address are kept at once.
    const holds = await Promise.all(
      forms.map(({ body: { locationId, services, startsAt, formToken } }) =>
        postJson(world, '/v1/holds', { locationId, services, startsAt, formToken }, { from: '127.0.0.2' }),
      ),
    );
    console.log('Holds:', tally(holds.map(({ status }) => status)));
    await toTheNext(minute);
    const before = (await rowsOf(world, 'Appointment')).length;
    const replies = await Promise.all(forms.map((form) => send(form, '127.0.0.2')));
    const outcomes = tally(replies.map(({ status }) => status));
    console.log('At once:', outcomes);
    expect(outcomes[201]).toBeLessThan(200);
    const left = new Map(forms.map((form, index) => [form, replies[index] as Reply]));
    const began = world.system.clock.now();
    let longest = 0;
    // A busy system says so, and is asked again.
    const isPutOff = ({ status }: Reply) => status === 429 || status === 503;
    while ([...left.values()].some(isPutOff)) {
      for (const [form, reply] of left)
        if (isPutOff(reply)) longest = Math.max(longest, Number(reply.json['retryAfter'] ?? 0));
        else left.delete(form);
      await world.system.windBy(10 * second);
      const due = [...left.keys()];
      const again = await Promise.all(due.map((form) => send(form, '127.0.0.2')));
      for (const [index, form] of due.entries()) left.set(form, again[index] as Reply);
      expect(world.system.clock.now() - began).toBeLessThan(15 * minute);
    }
    expect([...left.values()].every(({ status }) => status < 300 || status === 409 || status === 422)).toBe(true);
    const after = await rowsOf(world, 'Appointment');
    expect(after.length - before).toBe(200);
    console.log(
      'Longest wait that was told:',
      longest,
      'seconds; all taken after',
      (world.system.clock.now() - began) / minute,
      'minutes',
    );
    expect(longest).toBeLessThanOrEqual(15 * 60);
  }, 600_000);

  it('a form is not taken at the place of another one, nor for another act', async () => {
    await toTheNext(hour);
    const from = '127.0.0.5';
    const [one, other] = await freeTimes('cut-short', ['amina']);
    await fillHour(from);
    const form = await filled(one);
    expect((await send(form, from)).status).toBe(429);
    await world.system.windBy(24 * second);
    const changed = { ...form, body: { ...form.body, startsAt: other?.startsAt } };
    const statuses = [];
    for (const each of [changed, { ...form, key: freshKey() }, form]) statuses.push((await send(each, from)).status);
    expect(statuses).toEqual([429, 429, 201]);
  });

  it('one form joins the waiting list once by one place', async () => {
    await toTheNext(hour);
    const from = '127.0.0.6';
    await fillHour(from);
    const { formToken } = await bookingOf(world.api);
    const wish = { locationId: 'brooklyn', services: ['cut'], from: '2026-12-01', to: '2026-12-30' };
    const wishes = Array.from({ length: 9 }, () => ({
      body: { ...wish, client: newcomer(), formToken },
      key: freshKey(),
    }));
    const join = ({ body, key }: Sent) =>
      postJson(world, '/v1/waiting-list', body, { from, headers: { 'idempotency-key': key } });
    expect((await join(wishes[0] as Sent)).status).toBe(429);
    await world.system.windBy(24 * second);
    const replies = await Promise.all(wishes.map(join));
    expect(tally(replies.map(({ status }) => status))).toEqual({ 201: 1, 429: 8 });
    expect((await join(wishes[0] as Sent)).status).toBe(201);
  });
});

describe('a bot at one IPv4 address', () => {
  /** Steps in which the bot tries what it has waiting, and as much anew as it may. */
  const step = 24 * second;

  /** Days of ten hours that the bot takes of people within an hour by booking all that it can, as the table has it. */
  const taken = async (from: string, slots: Slot[]): Promise<number> => {
    const before = new Set((await rowsOf(world, 'Appointment')).map(({ id }) => id));
    const end = world.system.clock.now() + hour;
    let waiting: { form: Sent; due: number }[] = [];
    while (world.system.clock.now() < end) {
      const now = world.system.clock.now();
      const due = waiting.filter((each) => each.due <= now).map(({ form }) => form);
      // A minute takes 120, until the hour has no room; then a few that wait keep the queue from running empty.
      const fresh = now % hour < 4 * minute && now % minute < step ? 120 : Math.max(0, 8 - waiting.length);
      const forms = [...due, ...(await Promise.all(slots.splice(0, fresh).map(filled)))];
      const replies = await Promise.all(forms.map((form) => send(form, from)));
      waiting = waiting.filter((each) => each.due > now);
      for (const [index, form] of forms.entries()) {
        const { status, json } = replies[index] as Reply;
        if (![201, 429].includes(status)) throw new Error(JSON.stringify([json, form.body]));
        if (status === 429 && waiting.length < 8)
          waiting.push({ form, due: now + Number(json['retryAfter']) * second });
        else if (status === 429) slots.push(slotOf(form));
      }
      await world.system.windBy(step);
    }
    const minutes = (await rowsOf(world, 'Appointment'))
      .filter(({ id }) => !before.has(id))
      .flatMap(({ occupies }) => occupies as { from: number; until: number }[])
      .reduce((sum, { from: start, until }) => sum + (until - start) / minute, 0);
    return minutes / 600;
  };

  it('takes at most 58 days of ten hours of people in an hour of the clock', async () => {
    const slots = await freeTimes('hour', ['amina', 'marco', 'priya']);
    await toTheNext(hour);
    const days = await taken('127.0.0.4', slots);
    console.log(`One IPv4 address takes ${days} days of ten hours in an hour of the clock, by visits of 70 minutes.`);
    expect(days).toBeGreaterThan(50);
    // 350 + 150 units of 70 minutes.
    expect(days).toBeLessThanOrEqual(58.4);
  }, 600_000);

  it('takes at most 88 by visits of four hours in sixty minutes that lie in two hours of the clock', async () => {
    const slots = await freeTimes('long', ['sofia', 'dev', 'lily'], 'los-feliz');
    await toTheNext(hour);
    await world.system.windBy(45 * minute);
    const days = await taken('127.0.0.7', slots);
    console.log(`Within sixty minutes in two hours of the clock it takes ${days} days by visits of 250 minutes.`);
    expect(days).toBeGreaterThan(60);
    // 350 + 350 + 150 units, four for each visit of 250 minutes.
    expect(days).toBeLessThanOrEqual(88.5);
  }, 600_000);
});
