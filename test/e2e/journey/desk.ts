import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { addDays, instantOf, localDate } from '../../../shared/platform/time/time.ts';
import { type Book, createApi, must, tokenIn } from '../api.ts';
import { location, roomService, service } from '../emulator/catalogue.ts';
import { until } from '../steps.ts';
import type { Stage } from './stage.ts';

const zone = 'Asia/Dhaka';

/** Rooms, repeating appointments, the waiting list. */
export const desk = async ({ steps, api, origin, tokens, inbox, timetable }: Stage, book: Book): Promise<void> => {
  const reception = createApi(origin, tokens.reception);
  const today = localDate(timetable.visit, zone);
  const at = (days: number, time: string) => instantOf(addDays(today, days), time, zone);

  await steps.step('of two who want the only room at once, one gets it; beside it people are free', async () => {
    const startsAt = at(2, '12:00');
    const wish = (staff: 'bina' | 'chitra', phone: string, what: string) =>
      book({ startsAt, staff, service: what, client: { firstName: 'Room', phone } });
    const both = await Promise.all([
      wish('bina', '+8801713000001', roomService),
      wish('chitra', '+8801713000002', roomService),
    ]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409]);
    const loser = both[0].ok ? 'chitra' : 'bina';
    await must(wish(loser, '+8801713000003', service));
  });

  await steps.step('the front desk books four weeks in a row: conflicts are told first, then all or none', async () => {
    const client = { firstName: 'Weekly', email: 'weekly@clients.example', phone: '+8801713000010' };
    await must(
      book({ startsAt: at(10, '10:00'), staff: 'asha', client: { firstName: 'Before', phone: '+8801713000011' } }),
    );
    const plan = {
      locationId: location,
      startsAt: `${addDays(today, 3)}T10:00`,
      services: [{ serviceId: service, staffId: 'asha' }],
      rule: { every: 'weeks' as const, count: 4 },
    };
    const { occurrences } = await must(reception.checkSeries({ body: plan }));
    assert.deepEqual(
      occurrences.map(({ conflict }) => conflict?.code),
      [undefined, 'time_taken', undefined, undefined],
    );
    const refused = await reception.bookSeries({ body: { ...plan, client }, idempotencyKey: randomUUID() });
    assert.equal(refused.status, 409);
    const skip = [addDays(today, 10)];
    const series = await must(reception.bookSeries({ body: { ...plan, skip, client }, idempotencyKey: randomUUID() }));
    assert.equal(series.occurrences.length, 3);
    const rest = await must(
      reception.cancelSeries({
        params: { seriesId: series.id },
        body: { scope: 'rest', appointmentId: series.occurrences[1]?.appointmentId ?? '' },
      }),
    );
    assert.deepEqual(
      rest.occurrences.map(({ status }) => status),
      ['pending', 'cancelled', 'cancelled'],
    );
    const mails = await until('the one confirmation', 30, async () => {
      const all = (await inbox.mailsTo(client.email)).filter(({ subject }) => /booked/i.test(subject));
      return all.length > 0 && all;
    });
    assert.equal(mails.length, 1);
    const token = tokenIn(mails[0]?.text ?? '', 'a');
    const file = await (await fetch(`${origin}/a/${token}/calendar.ics`)).text();
    const uids = series.occurrences.map(({ appointmentId }) => `UID:${appointmentId}@regulars`);
    assert.deepEqual(file.match(/^UID:.*(?=\r$)/gm), uids);
    assert.deepEqual(file.match(/^STATUS:.*(?=\r$)/gm), ['STATUS:CONFIRMED', 'STATUS:CANCELLED', 'STATUS:CANCELLED']);
  });

  await steps.step('a freed time is offered to those who wait, one by one, and kept for each', async () => {
    const startsAt = at(4, '09:00');
    const first = await must(
      book({ startsAt, staff: 'esha', client: { firstName: 'First', phone: '+8801713000020' } }),
    );
    const wish = {
      locationId: location,
      services: [service],
      staff: ['esha'],
      from: addDays(today, 4),
      to: addDays(today, 4),
      timesOfDay: { from: '09:00', until: '09:05' },
    };
    for (const name of ['second', 'third']) {
      const client = { firstName: name, email: `${name}@clients.example` };
      await must(reception.addToWaitingList({ body: { ...wish, client }, idempotencyKey: randomUUID() }));
    }
    await must(api.cancelByLink({ params: { token: first.token } }));
    const offeredTo = (name: string) =>
      until(`the offer to the ${name}`, 45, async () => {
        const mail = (await inbox.mailsTo(`${name}@clients.example`)).find(({ text }) => /\/w\//.test(text));
        if (!mail) return undefined;
        const token = tokenIn(mail.text, 'w');
        const { offer } = await must(api.getWaiting({ params: { token }, query: {} }));
        return offer && { token, offerId: offer.id };
      });
    const second = await offeredTo('second');
    const stranger = await book({ startsAt, staff: 'esha', client: { firstName: 'Quick', phone: '+8801713000021' } });
    assert.equal(stranger.status, 409);
    // Of the place on the list, and of no offer.
    assert.ok((await inbox.mailsTo('third@clients.example')).length <= 1);
    await must(api.declineOffer({ params: { token: second.token }, body: { offerId: second.offerId } }));
    const third = await offeredTo('third');
    const booked = await must(api.takeOffer({ params: { token: third.token }, body: { offerId: third.offerId } }));
    assert.equal(Date.parse(booked.startsAt), startsAt);
  });
};
