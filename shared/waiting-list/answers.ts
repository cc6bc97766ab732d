import { type Actor, type Audit, client } from '../audit/audit.ts';
import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import { draft } from '../booking/appointments/draft.ts';
import type { DiaryPages } from '../booking/day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../booking/day-pages/writes.ts';
import { conditionsProven, conditionsUnproven } from '../booking/no-show-policy.ts';
import type { createFinder, Placement } from '../booking/placement/placement.ts';
import { onlyBySentLink, type Press, type Pressed } from '../booking/press.ts';
import { timeTaken, timeUnavailable } from '../booking/problems.ts';
import type { VisitRequest } from '../booking/slots/request.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clients } from '../clients/clients.ts';
import type { Channel } from '../platform/fields.ts';
import { Problem } from '../platform/http/problems.ts';
import { newId, type Random } from '../platform/ids.ts';
import { retry } from '../platform/table/retry.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import { type TransactionWrite, transact } from '../platform/table/transact.ts';
import type { Clock } from '../platform/time/clock.ts';
import { ahead, isOffered } from './line/ahead.ts';
import type { FreeThen } from './line/free-then.ts';
import type { Rank } from './line/rank.ts';
import type { Asked } from './offers/asked.ts';
import { createPassOn } from './offers/pass-on.ts';
import { createReserve } from './offers/reserve.ts';
import { offerExpired } from './problems.ts';
import { offeredVisit } from './request.ts';
import { asJoined, isOfAnswer, offerNow, rankingOf, stateOf, withoutOffer } from './rules.ts';
import type { Offer, Waiting, WaitingStore } from './store.ts';

const ended = (): Problem =>
  new Problem(offerExpired, {
    detail:
      'The time is no longer kept for you and goes to the next one who waits. You stay on the list, and hear of the next free time.',
  });

/** Throws status_conflict for whoever waits no longer. */
const mustWait = (waiting: Waiting, now: number): void => {
  const state = stateOf(waiting, now);
  if (state === 'waiting' || state === 'offered') return;
  const told = { booked: 'A time has been booked already.', left: 'You are not on the list any more.' };
  throw new Problem('status_conflict', {
    detail: state === 'lapsed' ? 'The days for which you waited have passed.' : told[state],
  });
};

/** Returns the id of the appointment where this very offer has been taken already. */
const takenBy = ({ status, offer, appointmentId }: Waiting, offerId: string): string | undefined =>
  status === 'booked' && offer?.id === offerId ? appointmentId : undefined;

const waitsForEnough = (): Problem =>
  new Problem('too_many_requests', {
    detail: 'You are on the list for as much as we take online; leave another place, or call us to wait for more.',
  });

interface FoundVisit {
  request: VisitRequest;
  placement: Placement;
}

