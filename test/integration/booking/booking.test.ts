import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diaryPages, freshKey, postJson, type Row, rowsOf } from '../../support/world/booking.ts';
import { tokenSentTo } from '../../support/world/messages.ts';
import { bookingOf, mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    catalogue.settings.booking = {
      stepMinutes: 15,
      earliestNoticeMinutes: 60,
      horizonDays: 120,
      cutOffMinutes: 240,
      movesOnline: 5,
      holdMinutes: 5,
      maxVisitMinutes: 1_440,
    };
    for (const location of catalogue.locations) {
      if (location.id === 'brooklyn') location.breaks = { wed: [{ from: '13:00', until: '14:00' }] };
    }
  });
});
afterAll(() => world.system.close());

/** A time of its own for every booking, so that tests don't get in each other's way; six a day, none on a Wednesday or Sunday. */
const days = ['01', '03', '04', '05', '07', '08', '10', '11', '12', '14', '15', '17'];
let taken = 0;
const nextTime = (): string => {
  const hour = 10 + (taken % 6) * 1.25;
  const date = `2026-12-${days[Math.floor(taken / 6)]}`;
  taken += 1;
  return `${date}T${String(Math.floor(hour)).padStart(2, '0')}:${String((hour % 1) * 60).padStart(2, '0')}`;
};
const bookAs = (client: Record<string, unknown>, changes: Record<string, unknown> = {}) =>
  mustBook(world.api, { startsAt: nextTime(), client: { firstName: 'Nadia', ...client }, ...changes });
const clients = (): Promise<Row[]> => rowsOf(world, 'Client');
const appointment = async (id: string): Promise<Row> => {
  const found = (await rowsOf(world, 'Appointment')).find((row) => row['id'] === id);
  if (!found) throw new Error('no such appointment');
  return found;
};

