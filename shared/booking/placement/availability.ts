import type * as z from 'zod';
import { anyone } from '../../business/catalogue.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import { unprocessable } from '../../platform/http/problems.ts';
import { lasting } from '../../platform/http/server.ts';
import type { Clock } from '../../platform/time/clock.ts';
import {
  addDays,
  daysBetween,
  type Instant,
  isoWithOffset,
  type LocalDate,
  localDate,
} from '../../platform/time/time.ts';
import type { availabilityAnswer, availabilityQuery } from '../contract.ts';
import { busyOn, type DiaryPage, type DiaryPages } from '../day-pages/pages.ts';
import { boundsOf } from '../slots/bounds.ts';
import { type FreeTime, freeTimes, rangeOf } from '../slots/free-times.ts';
import { ownersOf, resolveVisit, type VisitRequest } from '../slots/request.ts';
import { createAnswers, stateOf } from './kept-answers.ts';

export const maxSpanDays = 62;

const expandStaff = (staff: readonly string[] | undefined, services: readonly string[]): string[] => {
  const people = staff ?? [anyone];
  if (people.length === 1) return services.map(() => people[0] ?? anyone);
  if (people.length === services.length) return [...people];
  throw unprocessable('staff', `must name one person, or as many as services (${services.length})`);
};

export const checkSpan = (from: LocalDate, to: LocalDate): void => {
  const span = daysBetween(from, to) + 1;
  if (span < 1) throw unprocessable('to', 'must not be before `from`');
  if (span > maxSpanDays) throw unprocessable('to', `must be at most ${maxSpanDays - 1} days after \`from\``);
};

interface LocalDays {
  from: LocalDate;
  to: LocalDate;
}
interface FreeDay {
  date: LocalDate;
  times: FreeTime[];
}
type AvailabilityAnswer = z.input<typeof availabilityAnswer>;
type AvailabilityQuery = z.output<typeof availabilityQuery>;

export const createAvailability = (catalogue: CatalogueReader, pages: DiaryPages, now: Clock) => {
  const answers = createAnswers<AvailabilityAnswer>();

  /** State that decides the free times on the local days at the instant. */
  const read = async (catalogueIndex: CatalogueIndex, request: VisitRequest, { from, to }: LocalDays, at: Instant) => {
    const bounds = boundsOf(catalogueIndex, at);
    const zone = request.location.zone;
    const first = [from, localDate(bounds.earliest, zone)].sort().at(-1) ?? from;
    const last = [to, localDate(bounds.latest, zone)].sort()[0] ?? to;
    if (first > last) return new Map<string, DiaryPage[]>();
    return pages.read(ownersOf(catalogueIndex, request), rangeOf(request, first, last), false);
  };

  const free = (
    catalogueIndex: CatalogueIndex,
    request: VisitRequest,
    days: LocalDays,
    at: Instant,
    diary: ReadonlyMap<string, readonly DiaryPage[]>,
    except: readonly string[] = [],
  ) => {
    const busy = new Map([...diary].map(([id, list]) => [id, busyOn(list, except)]));
    return freeTimes(request, days, boundsOf(catalogueIndex, at), (id) => busy.get(id) ?? []);
  };

  /** Free times on the local days; times of what `except` names count as free. */
  const find = async (
    catalogueIndex: CatalogueIndex,
    request: VisitRequest,
    from: LocalDate,
    to: LocalDate,
    except: readonly string[] = [],
  ): Promise<FreeDay[]> => {
    const [days, at] = [{ from, to }, now()];
    return free(catalogueIndex, request, days, at, await read(catalogueIndex, request, days, at), except);
  };

  const answer = (request: VisitRequest, days: FreeDay[]): AvailabilityAnswer => {
    const { zone } = request.location;
    return {
      zone,
      days: days.map(({ date, times }) => ({
        date,
        times: times.map((time) => ({
          startsAt: isoWithOffset(time.startsAt, zone),
          endsAt: isoWithOffset(time.endsAt, zone),
          staff: time.assignments.map(({ person }) => person.id),
          seatsLeft: time.assignments[0]?.seatsLeft,
        })),
      })),
    };
  };

  const look = async (query: AvailabilityQuery) => {
    checkSpan(query.from, query.to);
    const catalogueIndex = await catalogue.recent();
    const staff = expandStaff(query.staff, query.services);
    const wanted = query.services.map((serviceId, index) => ({ serviceId, staffId: staff[index] ?? anyone }));
    const request = resolveVisit(
      catalogueIndex,
      query.location,
      wanted,
      {
        location: 'location',
        service: () => 'services',
        staff: () => 'staff',
      },
      query.seats,
    );
    const [days, at] = [{ from: query.from, to: query.to }, now()];
    return { catalogueIndex, request, days, at, diary: await read(catalogueIndex, request, days, at) };
  };

  return {
    find,
    answer,
    /** Free times that were asked for in public; answers are kept for as long as they hold. */
    async search(query: AvailabilityQuery) {
      const { catalogueIndex, request, days, at, diary } = await look(query);
      return answers(catalogueIndex, JSON.stringify(query), stateOf(diary, at), () =>
        lasting(answer(request, free(catalogueIndex, request, days, at, diary))),
      );
    },
    /** Free times for one visitor, to whom the times of what `except` names count as free. Never kept for others. */
    async searchFor(query: AvailabilityQuery, except: readonly string[]) {
      const { catalogueIndex, request, days, at, diary } = await look(query);
      return answer(request, free(catalogueIndex, request, days, at, diary, except));
    },
    /** Up to `most` free times nearest to the instant, within a week around it. */
    async nearest(
      catalogueIndex: CatalogueIndex,
      request: VisitRequest,
      instant: number,
      most: number,
      except: readonly string[] = [],
    ) {
      const { zone } = request.location;
      const date = localDate(instant, zone);
      const days = await find(catalogueIndex, request, addDays(date, -3), addDays(date, 4), except);
      return days
        .flatMap(({ times }) => times)
        .sort((a, b) => Math.abs(a.startsAt - instant) - Math.abs(b.startsAt - instant))
        .slice(0, most)
        .sort((a, b) => a.startsAt - b.startsAt)
        .map(({ startsAt }) => ({ startsAt: isoWithOffset(startsAt, zone) }));
    },
  };
};
export type Availability = ReturnType<typeof createAvailability>;
