import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf } from '../../support/outcomes.ts';
import { freshKey, newcomer, raw } from '../../support/world/booking.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
type Desk = ReturnType<World['as']>;
let desk: Desk;
beforeAll(async () => {
  world = await startWorld();
  desk = world.as('reception');
});
afterAll(() => world.system.close());

type Input = Parameters<Desk['bookSeries']>[0]['body'];
const bookSeries = async (startsAt: string, changes: Partial<Input>) => {
  const services = [{ serviceId: 'cut', staffId: 'amina' }];
  const rule = { every: 'weeks' as const, interval: 1, count: 4 };
  const body = { locationId: 'brooklyn', startsAt, services, rule, ...changes };
  const booked = dataOf(await desk.bookSeries({ idempotencyKey: freshKey(), body }));
  await world.system.settle();
  return booked;
};

const mailsTo = (email: string) => world.mails().filter(({ to }) => to.includes(email));
const lastMailTo = (email: string) => {
  const mail = mailsTo(email).at(-1);
  if (!mail) throw new Error('no mail');
  const [file] = mail.attachments;
  return { subject: mail.subject ?? '', text: mail.text.replace(/[\u00a0\u202f]/g, ' '), file: file?.text ?? '' };
};

/** Events of a calendar file, each with its values by name. */
const eventsOf = (file: string): Record<string, string>[] =>
  file
    .replace(/\r?\n /g, '')
    .split('BEGIN:VEVENT')
    .slice(1)
    .map((event) =>
      Object.fromEntries(
        event.split(/\r?\n/).map((line) => [line.split(/[;:]/)[0] ?? '', line.slice(line.indexOf(':') + 1)]),
      ),
    );
const tokenIn = (event: Record<string, string> | undefined): string =>
  /\/a\/(.*)$/.exec(event?.['URL'] ?? '')?.[1] ?? '';
const appointmentBy = async (token: string) => dataOf(await world.api.getByLink({ params: { token }, query: {} }));

/** The first, the third at another time on another weekday, the fourth and the fifth. */
const odd = (client: ReturnType<typeof newcomer>) =>
  bookSeries('2026-12-01T10:00', {
    client,
    rule: { every: 'weeks', interval: 1, count: 5 },
    skip: ['2026-12-08'],
    at: [{ date: '2026-12-15', startsAt: '2026-12-16T15:00' }],
  });