/** Answers of those who wait to an offer. */
export const createWaitingAnswers = (deps: {
  table: RegularsTable;
  catalogue: CatalogueReader;
  clients: Clients;
  audit: Audit;
  appointments: Appointments;
  store: WaitingStore;
  pages: DiaryPages;
  find: ReturnType<typeof createFinder>;
  rank: Pick<Rank, 'settled' | 'roomLeft'>;
  freeThen: Pick<FreeThen, 'of'>;
  asked: Asked;
  press: Press;
  now: Clock;
  random: Random;
}) => {
  const { table, catalogue, clients, audit, appointments, store, pages, find, rank, press, now, random } = deps;
  const passOn = createPassOn({ ...deps, reserve: createReserve(deps) });

  const need = async (id: string): Promise<Waiting> => {
    const waiting = await store.get(id);
    if (!waiting) throw new Problem('not_found', { detail: 'No such waiting-list entry.' });
    return waiting;
  };

  /** The entry behind a link to which offers are sent; whoever only holds the answer to joining learns of none. */
  const needForOffer = async (id: string, writtenTo: Channel | undefined): Promise<Waiting> => {
    const waiting = await need(id);
    if (isOfAnswer(waiting, writtenTo)) throw onlyBySentLink();
    return waiting;
  };

  const record = (by: Actor, action: string, { id, clientId }: Waiting): TransactionWrite[] => [
    clients.entry({ clientId, at: now(), id: newId(random), type: action, by: by.id }),
    ...audit.writes(by, { at: now(), action, subject: `waiting/${id}` }),
  ];

  const mustHaveRoom = async ({ clientId }: Waiting): Promise<void> => {
    const { settings } = await catalogue.current();
    const ranking = (await ahead(store, clientId, now())).filter(isOffered);
    if (ranking.length >= settings.publicForms.openPerClient) throw waitsForEnough();
  };

  /** Ends the wait or only the offer; what is kept for it goes on to the next. `undefined`: somebody was faster. */
  const giveUp = async (by: Actor, action: string, from: Waiting, to: Waiting): Promise<Waiting | undefined> => {
    const passedOn = await passOn(from);
    if (!passedOn) return undefined;
    const { committed } = await transact(table, [store.replace(to), ...record(by, action, from), ...passedOn]);
    return committed ? to : undefined;
  };

  /** Finds the visit where it is offered. `undefined`: what was read has changed. Throws time_taken, time_unavailable. */
  const findOffered = async (
    catalogueIndex: CatalogueIndex,
    waiting: Waiting,
    offer: Offer,
  ): Promise<FoundVisit | undefined> => {
    const request = offeredVisit(catalogueIndex, waiting, offer);
    const placement = request && (await find(catalogueIndex, request, offer.startsAt, { leaving: [offer.id] }));
    if (placement && typeof placement !== 'string') return { request, placement };
    // The same press, a moment earlier, may have booked it.
    if ((await store.get(waiting.id))?.version !== waiting.version) return undefined;
    throw new Problem(placement === 'time_taken' ? timeTaken : timeUnavailable, {
      detail: 'We can’t keep this time after all; please call us.',
    });
  };

  /** Drafts the appointment under the conditions for no-shows. Throws booking_refused. */
  const draftTaken = async (
    { settings }: CatalogueIndex,
    { clientId, contact, source, household }: Waiting,
    { startsAt }: Offer,
    { request, placement }: FoundVisit,
    pressed: Pressed | undefined,
  ): Promise<Appointment> => {
    const noShows = (await clients.get(clientId))?.noShows ?? 0;
    const at = now();
    const conditions = pressed
      ? { ...conditionsProven(settings, pressed.noShows, request.location.phone), proven: pressed.proven }
      : conditionsUnproven(settings, { noShows, isMany: false }, at, startsAt);
    const more = { ...conditions, household, ...(noShows > 0 ? { noShows } : {}) };
    return draft({ id: newId(random), clientId, request, placement, contact, at, by: client.id, source, more });
  };

  return {
    need,

    /** The entry behind a good link; throws link_invalid for one that is no longer kept. */
    async behindLink(id: string): Promise<Waiting> {
      const waiting = await store.get(id);
      if (!waiting) throw new Problem('link_invalid');
      return waiting;
    },

    /** Books what is offered; taking the same twice is once. Throws offer_expired, status_conflict, booking_refused, time_unavailable, busy. */
    take: (id: string, offerId: string, writtenTo: Channel | undefined): Promise<Appointment> =>
      retry(random, async () => {
        const waiting = await needForOffer(id, writtenTo);
        const pressed = await press(waiting, writtenTo);
        const taken = takenBy(waiting, offerId);
        if (taken) return appointments.need(taken);
        mustWait(waiting, now());
        const { offer } = waiting;
        if (offer?.id !== offerId || !offerNow(waiting, now())) throw ended();
        const catalogueIndex = await catalogue.current();
        const found = await findOffered(catalogueIndex, waiting, offer);
        if (!found) return undefined;
        const appointment = await draftTaken(catalogueIndex, waiting, offer, found, pressed);
        const read = await pagesOf(pages, offer.occupies, found.placement.pages);
        const { committed } = await transact(table, [
          store.replace({
            ...waiting,
            status: 'booked',
            appointmentId: appointment.id,
            updatedAt: appointment.bookedAt,
          }),
          ...appointments.create(client, appointment),
          ...diaryWrites(pages, read, [offer], [appointment]),
        ]);
        return committed ? appointment : undefined;
      }),

    /** Goes on waiting without the time. Throws offer_expired, status_conflict, busy. */
    decline: (id: string, offerId: string, writtenTo: Channel | undefined): Promise<Waiting> =>
      retry(random, async () => {
        const waiting = await needForOffer(id, writtenTo);
        await press(waiting, writtenTo);
        mustWait(waiting, now());
        if (waiting.offer?.id !== offerId) return waiting;
        if (!offerNow(waiting, now())) throw ended();
        return giveUp(client, 'waiting.declined', waiting, withoutOffer(waiting, 'declined', now()));
      }),

    /**
     * Says by a link that was sent that the address is the client's own, and that the client waits on: it ranks, after
     * unanswered offers, too. Twice is once. Throws status_conflict, too_many_requests, busy.
     */
    stay: (id: string, writtenTo: Channel | undefined): Promise<Waiting> =>
      retry(random, async () => {
        const waiting = await need(id);
        if (!writtenTo || !(await press(waiting, writtenTo))) throw onlyBySentLink();
        mustWait(waiting, now());
        if (rankingOf(waiting) === 'ranks') return waiting;
        if (!isOffered(waiting)) await mustHaveRoom(waiting);
        const to: Waiting = {
          ...waiting,
          ranking: 'ranks',
          proven: waiting.proven ?? writtenTo,
          stayedAfter: waiting.passed.at(-1)?.startsAt,
          updatedAt: now(),
        };
        const { committed } = await transact(table, [store.replace(to), ...record(client, 'waiting.stayed', waiting)]);
        if (!committed) return undefined;
        await rank.roomLeft(waiting);
        return to;
      }),

    /** Takes the client off the list; proves nothing, as whoever was put on it by somebody else leaves, too. Throws not_found, status_conflict, busy, and what `admit` does. */
    leave: (by: Actor, id: string, admit: (waiting: Waiting) => unknown = () => {}): Promise<Waiting> =>
      retry(random, async () => {
        const waiting = await need(id);
        await admit(waiting);
        if (waiting.status === 'left') return waiting;
        mustWait(waiting, now());
        return giveUp(by, 'waiting.left', waiting, { ...withoutOffer(waiting, 'declined', now()), status: 'left' });
      }),

    /**
     * Takes the client off by the link of the answer to joining, and tells nothing of what has become of the place
     * meanwhile: who has a booking by it keeps it. Twice is once. Throws status_conflict, busy.
     */
    leaveAsJoined: (id: string): Promise<Waiting> =>
      retry(random, async () => {
        const waiting = await need(id);
        if (waiting.leftByAnswer) return waiting;
        mustWait(asJoined(waiting), now());
        const left = { ...waiting, leftByAnswer: true, updatedAt: now() };
        if (stateOf(waiting, now()) !== 'booked' && waiting.status !== 'left')
          return giveUp(client, 'waiting.left', waiting, {
            ...withoutOffer(left, 'declined', now()),
            status: 'left',
          });
        return (await transact(table, [store.replace(left)])).committed ? left : undefined;
      }),
  };
};
