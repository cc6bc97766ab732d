import type { Actor, Audit } from '../audit/audit.ts';
import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import { draft } from '../booking/appointments/draft.ts';
import type { DiaryPages } from '../booking/day-pages/pages.ts';
import { diaryWrites } from '../booking/day-pages/writes.ts';
import type { Permission } from '../booking/slots/free-times.ts';
import { pathsInBody, resolveVisit, type VisitRequest } from '../booking/slots/request.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { ReachOf } from '../clients/addresses/reach.ts';
import type { Clients } from '../clients/clients.ts';
import { resolveForStaff } from '../clients/resolve.ts';
import { clientWrites } from '../clients/writes.ts';
import type { Notify, Override } from '../diary/override.ts';
import { Problem, unprocessable } from '../platform/http/problems.ts';
import type { Idempotent } from '../platform/idempotent.ts';
import { newId, type Random } from '../platform/ids.ts';
import type { Clock } from '../platform/time/clock.ts';
import { type Instant, isoWithOffset, type LocalDate, weekdayOf } from '../platform/time/time.ts';
import { maxInSeries, type SeriesCheckInput, type SeriesInput } from './contract.ts';
import {
  fitting,
  localMomentOf,
  momentText,
  onDay,
  type Place,
  type Places,
  type SeriesPlacer,
  type Wish,
} from './placement.ts';
import { seriesConflict } from './problems.ts';
import { datesOf, daysOf, type Rule, weeksOf } from './recurrence.ts';
import type { SeriesStore } from './store.ts';

/** For the audit. */
/** Rules that staff knowingly set aside; the audit tells. */
export interface SetAside {
  override?: Override;
  notify?: Notify;
}

export const detailsOf = (count: number, { override, notify }: SetAside): Record<string, string> => ({
  count: String(count),
  ...(override ? { override: 'hours' } : {}),
  ...(notify === 'no' ? { notify } : {}),
});

export const permissionOf = (override: Override): Permission => ({
  anyTime: true,
  anyHours: override !== undefined,
});

/** Beyond what any series may have, so that the days to skip can be taken out first. */
const maxRuleLength = 2 * 100;

const endOf = (rule: Rule): string => (rule.count === undefined ? 'rule.until' : 'rule.count');

const tooLong = (rule: Rule, most: number): Problem =>
  unprocessable(endOf(rule), `makes too many appointments: at most ${most} of these can be booked at once`);

/** Throws unprocessable for a first day that is none of the rule's. */
const ruleFor = (given: SeriesCheckInput['rule'], first: LocalDate): Rule => {
  const mustFit = <T>(field: string, own: readonly T[], wanted: readonly T[]): void => {
    if (!own.some((each) => wanted.includes(each)))
      throw unprocessable(`rule.${field}`, `does not fit ${first}, the first appointment`, own.map(String));
  };
  if (given.every === 'weeks') {
    if (given.weekdays) mustFit('weekdays', [weekdayOf(first)], given.weekdays);
    return given;
  }
  const { week, day, ...rule } = given;
  if (day !== undefined) {
    mustFit('day', daysOf(first), [day]);
    return { ...rule, day };
  }
  const weeks = weeksOf(first);
  if (week !== undefined) mustFit('week', weeks, [week]);
  return { ...rule, week: week ?? (weeks.includes(5) ? 'last' : (weeks[0] ?? 'last')) };
};

interface Plan {
  request: VisitRequest;
  rule: Rule;
  /** One for each appointment. */
  wishes: Wish[];
}

/** Throws invalid_request and unprocessable that name the field. */
const planOf = (catalogueIndex: CatalogueIndex, input: SeriesCheckInput): Plan => {
  const request = resolveVisit(catalogueIndex, input.locationId, input.services, pathsInBody, input.seats);
  const { zone } = request.location;
  const first = localMomentOf(input.startsAt, zone, 'startsAt');
  const rule = ruleFor(input.rule, first.date);
  const days = datesOf(rule, first.date, maxRuleLength);
  if (days.length === 0) throw unprocessable('rule.until', 'must not be before the first appointment');
  const named = [
    ...input.skip.map((date, index) => ({ date, path: `skip[${index}]` })),
    ...input.at.map(({ date }, index) => ({ date, path: `at[${index}].date` })),
  ];
  const stranger = named.find(({ date }) => !days.includes(date));
  if (stranger) throw unprocessable(stranger.path, 'is no day of this rule');
  const replaced = new Map(
    input.at.map(({ date, startsAt }, index) => [date, localMomentOf(startsAt, zone, `at[${index}].startsAt`)]),
  );
  const kept = days.filter((day) => !input.skip.includes(day));
  if (kept.length === 0) throw unprocessable('skip', 'leaves no appointment');
  if (kept.length > maxInSeries) throw tooLong(rule, maxInSeries);
  return {
    request,
    rule,
    wishes: kept.map((day) => ({ request, day, ...(replaced.get(day) ?? onDay(day, first.time, zone)) })),
  };
};

