import type { Actor, Audit } from '../audit/audit.ts';
import type { Admit, Appointment, Appointments } from '../booking/appointments/appointments.ts';
import { rescheduled, visitAgain } from '../booking/appointments/reschedule.ts';
import { isExpected } from '../booking/contract.ts';
import type { DiaryPages } from '../booking/day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../booking/day-pages/writes.ts';
import { pathsInBody, resolveVisit, type VisitRequest } from '../booking/slots/request.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clients } from '../clients/clients.ts';
import { Problem, unprocessable } from '../platform/http/problems.ts';
import { newId, type Random } from '../platform/ids.ts';
import { retry } from '../platform/table/retry.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import { type TransactionWrite, transact } from '../platform/table/transact.ts';
import type { Clock } from '../platform/time/clock.ts';
import { addDays, type Instant, localDate, localTime } from '../platform/time/time.ts';
import { checked, detailsOf, permissionOf, placesOrConflict, type SetAside } from './book.ts';
import type { CancelSeriesInput, MoveSeriesInput } from './contract.ts';
import { fitting, onDay, type SeriesPlacer, type Wish } from './placement.ts';
import { createSeriesReader, type Whole } from './reader.ts';
import type { Series, SeriesStore } from './store.ts';

const liesAhead = (appointment: Appointment, now: Instant): boolean =>
  isExpected(appointment) && appointment.startsAt > now;

const inTime = (appointments: readonly Appointment[]): Appointment[] =>
  appointments.toSorted((one, other) => one.startsAt - other.startsAt);

/** Marks what one change does to `count` appointments, of which these are some, so that the first can speak for all. */
const together = (
  changed: readonly Appointment[],
  first: Pick<Appointment, 'id' | 'sequence'> | undefined,
  count: number,
): Appointment[] => {
  if (!first || count < 2) return [...changed];
  const { id, sequence } = first;
  return changed.map((each) => ({
    ...each,
    together: { sequence: each.sequence, first: { id, sequence }, count },
  }));
};

/** Those named that can still be changed. Throws not_found, status_conflict. */
const inScope = (
  { appointments }: Whole,
  { scope, appointmentId }: Pick<CancelSeriesInput, 'scope' | 'appointmentId'>,
  now: Instant,
): Appointment[] => {
  const named = scope === 'all' ? inTime(appointments)[0] : appointments.find(({ id }) => id === appointmentId);
  if (!named) throw new Problem('not_found', { detail: 'There is no such appointment in this series.' });
  if (scope !== 'one') return appointments.filter((each) => each.startsAt >= named.startsAt && liesAhead(each, now));
  if (liesAhead(named, now)) return [named];
  const state = isExpected(named) ? 'under way or over' : named.status;
  throw new Problem('status_conflict', { detail: `The appointment is ${state.replace('_', '-')}.` });
};