describe('the client', () => {
  it('is found by phone, however it is written', async () => {
    const before = (await clients()).length;
    const first = await bookAs({ phone: '(718) 555-0177' });
    const ids = new Set([(await appointment(first.id))['clientId']]);
    for (const phone of [
      '+1 718 555 0177',
      '1.718.555.0177',
      '৭১৮ ৫৫৫ ০১৭৭',
      '+१७१८५५५०१७७',
      '0017185550177'.replace(/^00/, '+'),
    ]) {
      const booked = await bookAs({ phone });
      const row = await appointment(booked.id);
      ids.add(row['clientId']);
      expect(row['contact']).toMatchObject({ phone: '+17185550177' });
    }
    expect(ids.size).toBe(1);
    expect((await clients()).length).toBe(before + 1);
  });

  it('is not renamed by somebody who shares the phone: the name stays with the booking', async () => {
    const mother = await bookAs({ firstName: 'Rehana', lastName: 'Begum', phone: '+17185550188' });
    const son = await bookAs({ firstName: 'Tariq', phone: '+17185550188', email: 'tariq@example.com', language: 'bn' });
    const [hers, his] = [await appointment(mother.id), await appointment(son.id)];
    expect(his['clientId']).toBe(hers['clientId']);
    expect(his['contact']).toMatchObject({ firstName: 'Tariq', email: 'tariq@example.com', language: 'bn' });
    expect(his['contact']).not.toHaveProperty('lastName');
    const record = (await clients()).find(({ id }) => id === hers['clientId']);
    expect(record).toMatchObject({ firstName: 'Rehana', lastName: 'Begum', language: 'en' });
    expect(record).not.toHaveProperty('email');
  });

  it('may have an e-mail address only, the same in capitals', async () => {
    const first = await bookAs({ email: 'Only.Mail@Example.com' });
    const second = await bookAs({ email: 'only.mail@example.com' });
    expect((await appointment(second.id))['clientId']).toBe((await appointment(first.id))['clientId']);
    expect((await appointment(first.id))['contact']).toMatchObject({ email: 'only.mail@example.com' });
  });

  it('may have a phone only, and then is told by text', async () => {
    const booked = await bookAs({ phone: '+17185550133' });
    await world.system.settle();
    expect(world.texts().filter(({ text }) => text?.includes(`/a/${booked.id}`))).toHaveLength(1);
  });

  it('of a phone that cannot be is refused with the field, and nothing is kept', async () => {
    const before = (await clients()).length;
    const outcome = await world.api.createAppointment({
      body: await bookingOf(world.api, {
        startsAt: nextTime(),
        client: { firstName: 'Nadia', phone: '12345678901234567' },
      }),
      idempotencyKey: freshKey(),
    });
    expect(outcome.ok ? undefined : outcome.problem).toMatchObject({
      status: 422,
      code: 'unprocessable',
      errors: [{ path: 'client.phone' }],
    });
    expect((await clients()).length).toBe(before);
  });

  it.each([
    ['নাদিয়া', 'রহমান'],
    ['नादिया', 'कुमार'],
    ['Надежда', 'Орлова'],
    ['نادية', 'كريم'],
    ['娜迪亚', '王'],
    ['💅🏽 Zoë', "O'Brien-Smith"],
    ['<img src=x onerror=alert(1)>', '</script>'],
    ['{{business}}', '$(constructor)'],
    ['__proto__', 'constructor'],
  ])('named %s %s keeps that name', async (firstName, lastName) => {
    const booked = await bookAs({ firstName, lastName, email: `${freshKey()}@example.com` });
    expect(booked.firstName).toBe(firstName);
    expect((await appointment(booked.id))['contact']).toMatchObject({ firstName, lastName });
  });

  it('has no control or direction characters in the name, wherever it is shown', async () => {
    const booked = await bookAs({ firstName: 'Na\u0000dia\u202e\r\nBcc: x@example.com', email: 'clean@example.com' });
    expect(booked.firstName).toBe('Na dia Bcc: x@example.com');
    await world.system.settle();
    const [mail] = world.system.mailbox.list({ to: 'clean@example.com' });
    expect(mail?.to).toEqual(['clean@example.com']);
    expect(mail?.raw).not.toMatch(/^bcc:/im);
  });

  it('whose name holds half a character is still served', async () => {
    const booked = await bookAs({ firstName: 'Nadia \ud83d', email: 'half@example.com' });
    expect(booked.firstName).toMatch(/^Nadia/);
    expect(booked.firstName.isWellFormed()).toBe(true);
  });

  it('who ticked a box is asked in the message, with our own words; consent is what was said there, once', async () => {
    const email = 'ticked@example.com';
    const words = 'Anything that whoever sends the form likes.';
    const ticked = await bookAs(
      { email, phone: '+17185550199' },
      { consents: [{ channel: 'email', purpose: 'marketing', words }] },
    );
    const { clientId } = await appointment(ticked.id);
    const of = async (entity: string) => (await rowsOf(world, entity)).filter((row) => row['clientId'] === clientId);
    expect(await of('Consent')).toEqual([]);
    const ours = {
      channel: 'email',
      words: 'Yes, email me when it’s time to rebook, and send me news and offers from Linden & Rose.',
      wordsId: 'rebook-news.email.en',
      wordsVersion: 1,
      at: expect.any(Number),
    };
    expect(await of('ConsentAsked')).toMatchObject([{ ...ours, how: 'booking form' }]);
    const handedOut = { params: { token: ticked.token } };
    expect(await world.api.agreeByLink(handedOut)).toMatchObject({ problem: { code: 'status_conflict' } });
    const params = { token: await tokenSentTo(world, email) };
    expect(world.mails().at(-1)?.text).toContain(
      `Yes, send me news and offers: ${world.system.url}/a/${params.token}#news`,
    );
    const page = await (await fetch(`${world.system.url}/a/${params.token}`)).text();
    expect(page).toContain('Yes, send them');
    for (const _ of [1, 2]) {
      const agreed = await world.api.agreeByLink({ params });
      expect(agreed.ok && agreed.data.address).toMatchObject({ channel: 'email', state: 'proven' });
    }
    expect(await of('ConsentAsked')).toEqual([]);
    expect(await of('Consent')).toMatchObject([{ ...ours, granted: true, how: 'link' }]);
    expect(JSON.stringify(await of('Consent'))).not.toContain(email);
    const given = (await of('TimelineEntry')).filter(({ type }) => type === 'consent.given');
    expect(given).toHaveLength(1);
  });

  it('who ticks no box, or that of a channel for which there is no address, is asked nothing', async () => {
    const plain = await bookAs({ email: 'plain@example.com', phone: '+17185550198' });
    const booked = await bookAs(
      { email: 'no-phone@example.com' },
      { consents: [{ channel: 'sms', purpose: 'marketing' }] },
    );
    const ids = [(await appointment(plain.id))['clientId'], (await appointment(booked.id))['clientId']];
    expect((await rowsOf(world, 'ConsentAsked')).filter((row) => ids.includes(row['clientId']))).toEqual([]);
    await world.system.settle();
    for (const { text } of world.system.mailbox.list().filter(({ to }) => to.includes('no-phone@example.com')))
      expect(text).not.toContain('#news');
  });

  it('has the booking as the first entry of the timeline', async () => {
    const booked = await bookAs({ email: 'timeline@example.com' });
    const { clientId } = await appointment(booked.id);
    const entries = (await rowsOf(world, 'TimelineEntry')).filter((row) => row['clientId'] === clientId);
    expect(entries).toMatchObject([
      {
        type: 'appointment.booked',
        by: 'client',
        appointmentId: booked.id,
        details: { startsAt: Date.parse(booked.startsAt) },
      },
    ]);
  });
});

