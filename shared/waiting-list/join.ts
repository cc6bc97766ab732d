import { type Actor, type Audit, client } from '../audit/audit.ts';
import { type Availability, maxSpanDays } from '../booking/placement/availability.ts';
import { boundsOf } from '../booking/slots/bounds.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { ReachOf } from '../clients/addresses/reach.ts';
import type { Clients, Contact } from '../clients/clients.ts';
import { mustBeReachable } from '../clients/contact.ts';
import { type ForWhom, type Resolved, resolveClient, resolveForStaff } from '../clients/resolve.ts';
import { clientWrites } from '../clients/writes.ts';
import { unprocessable } from '../platform/http/problems.ts';
import type { Attempt, Idempotent } from '../platform/idempotent.ts';
import { newId, type Random } from '../platform/ids.ts';
import type { FormGuard } from '../platform/limits/form-guard.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';
import type { Clock } from '../platform/time/clock.ts';
import { datesBetween } from '../platform/time/dates.ts';
import { addDays, daysBetween, type Instant, isoWithOffset, localDate, weekdayOf } from '../platform/time/time.ts';
import { type DeskWaitingInput, maxWaitDays, type WaitingInput, type Wanted } from './contract.ts';
import type { Admit } from './line/admit.ts';
import type { Crowd, Room } from './line/crowd.ts';
import type { FreeThen } from './line/free-then.ts';
import { requestFor, requestOnline } from './request.ts';
import { daysWithin, suits, takesRoom } from './rules.ts';
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

/** The entry that has joined, and the first times that would do and are free already. */
export interface Joined {
  /** The entry's id. */
  id: string;
  freeNow: { startsAt: string }[];
}

type Standing = Pick<Waiting, 'ranking' | 'proven' | 'household'>;

export const createJoin = (deps: {
  catalogue: CatalogueReader;
  clients: Clients;
  reachOf: ReachOf;
  audit: Audit;
  store: WaitingStore;
  admit: Admit;
  crowd: Crowd;
  freeThen: Pick<FreeThen, 'writes'>;
  availability: Availability;
  idempotent: Idempotent;
  now: Clock;
  random: Random;
}) => {
  const { catalogue, clients, audit, store, admit, crowd, freeThen, availability, idempotent, now, random } = deps;

  /** Starts that would do and are free already, as far ahead as one may ask. */
  const freeFor = async (catalogueIndex: CatalogueIndex, waiting: Waiting): Promise<Instant[]> => {
    const { zone } = waiting;
    const today = localDate(now(), zone);
    const first = waiting.from > today ? waiting.from : today;
    const last = [addDays(first, maxSpanDays - 1), localDate(boundsOf(catalogueIndex, now()).latest, zone)].sort()[0];
    const days = daysWithin(waiting, first, last ?? first);
    if (!days) return [];
    const found = await availability.find(catalogueIndex, requestFor(catalogueIndex, waiting), days.from, days.to);
    return found
      .flatMap(({ times }) => times)
      .map(({ startsAt }) => startsAt)
      .filter((startsAt) => suits(waiting, startsAt, zone));
  };

  const entryOf = (
    { zone }: { zone: string },
    wanted: Wanted,
    who: { clientId: string; contact: Contact; source: string | undefined; at: Instant },
    standing: Standing,
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
      ...standing,
      createdAt: who.at,
      updatedAt: who.at,
    };
  };

  /** Throws unprocessable. */
  const checkedLocation = (catalogueIndex: CatalogueIndex, wanted: Wanted, request = requestFor) => {
    const { location } = request(catalogueIndex, wanted);
    checkDays(wanted, location.zone, now());
    return location;
  };

  const enter = (
    by: Actor,
    catalogueIndex: CatalogueIndex,
    wanted: Wanted & Pick<ForWhom, 'source'>,
    { contact, known, sharing }: Resolved,
    standing: Standing,
  ) => {
    const at = now();
    const how = by === client ? 'waiting list form' : 'desk';
    const { clientId, writes } = clientWrites(clients, random, {
      contact,
      known,
      sharing,
      consents: [],
      business: catalogueIndex.settings.name,
      how,
      at,
    });
    const location = checkedLocation(catalogueIndex, wanted);
    const waiting = entryOf(location, wanted, { clientId, contact, source: wanted.source, at }, standing);
    const action = 'waiting.joined';
    const written: TransactionWrite[] = [
      store.create(waiting),
      clients.entry({ clientId, at, id: newId(random), type: action, by: by.id }),
      ...audit.writes(by, { at, action, subject: `waiting/${waiting.id}` }),
      ...writes,
    ];
    return { waiting, written };
  };

  /** The answer to joining; what is free already is kept with the entry, for it is not what one waits for. */
  const joined = async (
    catalogueIndex: CatalogueIndex,
    { waiting, written }: ReturnType<typeof enter>,
  ): Promise<Attempt<Joined>> => {
    const free = await freeFor(catalogueIndex, waiting);
    const freeNow = free.slice(0, maxFreeNow).map((startsAt) => ({ startsAt: isoWithOffset(startsAt, waiting.zone) }));
    return { answer: { id: waiting.id, freeNow }, writes: [...written, ...freeThen.writes(waiting, free)] };
  };

  return {
    /**
     * Throws form_rejected, too_many_requests, unprocessable, idempotency_mismatch, busy. May be used where a time is
     * free: the answer tells it, and nothing of whose the addresses are. `household`: by `householdKey`.
     */
    async byForm(
      guard: FormGuard,
      input: WaitingInput,
      idempotencyKey: string,
      { sourceIp, household }: { sourceIp: string; household: string },
    ): Promise<Joined> {
      const { formToken, website, ...request } = input;
      const catalogueIndex = await catalogue.current();
      const { settings } = catalogueIndex;
      const attempt = async (room: Room) => {
        await guard.inspect({ formToken, website }, settings.publicForms);
        const limits = { ...settings.publicForms, ...settings.publicLimits };
        await guard.admit(sourceIp, formToken, [idempotencyKey, request], limits, { mayWait: true });
        const { id: locationId, zone } = checkedLocation(catalogueIndex, request, requestOnline);
        const resolved = await resolveClient(clients, settings, request);
        const { contact, known } = resolved;
        await mustBeReachable(contact, settings);
        const takeRoom = () => room.take({ locationId, zone }, settings.waitingList);
        const standing = { household, ...(await admit({ contact, household }, known, settings, takeRoom)) };
        const entered = enter(client, catalogueIndex, request, resolved, standing);
        room.standsIn(takesRoom(entered.waiting) ? entered.waiting.id : undefined);
        return joined(catalogueIndex, entered);
      };
      return crowd.forForm((room) => idempotent(idempotencyKey, ['waiting', request], () => attempt(room)));
    },

    /** Staff put a caller on the list. Throws unprocessable, idempotency_mismatch, busy. */
    async byStaff(by: Actor, input: DeskWaitingInput, idempotencyKey: string): Promise<Joined> {
      const catalogueIndex = await catalogue.current();
      return idempotent(idempotencyKey, ['waiting', input], async () => {
        checkedLocation(catalogueIndex, input);
        const resolved = await resolveForStaff(deps, catalogueIndex.settings, input);
        return joined(catalogueIndex, enter(by, catalogueIndex, input, resolved, { ranking: 'ranks' }));
      });
    },
  };
};
