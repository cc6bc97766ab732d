import { type Actor, type Audit, client } from '../audit/audit.ts';
import { conditionsFor } from '../booking/no-show-policy.ts';
import { type Availability, maxSpanDays } from '../booking/placement/availability.ts';
import { boundsOf } from '../booking/slots/bounds.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clients, Contact } from '../clients/clients.ts';
import { type ForWhom, resolveClient } from '../clients/resolve.ts';
import { clientWrites } from '../clients/writes.ts';
import type { FormGuard } from '../platform/form-guard.ts';
import { Problem, unprocessable } from '../platform/http/problems.ts';
import type { Idempotent } from '../platform/idempotent.ts';
import { newId, type Random } from '../platform/ids.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';
import type { Clock } from '../platform/time/clock.ts';
import { datesBetween } from '../platform/time/dates.ts';
import { addDays, daysBetween, type Instant, isoWithOffset, localDate, weekdayOf } from '../platform/time/time.ts';
import { type DeskWaitingInput, maxWaitDays, type WaitingInput, type Wanted } from './contract.ts';
import { requestFor } from './request.ts';
import { daysWithin, stateOf, suits } from './rules.ts';
import type { Waiting, WaitingStore } from './store.ts';

const maxFreeNow = 5;

/** Throws unprocessable for days that can't be waited for. */
const checkDays = ({ from, to, weekdays }: Wanted, zone: string, now: Instant): void => {
  const days = daysBetween(from, to);
  if (days < 0) throw unprocessable('to', 'must not be before `from`');
  if (days > maxWaitDays) throw unprocessable('to', `must be at most ${maxWaitDays} days after \`from\``);
  if (to < localDate(now, zone)) throw unprocessable('to', 'has passed');
  const within = new Set(datesBetween(from, to).map(weekdayOf));
  if (weekdays && !weekdays.some((weekday) => within.has(weekday)))
    throw unprocessable('weekdays', 'none of them lies between `from` and `to`', [...within]);
};

/** Who has joined, and the first times that would do and are free already. */
export interface Joined {
  /** The entry's id. */
  id: string;
  freeNow: { startsAt: string }[];
}

export const createJoin = (deps: {
  catalogue: CatalogueReader;
  clients: Clients;
  audit: Audit;
  store: WaitingStore;
  availability: Availability;
  once: Idempotent;
  now: Clock;
  random: Random;
}) => {
  const { catalogue, clients, audit, store, availability, once, now, random } = deps;

  const freeFor = async (catalogueIndex: CatalogueIndex, waiting: Waiting): Promise<Joined['freeNow']> => {
    const { zone } = waiting;
    const today = localDate(now(), zone);
    const first = waiting.from > today ? waiting.from : today;
    const last = [addDays(first, maxSpanDays - 1), localDate(boundsOf(catalogueIndex, now()).latest, zone)].sort()[0];
    const days = daysWithin(waiting, first, last ?? first);
    if (!days) return [];
    const found = await availability.find(catalogueIndex, requestFor(catalogueIndex, waiting), days.from, days.to);
    return found
      .flatMap(({ times }) => times)
      .filter(({ startsAt }) => suits(waiting, startsAt, zone))
      .slice(0, maxFreeNow)
      .map(({ startsAt }) => ({ startsAt: isoWithOffset(startsAt, zone) }));
  };

  const entryOf = (
    { zone }: { zone: string },
    wanted: Wanted,
    who: { clientId: string; contact: Contact; source: string | undefined; at: Instant },
  ): Waiting => {
    const { firstName, lastName, phone, email, language, preferredChannel, zone: own } = who.contact;
    const { locationId, services, staff, seats, from, to, weekdays, timesOfDay } = wanted;
    return {
      id: newId(random),
      version: 1,
      status: 'waiting',
      locationId,
      zone,
      clientId: who.clientId,
      contact: { firstName, lastName: lastName || undefined, phone, email, language, preferredChannel, zone: own },
      services,
      staff,
      seats,
      from,
      to,
      weekdays,
      timesOfDay,
      passed: [],
      source: who.source || undefined,
      createdAt: who.at,
      updatedAt: who.at,
    };
  };

  /** Throws unprocessable. */
  const checkedLocation = (catalogueIndex: CatalogueIndex, wanted: Wanted) => {
    const { location } = requestFor(catalogueIndex, wanted);
    checkDays(wanted, location.zone, now());
    return location;
  };

  const enter = (
    by: Actor,
    catalogueIndex: CatalogueIndex,
    wanted: Wanted & ForWhom,
    contact: Contact,
    known?: string,
  ) => {
    const at = now();
    const how = by === client ? 'waiting list form' : 'desk';
    const { clientId, writes } = clientWrites(clients, random, { contact, known, consents: [], how, at });
    const location = checkedLocation(catalogueIndex, wanted);
    const waiting = entryOf(location, wanted, { clientId, contact, source: wanted.source, at });
    const action = 'waiting.joined';
    const written: TransactionWrite[] = [
      store.create(waiting),
      clients.entry({ clientId, at, id: newId(random), type: action, by: by.id }),
      ...audit.writes(by, { at, action, subject: `waiting/${waiting.id}` }),
      ...writes,
    ];
    return { waiting, written };
  };

  /** Throws too_many_requests for a client who waits for too much. */
  const mustNotHoard = async (clientId: string, most: number): Promise<void> => {
    const all = await store.forClient(clientId);
    const ahead = all.filter((waiting) => ['waiting', 'offered'].includes(stateOf(waiting, now())));
    if (ahead.length < most) return;
    throw new Problem('too_many_requests', {
      detail: `This phone or e-mail stands on the list ${ahead.length} times already; leave some of them first.`,
    });
  };

  return {
    /**
     * Throws form_rejected, booking_refused, too_many_requests, unprocessable, idempotency_mismatch, busy. May be used
     * where a time is free: the answer tells it.
     */
    async byForm(guard: FormGuard, input: WaitingInput, idempotencyKey: string, sourceIp: string): Promise<Joined> {
      const { formToken, website, ...request } = input;
      const catalogueIndex = await catalogue.current();
      const { settings } = catalogueIndex;
      return once(idempotencyKey, ['waiting', request], async () => {
        await guard.inspect({ formToken, website }, settings.publicForms);
        await guard.admit(sourceIp, idempotencyKey, settings.publicForms);
        const location = checkedLocation(catalogueIndex, request);
        const { contact, known, noShows } = await resolveClient(clients, settings, request);
        if (known) await mustNotHoard(known, settings.publicForms.openPerClient);
        conditionsFor(settings, noShows, now(), now(), location.phone);
        const { waiting, written } = enter(client, catalogueIndex, request, contact, known);
        return { answer: { id: waiting.id, freeNow: await freeFor(catalogueIndex, waiting) }, writes: written };
      });
    },

    /** Staff put a caller on the list. Throws unprocessable, idempotency_mismatch, busy. */
    async byStaff(by: Actor, input: DeskWaitingInput, idempotencyKey: string): Promise<Joined> {
      const catalogueIndex = await catalogue.current();
      return once(idempotencyKey, ['waiting', input], async () => {
        checkedLocation(catalogueIndex, input);
        const { contact, known } = await resolveClient(clients, catalogueIndex.settings, input);
        const { waiting, written } = enter(by, catalogueIndex, input, contact, known);
        return { answer: { id: waiting.id, freeNow: await freeFor(catalogueIndex, waiting) }, writes: written };
      });
    },
  };
};