describe('the same request sent again', () => {
  it('has the same answer, and books once', async () => {
    const body = await bookingOf(world.api, { startsAt: nextTime() });
    const idempotencyKey = freshKey();
    const first = await world.api.createAppointment({ body, idempotencyKey });
    const again = await world.api.createAppointment({ body, idempotencyKey });
    expect(first.ok).toBe(true);
    expect(again).toEqual(first);
    const later = await bookingOf(world.api);
    const reloaded = await world.api.createAppointment({
      body: { ...body, formToken: later.formToken },
      idempotencyKey,
    });
    expect(reloaded).toEqual(first);
    const id = first.ok ? first.data.id : '';
    expect((await diaryPages(world)).filter((line) => line.includes(id))).toHaveLength(1);
  });

  it('has the same answer after the appointment has moved, and after it was cancelled', async () => {
    const body = await bookingOf(world.api, { startsAt: nextTime() });
    const idempotencyKey = freshKey();
    const first = await world.api.createAppointment({ body, idempotencyKey });
    if (!first.ok) throw new Error(first.problem.detail);
    const params = { token: first.data.token };
    expect((await world.api.moveByLink({ params, body: { startsAt: nextTime() } })).ok).toBe(true);
    expect(await world.api.createAppointment({ body, idempotencyKey })).toEqual(first);
    expect((await world.api.cancelByLink({ params })).ok).toBe(true);
    expect(await world.api.createAppointment({ body, idempotencyKey })).toEqual(first);
  });

  it('with another body is refused, whatever differs', async () => {
    const body = await bookingOf(world.api, { startsAt: nextTime() });
    const idempotencyKey = freshKey();
    expect((await world.api.createAppointment({ body, idempotencyKey })).ok).toBe(true);
    for (const changes of [
      { startsAt: nextTime() },
      { notes: 'By the window' },
      { client: { ...body.client, firstName: 'Other' } },
      { services: [{ serviceId: 'cut-short' }] },
    ]) {
      const outcome = await world.api.createAppointment({ body: { ...body, ...changes }, idempotencyKey });
      expect(outcome.ok ? undefined : outcome.problem).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
    }
  });

  it('after a refusal may succeed: only what was booked is remembered', async () => {
    const body = await bookingOf(world.api, { startsAt: '2026-11-26T10:00' });
    const idempotencyKey = freshKey();
    expect((await world.api.createAppointment({ body, idempotencyKey })).status).toBe(422);
    const other = { ...body, startsAt: nextTime() };
    expect((await world.api.createAppointment({ body: other, idempotencyKey })).status).toBe(201);
  });
});