describe('whoever is booked for a series', () => {
  it('learns of every date: by mail, in the calendar file, and on the page, each with its own link', async () => {
    const client = newcomer();
    const { occurrences, id } = await odd(client);
    const { text, file, subject } = lastMailTo(client.email);
    expect([mailsTo(client.email).length, subject]).toEqual([1, 'You are booked: Tuesday, December 1 at 10:00 AM']);
    expect(text).toContain(
      [
        'This is the first of 4 appointments:',
        'Tuesday, December 1 at 10:00 AM',
        'Wednesday, December 16 at 3:00 PM',
        'Tuesday, December 22 at 10:00 AM',
        'Tuesday, December 29 at 10:00 AM',
      ].join('\n'),
    );
    const ids = occurrences.map(({ appointmentId }) => appointmentId);
    const events = eventsOf(file);
    expect(file.match(/^METHOD:.*$/gm)).toEqual(['METHOD:PUBLISH']);
    expect(events.map(({ UID, SEQUENCE, DTSTART }) => [UID, SEQUENCE, DTSTART])).toEqual([
      [`${ids[0]}@regulars`, '0', '20261201T150000Z'],
      [`${ids[1]}@regulars`, '0', '20261216T200000Z'],
      [`${ids[2]}@regulars`, '0', '20261222T150000Z'],
      [`${ids[3]}@regulars`, '0', '20261229T150000Z'],
    ]);
    const opened = await Promise.all(events.map((event) => appointmentBy(tokenIn(event))));
    expect(opened.map((each) => [each.id, each.address?.channel])).toEqual(ids.map((each) => [each, 'email']));

    const second = opened[1];
    expect(second?.series).toMatchObject({ id, index: 1, count: 4 });
    expect(second?.series?.appointments.map((each) => [each.id, each.status, each.startsAt])).toEqual(
      occurrences.map((each) => [each.appointmentId, 'pending', each.startsAt]),
    );
    const links = second?.series?.appointments.map(({ token }) => token) ?? [];
    const behind = await Promise.all(links.map(appointmentBy));
    expect(behind.map((each) => [each.id, each.address?.channel])).toEqual(ids.map((each) => [each, 'email']));

    const own = await raw(world, 'GET', `/a/${tokenIn(events[1])}/calendar.ics`);
    expect(own.text).not.toContain('METHOD');
    expect(eventsOf(own.text).map(({ UID }) => UID)).toEqual(events.map(({ UID }) => UID));
    const page = (await raw(world, 'GET', `/a/${tokenIn(events[1])}`)).text;
    expect(page).toContain('2 of 4 in this series');
    for (const each of links.filter((_, index) => index !== 1)) expect(page).toContain(`href="/a/${each}"`);
    expect(page.match(/aria-current="page">[^<]*December 16/g)).toHaveLength(1);
  });

  it('hears of each that is moved with others, and of each that is cancelled', async () => {
    const client = newcomer();
    const { id, occurrences } = await bookSeries('2026-12-02T12:00', { client });
    const params = { seriesId: id };
    dataOf(await desk.moveSeries({ params, body: { scope: 'all', time: '13:00', days: 1 } }));
    await world.system.settle();
    const moved = lastMailTo(client.email);
    expect(moved.text).toContain(
      [
        'This is the first of 4 appointments that have been moved:',
        'Thursday, December 3 at 1:00 PM',
        'Thursday, December 10 at 1:00 PM',
        'Thursday, December 17 at 1:00 PM',
        'Thursday, December 24 at 1:00 PM',
      ].join('\n'),
    );
    expect(eventsOf(moved.file).map(({ SEQUENCE, STATUS }) => `${SEQUENCE} ${STATUS}`)).toEqual(
      Array(4).fill('1 CONFIRMED'),
    );

    const [, second] = occurrences;
    const body = { scope: 'rest' as const, appointmentId: second?.appointmentId };
    dataOf(await desk.cancelSeries({ params, body }));
    await world.system.settle();
    const cancelled = lastMailTo(client.email);
    expect(cancelled.text).toContain(
      'This is the first of 3 appointments that have been cancelled:\nThursday, December 10',
    );
    expect(cancelled.file.match(/^METHOD:.*$/gm)).toEqual(['METHOD:CANCEL']);
    expect(eventsOf(cancelled.file).map(({ UID, SEQUENCE, STATUS }) => [UID, SEQUENCE, STATUS])).toEqual(
      occurrences.slice(1).map((each) => [`${each.appointmentId}@regulars`, '2', 'CANCELLED']),
    );
    expect(mailsTo(client.email)).toHaveLength(3);

    // What was cancelled can come back to a calendar that has it: its page's file has all of them as they stand.
    const token = tokenIn(eventsOf(cancelled.file)[0]);
    const file = (await raw(world, 'GET', `/v1/links/${token}/calendar.ics`)).text;
    expect(eventsOf(file).map(({ STATUS }) => STATUS)).toEqual(['CONFIRMED', 'CANCELLED', 'CANCELLED', 'CANCELLED']);
    expect((await raw(world, 'GET', `/a/${token}`)).text).toContain('Cancelled');
  });

  it('is told first of the earliest, whichever was put in first', async () => {
    const client = newcomer();
    const { occurrences } = await bookSeries('2026-12-08T16:00', {
      client,
      rule: { every: 'weeks', interval: 1, count: 3 },
      at: [{ date: '2026-12-15', startsAt: '2026-12-01T16:00' }],
    });
    expect(occurrences.map(({ index, startsAt }) => [index, startsAt.slice(0, 10)])).toEqual([
      [0, '2026-12-01'],
      [1, '2026-12-08'],
      [2, '2026-12-22'],
    ]);
    const { subject, text } = lastMailTo(client.email);
    expect(subject).toContain('December 1 at 4:00 PM');
    expect(text).toContain('This is the first of 3 appointments:\nTuesday, December 1 at 4:00 PM\nTuesday, December 8');
  });

  it('keeps what is before “the rest” in time, also where it was put in later', async () => {
    const { id, occurrences } = await bookSeries('2027-01-05T12:00', { client: newcomer() });
    const [first, second] = occurrences.map(({ appointmentId }) => appointmentId);
    const params = { seriesId: id };
    dataOf(await desk.moveSeries({ params, body: { scope: 'one', appointmentId: first, days: 8 } }));
    const rest = dataOf(await desk.cancelSeries({ params, body: { scope: 'rest', appointmentId: first } }));
    expect(rest.occurrences.map((each) => [each.appointmentId === second, each.status])).toEqual([
      [false, 'cancelled'],
      [true, 'pending'],
      [false, 'cancelled'],
      [false, 'cancelled'],
    ]);
  });

  it('gets a text that says how many they are, and when the last one is', async () => {
    const { email: _, ...client } = newcomer();
    await bookSeries('2026-11-27T10:00', { client });
    const sms = world.texts().find(({ to }) => to.includes(client.phone));
    expect(sms?.text).toContain('This is the first of 4 appointments, the last on December 18.');
    expect(sms?.text).not.toContain('December 4');
  });

  it('has all of 48 dates, in a mail and on a page that stay small', async () => {
    const client = newcomer();
    const { clientId } = await bookSeries('2026-11-30T14:00', {
      client,
      rule: { every: 'weeks', interval: 1, count: 2 },
    });
    const rule = { every: 'weeks' as const, interval: 1, count: 48 };
    const booked = await bookSeries('2026-12-07T11:00', { clientId, rule, skip: [] });
    expect(booked.occurrences).toHaveLength(48);
    const { text, file } = lastMailTo(client.email);
    expect(eventsOf(file)).toHaveLength(48);
    expect(text.match(/ at 11:00 AM$/gm)).toHaveLength(49);
    const [mail] = world.system.mailbox.list({ to: client.email }).slice(-1);
    expect(JSON.stringify(mail).length).toBeLessThan(100_000);
    const page = (await raw(world, 'GET', `/a/${tokenIn(eventsOf(file)[47])}`)).text;
    expect(page).toContain('48 of 48 in this series');
    expect(page).not.toContain('<details open');
    expect(Buffer.byteLength(page)).toBeLessThan(28_000);
  });
});
