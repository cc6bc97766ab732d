import { randomUUID } from 'node:crypto';
import type { Actor } from '../../shared/audit/audit.ts';
import type { AppointmentDeps } from '../../shared/booking/wiring.ts';
import { createClient, type Outcome } from '../../shared/platform/http/client.ts';
import type { Result, RouteContract } from '../../shared/platform/http/contract.ts';
import { inProcess } from '../../shared/platform/http/server.ts';
import { once } from '../../shared/platform/memo.ts';
import { addDays, day, localDate, localTime, minute } from '../../shared/platform/time/time.ts';
import type { Tokens } from '../../shared/platform/tokens/tokens.ts';
import { seriesRoutes } from '../../shared/series/contract.ts';
import { seriesBindings } from '../../shared/series/routes.ts';
import { waitingDeskRoutes } from '../../shared/waiting-list/contract.ts';
import { waitingOffersFor } from '../../shared/waiting-list/offers/wiring.ts';
import { waitingDeskBindings } from '../../shared/waiting-list/routes.ts';
import { waitingToken } from '../../shared/waiting-list/view.ts';
import { waitingFor } from '../../shared/waiting-list/wiring.ts';
import type { Placeholders } from './placeholder-types.ts';

const dataOf = <R extends RouteContract>(outcome: Outcome<R>): Result<R> => {
  if (!outcome.ok) throw new Error(`A sample could not be prepared: ${JSON.stringify(outcome.problem)}`);
  return outcome.data;
};

const zone = 'America/New_York';
const location = { locationId: 'brooklyn' };

/**
 * Repeating appointments and those who wait, made for one sample alone. `seriesDay`: how many days from today its three
 * weeks begin, at a time of night that no clock change skips.
 */
export const waitingPlaceholders = (
  deps: AppointmentDeps & { tokens: Tokens },
  freeTime: () => Promise<string>,
  phone: () => string,
  seriesDay: () => number,
): Placeholders => {
  const { catalogue, now, tokens } = deps;
  const staff: Actor & { roles: ['owner'] } = { id: 'staff', roles: ['owner'] };
  const api = createClient(
    [...seriesRoutes, ...waitingDeskRoutes],
    inProcess([...seriesBindings(deps), ...waitingDeskBindings(deps)], { sourceIp: '127.0.0.1', staff }, console.error),
  );
  const client = () => ({ firstName: 'Nadia', phone: phone(), language: 'en' as const });

  const bookSeries = async () => {
    const body = {
      ...location,
      startsAt: `${addDays(localDate(now(), zone), seriesDay())}T00:30`,
      services: [{ serviceId: 'cut', staffId: 'amina' }],
      rule: { every: 'weeks' as const, interval: 1, count: 3 },
      override: { hours: true as const },
      client: client(),
    };
    return dataOf(await api.bookSeries({ idempotencyKey: randomUUID(), body }));
  };

  const wait = async (wish: { from: string; to: string; timesOfDay?: { from: string; until: string } }) =>
    dataOf(
      await api.addToWaitingList({
        idempotencyKey: randomUUID(),
        body: { ...location, services: ['cut'], staff: ['amina'], client: client(), ...wish },
      }),
    );
  const waits = async () => {
    const from = addDays(localDate(now(), zone), 60);
    return wait({ from, to: addDays(from, 7) });
  };

  /** By whatever hour it is: samples are tried at night, too. */
  const always = {
    ...catalogue,
    recent: async () => {
      const directory = await catalogue.recent();
      return { ...directory, settings: { ...directory.settings, quietHours: { from: '00:00', until: '24:00' } } };
    },
  };
  const offers = waitingOffersFor({
    ...deps,
    catalogue: always,
    schedules: { put: async () => {}, remove: async () => {} },
  });
  const offered = async () => {
    const from = Date.parse(await freeTime());
    const date = localDate(from, zone);
    const timesOfDay = { from: localTime(from, zone), until: localTime(from + minute, zone) };
    const { id } = await wait({ from: date, to: date, timesOfDay });
    const span = { from, until: from + 60 * minute };
    // As if somebody had given it up.
    const times = [{ ownerId: 'amina', ...span }];
    await offers.freed({ kind: 'freed', ...location, ...span, times, gap: 'sample' });
    const waiting = await waitingFor(deps).get(id);
    if (!waiting?.offer) throw new Error('A sample could not be prepared: nothing was offered');
    return { ...waiting, offer: waiting.offer };
  };

  const [series, waiting, offer] = [once(bookSeries), once(waits), once(offered)];
  const stored = async () => {
    const entry = await waitingFor(deps).get((await waiting()).id);
    if (!entry) throw new Error('A sample could not be prepared: nobody waits');
    return entry;
  };
  return {
    inAMonth: () => addDays(localDate(now(), zone), 30),
    seriesId: async () => (await series()).id,
    seriesAppointmentId: async () => (await series()).occurrences[1]?.appointmentId ?? '',
    waitingId: async () => (await waiting()).id,
    waitingClientId: async () => (await offer()).clientId,
    waitingToken: async () => waitingToken(tokens, await stored()),
    mailedWaitingToken: async () => waitingToken(tokens, await stored(), 'sms'),
    offeredId: async () => (await offer()).id,
    offeredToken: async () => waitingToken(tokens, await offer(), 'sms'),
    offerId: async () => (await offer()).offer.id,
    offerStartsAtMs: async () => String((await offer()).offer.startsAt),
    offerEndsAtMs: async () => String((await offer()).offer.endsAt),
    offerExpiresAtMs: async () => String((await offer()).offer.expiresAt),
    tomorrowMs: () => String(now() + day),
    inTwoDaysMs: () => String(now() + 2 * day),
  };
};