describe('a time that can not be', () => {
  const refusal = async (changes: Record<string, unknown>) => {
    const outcome = await world.api.createAppointment({
      body: await bookingOf(world.api, changes),
      idempotencyKey: freshKey(),
    });
    if (outcome.ok) throw new Error(`booked ${JSON.stringify(changes)}`);
    return outcome.problem;
  };

  it.each([
    ['has passed', '2026-11-22T09:00', /has passed/],
    ['has passed long ago', '1970-01-01T00:00Z', /has passed/],
    ['is too soon', '2026-11-22T10:45', /at least 60 minutes ahead/],
    ['is beyond the horizon', '2027-05-04T10:00', /at most 120 days ahead/],
    ['is far beyond it', '9999-12-31T10:00', /at most 120 days ahead/],
    ['is off the step', '2026-12-22T10:07', /every 15 minutes/],
    ['is off by a second', '2026-12-22T10:00:01', /every 15 minutes/],
    ['is before opening', '2026-12-22T08:45', /works then/],
    ['ends after closing', '2026-12-22T18:15', /works then/],
    ['is on a holiday', '2026-12-25T10:00', /works then/],
    ['is in a break', '2026-12-23T13:00', /works then/],
    ['runs into a break', '2026-12-23T12:15', /works then/],
  ])('because it %s is refused in words', async (_, startsAt, words) => {
    const problem = await refusal({ startsAt });
    expect(problem).toMatchObject({ status: 422, code: 'time_unavailable', errors: [{ path: 'startsAt' }] });
    expect(problem.detail).toMatch(words);
  });

  it('and is near free ones is refused with these', async () => {
    const { nearest = [] } = await refusal({ startsAt: '2026-12-22T08:45' });
    expect(nearest[0]?.startsAt).toBe('2026-12-22T09:00:00-05:00');
    expect(nearest.length).toBeGreaterThan(1);
  });

  it('just after the break and just before it can be', async () => {
    expect((await mustBook(world.api, { startsAt: '2026-12-23T14:00' })).startsAt).toContain('T14:00');
    expect((await mustBook(world.api, { startsAt: '2026-12-23T12:00' })).startsAt).toContain('T12:00');
  });

  it('because it is taken is refused with the nearest free times, in order', async () => {
    const startsAt = '2026-12-22T12:00';
    await mustBook(world.api, { startsAt });
    const problem = await refusal({ startsAt });
    expect(problem).toMatchObject({ status: 409, code: 'time_taken' });
    expect(problem.nearest).toEqual([
      { startsAt: '2026-12-22T10:15:00-05:00' },
      { startsAt: '2026-12-22T10:30:00-05:00' },
      { startsAt: '2026-12-22T10:45:00-05:00' },
      { startsAt: '2026-12-22T13:15:00-05:00' },
      { startsAt: '2026-12-22T13:30:00-05:00' },
    ]);
  });

  it('for unknown ids names the field and what is allowed', async () => {
    expect(await refusal({ locationId: 'paris' })).toMatchObject({
      status: 422,
      errors: [{ path: 'locationId', allowed: ['brooklyn', 'los-feliz'] }],
    });
    expect(await refusal({ services: [{ serviceId: 'cut' }, { serviceId: 'dance' }] })).toMatchObject({
      status: 422,
      errors: [{ path: 'services[1].serviceId', allowed: expect.arrayContaining(['cut', 'beard']) }],
    });
    expect(await refusal({ services: [{ serviceId: 'cut', staffId: 'nobody' }] })).toMatchObject({
      status: 422,
      errors: [{ path: 'services[0].staffId', allowed: expect.arrayContaining(['amina']) }],
    });
    expect(await refusal({ services: [{ serviceId: 'cut', staffId: 'priya' }] })).toMatchObject({
      status: 422,
      errors: [{ path: 'services[0].staffId', allowed: ['amina', 'marco', 'anyone'] }],
    });
    expect(await refusal({ services: [{ serviceId: 'facial' }] })).toMatchObject({
      status: 422,
      errors: [{ path: 'services[0].serviceId', allowed: expect.arrayContaining(['cut']) }],
    });
  });
});

describe('a visit of several services', () => {
  it('takes the time of everyone who performs one, with buffers at the ends', async () => {
    const booked = await mustBook(world.api, {
      startsAt: '2027-01-05T10:00',
      services: [
        { serviceId: 'cut', staffId: 'marco' },
        { serviceId: 'colour', staffId: 'amina' },
        { serviceId: 'gloss', staffId: 'amina' },
      ],
    });
    expect(booked).toMatchObject({ startsAt: '2027-01-05T10:00:00-05:00', endsAt: '2027-01-05T13:45:00-05:00' });
    expect(booked.services.map(({ id, startsAt, staff }) => [id, startsAt.slice(11, 16), staff.id])).toEqual([
      ['cut', '10:00', 'marco'],
      ['colour', '11:00', 'amina'],
      ['gloss', '13:00', 'amina'],
    ]);
    // In UTC: Marco until ten minutes past eleven, Amina from five to eleven until five to two.
    expect((await diaryPages(world)).filter((line) => line.includes(booked.id))).toEqual([
      `amina 2027-01-05: ${booked.id} 01-05T15:55 01-05T18:55`,
      `marco 2027-01-05: ${booked.id} 01-05T15:00 01-05T16:10`,
    ]);
    expect(booked.total).toEqual({
      amount: booked.services.reduce((sum, { price }) => sum + price.amount, 0),
      currency: 'USD',
    });
  });
});

it('an answer is JSON, is not cached, and says nothing of phones and addresses', async () => {
  const body = await bookingOf(world.api, { startsAt: nextTime() });
  const reply = await postJson(world, '/v1/appointments', body);
  expect(reply.status).toBe(201);
  expect(reply.headers['content-type']).toBe('application/json');
  expect(reply.headers['cache-control']).toBe('no-store');
  expect(reply.text).not.toContain(body.client.email);
  expect(reply.text).not.toContain(body.client.phone);
});