/** Changes one of repeating appointments, the rest, or all. */
export const createSeriesChange = (deps: {
  table: RegularsTable;
  catalogue: CatalogueReader;
  clients: Clients;
  audit: Audit;
  store: SeriesStore;
  appointments: Pick<Appointments, 'get' | 'cancelled' | 'unrecorded'>;
  pages: DiaryPages;
  placeAll: SeriesPlacer;
  now: Clock;
  random: Random;
}) => {
  const { table, catalogue, clients, audit, store, appointments, pages, placeAll, now, random } = deps;

  const read = createSeriesReader(store, appointments);

  /** Throws not_found. */
  const whole = async (id: string): Promise<Whole> => {
    const found = await read(id);
    if (!found) throw new Problem('not_found', { detail: 'There is no such series.' });
    return found;
  };

  /** Writes that go with every change: the series' version, an entry in the client's timeline and one in the audit. */
  const record = (
    by: Actor,
    event: string,
    series: Series,
    changed: readonly Appointment[],
    setAside: SetAside = {},
  ): TransactionWrite[] => {
    const at = now();
    const [first] = changed;
    const details = first ? { startsAt: first.startsAt } : {};
    const { id, clientId } = series;
    return [
      store.replace({ ...series, updatedAt: at }),
      clients.entry({ clientId, at, id: newId(random), type: event, by: by.id, appointmentId: first?.id, details }),
      ...audit.writes(by, { at, action: event, subject: `series/${id}`, details: detailsOf(changed.length, setAside) }),
    ];
  };

  const requestFor = (
    catalogueIndex: CatalogueIndex,
    current: Appointment,
    services: MoveSeriesInput['services'],
  ): VisitRequest =>
    services
      ? resolveVisit(catalogueIndex, current.locationId, services, pathsInBody, current.seats ?? 1)
      : visitAgain(catalogueIndex, current);

  return {
    whole,

    /**
     * Those that lie ahead, in one transaction where they fit, else in several: doing it again goes on. Cancelling twice
     * is once, and the client hears of each that is cancelled once, also where it ends halfway. Throws not_found,
     * status_conflict, busy, and what `admit` does for one of them.
     */
    async cancel(by: Actor, id: string, input: CancelSeriesInput, admit: Admit): Promise<Whole> {
      let done: readonly Appointment[] = [];
      return retry(random, async () => {
        const found = await whole(id);
        const one = found.appointments.find((appointment) => appointment.id === input.appointmentId);
        if (input.scope === 'one' && one?.status === 'cancelled') return found;
        const targets = inTime(inScope(found, input, now()));
        targets.forEach(admit);
        if (targets.length === 0) return found;
        const recorded = (these: readonly Appointment[]) => record(by, 'series.cancelled', found.series, these, input);
        const most = fitting(
          recorded(targets).length,
          targets.map(({ occupies }) => ({ items: 1, times: occupies })),
        );
        const portion = targets.slice(0, most);
        const cancelled = portion.map((current) => appointments.cancelled(current, by, false, input.notify === 'no'));
        const times = portion.flatMap(({ occupies }) => occupies);
        const all = [...done, ...cancelled];
        const { committed } = await transact(table, [
          ...recorded(portion),
          ...together(cancelled, all[0], done.length + targets.length).map(appointments.unrecorded.replace),
          ...diaryWrites(pages, await pagesOf(pages, times), portion, []),
        ]);
        if (committed) done = all;
        return committed && portion.length === targets.length ? whole(id) : undefined;
      });
    },

    /**
     * Those that lie ahead, all of them in one transaction or none. Throws series_conflict, not_found, status_conflict,
     * unprocessable, busy, and what `admit` does for one of them.
     */
    async move(by: Actor, id: string, input: MoveSeriesInput, admit: Admit) {
      const catalogueIndex = await catalogue.current();
      return retry(random, async () => {
        const at = now();
        const found = await whole(id);
        const skipped = new Set(input.skip);
        const targets = inScope(found, input, at).filter((current) => !skipped.has(current.id));
        targets.forEach(admit);
        const wishes = targets.map((current): Wish => {
          const request = requestFor(catalogueIndex, current, input.services);
          const { zone } = request.location;
          const day = localDate(current.startsAt, current.zone);
          const time = input.time ?? localTime(current.startsAt, current.zone);
          return { request, day, ...onDay(addDays(day, input.days), time, zone) };
        });
        const ids = targets.map((current) => current.id);
        const places = await placeAll(catalogueIndex, wishes, {
          now: at,
          permission: permissionOf(input.override),
          leaving: ids,
        });
        const occurrences = wishes.map((wish, index) => ({
          appointmentId: ids[index] ?? '',
          ...checked(wish, places.found[index]),
        }));
        if (input.check) return { moved: false, occurrences };

        const placed = placesOrConflict(places, wishes, ids);
        if (placed.length === 0) return { moved: true, occurrences };
        const moves = targets.flatMap((from, index) => {
          const [place, wish] = [placed[index], wishes[index]];
          return place && wish
            ? [
                {
                  from,
                  ...rescheduled(from, wish.request, place, {
                    at,
                    by: by.id,
                    silent: input.notify === 'no',
                    ...catalogueIndex.settings.noShows,
                  }),
                },
              ]
            : [];
        });
        // Nobody is told of appointments that only change, or of one that staff enter for earlier today.
        const described = inTime(moves.flatMap(({ to }) => (to.movedAt === at && to.startsAt > at ? [to] : [])));
        const marked = new Map(together(described, described[0], described.length).map((each) => [each.id, each]));
        const writes = record(by, 'series.moved', found.series, targets, input);
        const most = fitting(
          writes.length,
          moves.map(({ from, to }) => ({
            items: 1 + appointments.unrecorded.leave(from, to, at).length,
            times: [...from.occupies, ...to.occupies],
          })),
        );
        if (most < moves.length) {
          throw unprocessable(
            'skip',
            `must leave at most ${most} of these ${moves.length} to be moved at once; move the others after them`,
          );
        }
        const read = await pagesOf(
          pages,
          moves.flatMap(({ from }) => from.occupies),
          places.pages,
        );
        const { committed } = await transact(table, [
          ...writes,
          ...moves.flatMap(({ from, to }) => [
            appointments.unrecorded.replace(marked.get(to.id) ?? to),
            ...appointments.unrecorded.leave(from, to, at),
          ]),
          ...diaryWrites(
            pages,
            read,
            moves.map(({ from }) => from),
            moves.map(({ to }) => to),
          ),
        ]);
        return committed ? { moved: true, occurrences } : undefined;
      });
    },
  };
};
