import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { AppointmentAnswer } from '../../../shared/booking/contract.ts';
import { isoUtc, localDate } from '../../../shared/platform/time/time.ts';
import { day, hour } from '../../support/durations.ts';
import { type Book, must, tokenIn } from '../api.ts';
import { location, service } from '../emulator/catalogue.ts';
import { sender } from '../emulator/deploy.ts';
import { until } from '../steps.ts';
import type { Stage } from './stage.ts';

export const people = {
  reminded: { firstName: 'Anika', phone: '+8801711000001', email: 'anika@clients.example', language: 'en' },
  moving: { firstName: 'Bithi', phone: '+8801711000002', email: 'bithi@clients.example', language: 'en' },
  leaving: { firstName: 'Champa', phone: '+8801711000003', email: 'champa@clients.example', language: 'en' },
  visiting: { firstName: 'Dalia', phone: '+8801711000004', email: 'dalia@clients.example', language: 'en' },
  texting: { firstName: 'ঊর্মি', phone: '+8801711000005', language: 'bn' },
} as const;

export type Booked = Record<keyof typeof people, AppointmentAnswer>;

/** Everything that a client's browser does to get an appointment. */
export const booking = async (stage: Stage, book: Book): Promise<Booked> => {
  const { steps, api, inbox, timetable } = stage;
  const { visit, reminded, movedTo } = timetable;

  await steps.step('availability offers the time', async () => {
    const date = localDate(reminded, 'Asia/Dhaka');
    const { zone, days } = await must(
      api.getAvailability({ query: { location, services: service, from: date, to: date } }),
    );
    const times = days.flatMap((day) => day.times.map(({ startsAt }) => Date.parse(startsAt)));
    assert.equal(zone, 'Asia/Dhaka');
    assert.ok(times.includes(reminded), `${new Date(reminded).toISOString()} is not among the ${times.length} times`);
  });

  const booked = await steps.step('five clients book', async (): Promise<Booked> => {
    const consents = [{ channel: 'email' as const, purpose: 'marketing' as const }];
    const [remindedOne, movingOne, leavingOne, visitingOne, textingOne] = await Promise.all([
      must(book({ startsAt: reminded, staff: 'asha', client: people.reminded })),
      must(book({ startsAt: reminded, staff: 'bina', client: people.moving })),
      must(book({ startsAt: reminded, staff: 'chitra', client: people.leaving })),
      must(book({ startsAt: visit, staff: 'dina', client: people.visiting, consents })),
      must(book({ startsAt: movedTo, staff: 'asha', client: people.texting })),
    ]);
    return {
      reminded: remindedOne,
      moving: movingOne,
      leaving: leavingOne,
      visiting: visitingOne,
      texting: textingOne,
    };
  });

  await steps.step('of eight who want the same time at once, one gets it', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        book({
          startsAt: movedTo,
          staff: 'esha',
          client: { firstName: `Racer ${index}`, phone: `+88017120000${10 + index}` },
        }),
      ),
    );
    const statuses = outcomes.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [201, ...Array.from({ length: 7 }, () => 409)]);
  });

  await steps.step('the same form sent twice books once', async () => {
    const wish = { startsAt: movedTo, staff: 'dina', idempotencyKey: randomUUID() } as const;
    const client = { firstName: 'Twice', phone: '+8801712000099' };
    const [first, second] = [await must(book({ ...wish, client })), await must(book({ ...wish, client }))];
    assert.equal(first.id, second.id);
  });

  await steps.step('a client moves an appointment five times by the link; the sixth is refused', async () => {
    const client = { firstName: 'Restless', phone: '+8801712000098' };
    const { token } = await must(book({ startsAt: movedTo + day, staff: 'dina', client }));
    const move = (hours: number) =>
      api.moveByLink({ params: { token }, body: { startsAt: isoUtc(movedTo + day + hours * hour) } });
    for (let hours = 1; hours <= 5; hours += 1) await must(move(hours));
    const refused = await move(6);
    assert.equal(refused.ok || refused.problem.code, 'too_many_moves');
  });

  await steps.step('the confirmation comes by mail, with a link that opens the appointment', async () => {
    const mail = await until('the confirmation', 30, async () => (await inbox.mailsTo(people.reminded.email))[0]);
    assert.match(mail.from, new RegExp(sender));
    const seen = await must(api.getByLink({ params: { token: tokenIn(mail.text, 'a') }, query: {} }));
    assert.equal(seen.id, booked.reminded.id);
  });

  await steps.step('a ticked box counts once the client says yes by the link in the confirmation', async () => {
    const { email } = people.visiting;
    const mail = await until('the confirmation', 30, async () => (await inbox.mailsTo(email))[0]);
    const agreed = await must(api.agreeByLink({ params: { token: tokenIn(mail.text, 'a') } }));
    assert.deepEqual([agreed.address?.state, agreed.address?.asked], ['proven', undefined]);
  });

  await steps.step('who left only a phone gets a text, in her language', async () => {
    const text = await until('the text', 30, async () => (await inbox.textsTo(people.texting.phone))[0]);
    assert.match(text, /[\u0980-\u09ff]/);
    assert.ok(tokenIn(text, 'a'));
  });

  return booked;
};
