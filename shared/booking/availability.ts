import type * as z from 'zod';
import { anyone } from '../business/catalogue.ts';
import type { Directory } from '../business/directory.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clock } from '../platform/clock.ts';
import { unprocessable } from '../platform/problems.ts';
import { addDays, day, daysBetween, isoWithOffset, type LocalDate, localDate, minute } from '../platform/time.ts';
import type { availabilityAnswer, availabilityQuery } from './contract.ts';
import { busyOn, type DiaryPages } from './pages.ts';
import { type FreeTime, freeTimes, ownersOf, rangeOf, resolveVisit, type VisitRequest } from './plan-visit.ts';

export const longestSpanDays = 62;

/** Between the earliest notice and the horizon, in instants. */
export const boundsOf = ({ settings: { booking } }: Directory, now: number) => ({
  stepMinutes: booking.stepMinutes,
  earliest: now + booking.earliestNoticeMinutes * minute,
  latest: now + booking.horizonDays * day,
});

const expandStaff = (staff: readonly string[] | undefined, services: readonly string[]): string[] => {
  const people = staff ?? [anyone];
  if (people.length === 1) return services.map(() => people[0] ?? anyone);
  if (people.length === services.length) return [...people];
  throw unprocessable('staff', `must name one person, or as many as services (${services.length})`);
};

export const checkSpan = (from: LocalDate, to: LocalDate): void => {
  const span = daysBetween(from, to) + 1;
  if (span < 1) throw unprocessable('to', 'must not be before `from`');
  if (span > longestSpanDays) throw unprocessable('to', `must be at most ${longestSpanDays - 1} days after \`from\``);
};

export const createAvailability = (catalogue: CatalogueReader, pages: DiaryPages, now: Clock) => {
  /** Free times on the local days; times of what `except` names count as free. */
  const find = async (
    directory: Directory,
    request: VisitRequest,
    from: LocalDate,
    to: LocalDate,
    except: readonly string[] = [],
  ): Promise<{ date: LocalDate; times: FreeTime[] }[]> => {
    const bounds = boundsOf(directory, now());
    const zone = request.location.zone;
    const first = [from, localDate(bounds.earliest, zone)].sort().at(-1) ?? from;
    const last = [to, localDate(bounds.latest, zone)].sort()[0] ?? to;
    const read =
      first <= last ? await pages.read(ownersOf(directory, request), rangeOf(request, first, last), false) : new Map();
    const busy = new Map([...read].map(([id, list]) => [id, busyOn(list, except)]));
    return freeTimes(request, { from, to }, bounds, (id) => busy.get(id) ?? []);
  };

  const answer = (
    request: VisitRequest,
    days: { date: LocalDate; times: FreeTime[] }[],
  ): z.input<typeof availabilityAnswer> => {
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

  return {
    find,
    answer,
    async search(query: z.output<typeof availabilityQuery>) {
      checkSpan(query.from, query.to);
      const directory = await catalogue.recent();
      const staff = expandStaff(query.staff, query.services);
      const wanted = query.services.map((serviceId, index) => ({ serviceId, staffId: staff[index] ?? anyone }));
      const request = resolveVisit(
        directory,
        query.location,
        wanted,
        {
          location: 'location',
          service: () => 'services',
          staff: () => 'staff',
        },
        query.seats,
      );
      return answer(request, await find(directory, request, query.from, query.to));
    },
    /** Up to `most` free times nearest to the instant, within a week around it. */
    async nearest(
      directory: Directory,
      request: VisitRequest,
      instant: number,
      most: number,
      except: readonly string[] = [],
    ) {
      const { zone } = request.location;
      const date = localDate(instant, zone);
      const days = await find(directory, request, addDays(date, -3), addDays(date, 4), except);
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
