import { afterAll, beforeAll, expect, it } from 'vitest';
import { visitorBindings } from '../../../functions/visitors.ts';
import { bookingRoutes } from '../../../shared/booking/contract.ts';
import { subscriptionRoutes } from '../../../shared/messages/contract.ts';
import { createMessageStore } from '../../../shared/messages/send/store.ts';
import { stopToken } from '../../../shared/messages/stop-link.ts';
import { createClient } from '../../../shared/platform/http/client.ts';
import { inProcess } from '../../../shared/platform/http/server.ts';
import { dataOf } from '../../support/outcomes.ts';
import { openSalon, type Salon, start } from '../../support/world/use-cases.ts';

let salon: Salon;
beforeAll(async () => {
  salon = await openSalon();
});
afterAll(() => salon.close());

/** What DynamoDB answers whoever writes to one partition too often. */
const throttled = Object.assign(new Error('Throughput exceeds the current capacity'), {
  name: 'ThrottlingException',
});
const logged: unknown[] = [];
const routes = [...bookingRoutes, ...subscriptionRoutes];
/** A visitor whose acts nobody can count. */
const visitor = () => {
  const telemetry = { count: () => {}, error: (...line: unknown[]) => logged.push(line) };
  const counters = { count: () => Promise.reject(throttled) };
  const crashed = () => {};
  return createClient(
    routes,
    inProcess(visitorBindings(salon, telemetry, counters), { sourceIp: '192.0.2.1' }, crashed),
  );
};

it.each(['unsubscribe', 'unsubscribeOneClick'] as const)(
  '%s is done, and said in the log, where counting it fails',
  async (act) => {
    const email = `${act.toLowerCase()}@example.com`;
    const client = { firstName: 'Wanda', email };
    const booked = await (await salon.book(`2026-12-0${act === 'unsubscribe' ? 1 : 2}T10:00`, 'amina', { client }))();
    const params = { token: await stopToken(salon.tokens, 'email', booked.id, start) };
    logged.length = 0;
    if (act === 'unsubscribe') dataOf(await visitor().unsubscribe({ params, body: { scope: 'marketing' } }));
    else dataOf(await visitor().unsubscribeOneClick({ params, body: { 'List-Unsubscribe': 'One-Click' } }));
    expect((await createMessageStore(salon.table).statusOf(email)).refusedAt).toBe(start);
    expect(logged).toEqual([['not counted', throttled, { route: act }]]);
  },
);

it('an act that may be refused is not done uncounted', async () => {
  const booked = await (await salon.book('2026-12-03T10:00', 'amina'))();
  const outcome = await visitor().confirmByLink({ params: { token: booked.token } });
  expect(outcome).toMatchObject({ ok: false, status: 500 });
  expect((await salon.appointments.need(booked.id)).status).toBe('pending');
});
