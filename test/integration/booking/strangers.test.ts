import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { manageToken } from '../../../shared/booking/appointments/view.ts';
import { createMessageStore } from '../../../shared/messages/send/store.ts';
import { dataOf } from '../../support/outcomes.ts';
import { openSalon, type Salon, start } from '../../support/world/use-cases.ts';

let salon: Salon;
beforeAll(async () => {
  salon = await openSalon();
});
afterAll(() => salon.close());

const victim = { firstName: 'Wanda', phone: '+17185550190', email: 'wanda@example.com' };
const mallory = { firstName: 'Mallory', phone: '+17185550191', email: 'mallory@attacker.example' };
const acts = ['confirmByLink', 'proveByLink', 'agreeByLink', 'cancelByLink', 'look', 'move'] as const;

/** Whom a form names, which boxes it ticks, and what is pressed then, by which link. */
const scene = fc.record({
  phone: fc.constantFrom(victim.phone, mallory.phone, undefined),
  email: fc.constantFrom(victim.email, mallory.email),
  ticks: fc.uniqueArray(fc.constantFrom('email' as const, 'sms' as const)),
  waits: fc.boolean(),
  presses: fc.array(fc.record({ act: fc.constantFrom(...acts), link: fc.constantFrom('answer', 'email', 'sms') }), {
    maxLength: 4,
  }),
});
let hours = 0;
const nextTime = () => {
  hours += 1;
  return new Date(Date.UTC(2026, 11, 1 + Math.floor(hours / 4), 9 + 2 * (hours % 4))).toISOString().slice(0, 16);
};

it('no card changes, no address is proven and no refusal lifted by what strangers book and press', async () => {
  const own = await (await salon.book(nextTime(), 'marco', { client: victim }))();
  const { clientId } = await salon.appointments.need(own.id);
  const store = createMessageStore(salon.table);
  const refusal = {
    clientId,
    channel: 'email',
    address: victim.email,
    granted: false,
    how: 'page',
    words: 'all',
  } as const;
  await salon.clients.recordConsent({ ...refusal, at: start });
  await store.refuse(victim.email, 'page', start);
  const seen = async () => ({
    card: await salon.clients.get(clientId),
    proven: [
      await salon.clients.isProven(clientId, victim.phone),
      await salon.clients.isProven(clientId, victim.email),
      await salon.clients.isProven(clientId, mallory.phone),
      await salon.clients.isProven(clientId, mallory.email),
    ],
    consents: [
      await salon.clients.consentOf(clientId, 'email', victim.email),
      await salon.clients.consentOf(clientId, 'sms', victim.phone),
    ],
    refusedAt: (await store.statusOf(victim.email)).refusedAt,
  });
  const before = await seen();
  let bookings = 0;

  await fc.assert(
    fc.asyncProperty(scene, async ({ phone, email, ticks, waits, presses }) => {
      const client = { firstName: 'Mallory', phone, email };
      const visitor = salon.visitor();
      if (waits) {
        const { formToken } = dataOf(await visitor.getFormToken({}));
        const wish = { locationId: 'brooklyn', services: ['cut'], from: '2026-12-01', to: '2026-12-30' };
        await visitor.joinWaitingList({ idempotencyKey: randomUUID(), body: { ...wish, client, formToken } });
      }
      const consents = ticks.map((channel) => ({ channel, purpose: 'marketing' as const, words: 'anything' }));
      const booked = await (await salon.book(nextTime(), 'amina', { client, consents }))().catch(() => undefined);
      if (booked) bookings += 1;
      for (const { act, link } of booked ? presses : []) {
        // Mallory reads what is sent to Mallory.
        const channel = link === 'email' && email === mallory.email ? 'email' : undefined;
        const bySms = link === 'sms' && phone === mallory.phone ? 'sms' : channel;
        const at = { id: booked?.id ?? '', endsAt: Date.parse(booked?.endsAt ?? '') };
        const params = { token: await manageToken(salon.tokens, at, bySms) };
        if (act === 'look') await visitor.getByLink({ params, query: {} });
        else if (act === 'move') await visitor.moveByLink({ params, body: { startsAt: nextTime() } });
        else await visitor[act]({ params });
      }
      expect(await seen()).toEqual(before);
    }),
    { numRuns: 60 },
  );
  expect(bookings).toBeGreaterThan(30);
});