/** Each its place; throws series_conflict that tells all that can't be had. */
export const placesOrConflict = (
  { found }: Places,
  wishes: readonly Wish[],
  appointmentIds: readonly string[] = [],
): Place[] => {
  const conflicts = found.flatMap((each, index) => {
    const wish = wishes[index];
    if ('place' in each || !wish) return [];
    const { day: date, request } = wish;
    const startsAt = momentText(wish, request.location.zone);
    return [{ date, startsAt, ...each.conflict, appointmentId: appointmentIds[index] }];
  });
  if (conflicts.length > 0) {
    throw new Problem(seriesConflict, {
      detail: `${conflicts.length} of ${wishes.length} times are not available; skip them or choose others.`,
      conflicts,
    });
  }
  return found.flatMap((each) => ('place' in each ? [each.place] : []));
};

/** Result of a check of one appointment. */
export const checked = (wish: Wish, found: Places['found'][number] | undefined) => {
  const { zone } = wish.request.location;
  const startsAt = momentText(wish, zone);
  if (!found) return { startsAt };
  if ('conflict' in found) return { startsAt, conflict: found.conflict };
  const { endsAt, assignments } = found.place;
  return { startsAt, endsAt: isoWithOffset(endsAt, zone), staff: assignments.map(({ person }) => person.id) };
};

export const createSeriesBook = (deps: {
  catalogue: CatalogueReader;
  clients: Clients;
  reachOf: ReachOf;
  audit: Audit;
  store: SeriesStore;
  appointments: Pick<Appointments, 'unrecorded'>;
  pages: DiaryPages;
  placeAll: SeriesPlacer;
  idempotent: Idempotent;
  now: Clock;
  random: Random;
}) => {
  const { catalogue, clients, audit, store, appointments, pages, placeAll, idempotent, now, random } = deps;

  const record = (by: Actor, at: Instant, id: string, all: readonly Appointment[], setAside: SetAside) => {
    const [first] = all;
    const { clientId = '', startsAt = 0, id: appointmentId } = first ?? {};
    const details = { startsAt };
    return [
      clients.entry({ clientId, at, id: newId(random), type: 'series.booked', by: by.id, appointmentId, details }),
      ...audit.writes(by, {
        at,
        action: 'series.booked',
        subject: `series/${id}`,
        details: detailsOf(all.length, setAside),
      }),
    ];
  };

  return {
    /** Changes nothing. */
    async check(input: SeriesCheckInput) {
      const catalogueIndex = await catalogue.current();
      const { request, wishes } = planOf(catalogueIndex, input);
      const { found } = await placeAll(catalogueIndex, wishes, {
        now: now(),
        permission: permissionOf(input.override),
      });
      return {
        zone: request.location.zone,
        free: found.every((each) => 'place' in each),
        occurrences: wishes.map((wish, index) => ({ date: wish.day, ...checked(wish, found[index]) })),
      };
    },

    /**
     * All appointments in one transaction, or none; answers the id of the series. Throws series_conflict,
     * unprocessable, idempotency_mismatch, busy.
     */
    async book(by: Actor, input: SeriesInput, idempotencyKey: string): Promise<string> {
      const catalogueIndex = await catalogue.current();
      const { request, rule, wishes } = planOf(catalogueIndex, input);
      const booked = await idempotent(idempotencyKey, ['series', input], async () => {
        const { contact, known, sharing, noShows } = await resolveForStaff(deps, catalogueIndex.settings, input);
        const at = now();
        const places = await placeAll(catalogueIndex, wishes, { now: at, permission: permissionOf(input.override) });
        // Another time for one day may come before the day before it: the first is the earliest.
        const placed = placesOrConflict(places, wishes).sort((one, other) => one.startsAt - other.startsAt);
        const { clientId, writes } = clientWrites(clients, random, {
          contact,
          known,
          sharing,
          consents: [],
          business: catalogueIndex.settings.name,
          how: 'desk',
          at,
        });
        const id = newId(random);
        const count = placed.length;
        const { notes, source } = input;
        const all = placed.map((place, index) =>
          draft({
            id: newId(random),
            clientId,
            request,
            placement: { ...place, pages: places.pages },
            contact,
            at,
            by: by.id,
            silent: input.notify === 'no',
            notes,
            source,
            more: { series: { id, index, count }, ...(noShows > 0 ? { noShows } : {}) },
          }),
        );
        const fixed = [
          store.create({
            id,
            version: 1,
            clientId,
            locationId: request.location.id,
            zone: request.location.zone,
            rule,
            services: input.services,
            appointmentIds: all.map((appointment) => appointment.id),
            createdAt: at,
            updatedAt: at,
          }),
          ...record(by, at, id, all, input),
          ...writes,
        ];
        const most = fitting(
          fixed.length + 1,
          all.map(({ occupies }) => ({ items: 1, times: occupies })),
        );
        if (most < count) throw tooLong(rule, most);
        return {
          answer: { id },
          writes: [...fixed, ...all.map(appointments.unrecorded.create), ...diaryWrites(pages, places.pages, [], all)],
        };
      });
      return booked.id;
    },
  };
};
