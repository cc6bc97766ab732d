import type { Directory } from '../business/directory.ts';
import { Problem, type ProblemExtras } from '../platform/problems.ts';
import { isoWithOffset, LocalTimeMissing, localDate, minute, parseMoment } from '../platform/time.ts';
import type { WritePart } from '../platform/transact.ts';
import { type Availability, boundsOf } from './availability.ts';
import { datesTouched } from './dates.ts';
import { type BusyTime, busyOn, type DiaryOwner, type DiaryPage, type DiaryPages } from './pages.ts';
import { type FreeTime, freeTimes, ownersOf, reachOf, type VisitRequest } from './plan-visit.ts';
import type { Appointment } from './store.ts';
import { occupationsOf } from './visit.ts';

type Occupies = Appointment['occupies'];

const unavailable = (detail: string, extras: ProblemExtras = {}): Problem =>
  new Problem('time_unavailable', { detail, errors: [{ path: 'startsAt', message: detail }], ...extras });

/** The instant of what the client asked for; refuses the spring gap in words. */
export const momentOf = (text: string, zone: string): number => {
  try {
    return parseMoment(text, zone);
  } catch (error) {
    if (error instanceof LocalTimeMissing) throw unavailable(`${error.message}; choose another time.`);
    throw new Problem('invalid_request', {
      detail: `startsAt: ${text} is not a time`,
      errors: [{ path: 'startsAt', message: 'is not a time' }],
    });
  }
};

/** Throws time_unavailable that tells which rule a start breaks, whoever is free. */
const checkBounds = (directory: Directory, request: VisitRequest, startsAt: number, now: number): void => {
  const { earliest, latest, stepMinutes } = boundsOf(directory, now);
  const { zone } = request.location;
  if (startsAt < now) throw unavailable('That time has passed.');
  if (startsAt < earliest) {
    const notice = directory.settings.booking.earliestNoticeMinutes;
    throw unavailable(`Book at least ${notice} minutes ahead.`);
  }
  if (startsAt > latest) throw unavailable(`Book at most ${directory.settings.booking.horizonDays} days ahead.`);
  const local = isoWithOffset(startsAt, zone);
  const minutes = Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
  if (minutes % stepMinutes !== 0 || startsAt % minute !== 0) {
    throw unavailable(`Times are offered every ${stepMinutes} minutes by the location's clock.`);
  }
};

/** A visit that fits, with the pages it was checked against. */
export interface Placement extends FreeTime {
  occupies: Occupies;
  pages: Map<string, DiaryPage[]>;
}

/**
 * Finds who can take the visit at the time, from pages read consistently. Throws time_unavailable when the hours rule
 * it out, time_taken with the nearest free times when somebody has it. `leaving` is the appointment that moves: its
 * own times count as free.
 */
export const createPlacer =
  (pages: DiaryPages, availability: Availability) =>
  async (
    directory: Directory,
    request: VisitRequest,
    startsAt: number,
    now: number,
    leaving?: Appointment,
  ): Promise<Placement> => {
    checkBounds(directory, request, startsAt, now);
    const date = localDate(startsAt, request.location.zone);
    const days = { from: date, to: date };
    const only = { stepMinutes: directory.settings.booking.stepMinutes, earliest: startsAt, latest: startsAt };
    const at = (busyOf: Parameters<typeof freeTimes>[3]) => freeTimes(request, days, only, busyOf)[0]?.times[0];
    if (!at(() => [])) {
      throw unavailable('Nobody who performs these services works then.', {
        nearest: await availability.nearest(directory, request, startsAt, 5, leaving?.id),
      });
    }
    const owners = ownersOf(directory, request);
    const read = await pages.read(owners, reachOf(request, { from: startsAt, until: startsAt }), true);
    const found = at((id) => busyOn(read.get(id) ?? [], leaving?.id));
    if (!found) {
      throw new Problem('time_taken', {
        detail: 'Somebody else has that time; choose another.',
        nearest: await availability.nearest(directory, request, startsAt, 5, leaving?.id),
      });
    }
    const byId = new Map(owners.map((owner) => [owner.id, owner]));
    const occupies = occupationsOf(found.assignments).map(({ personId, from, until }) => {
      const { group = '', zone = 'UTC' } = byId.get(personId) ?? {};
      return { ownerId: personId, group, zone, from, until };
    });
    return { ...found, occupies, pages: read };
  };

const ownerIn = ({ ownerId, group, zone }: Occupies[number]): DiaryOwner => ({ id: ownerId, group, zone });

/**
 * Parts of a transaction that take an appointment's old times off the diary and put the new ones on, each page once.
 * `pages` must hold every page that either touches.
 */
export const diaryWrites = (
  store: DiaryPages,
  pages: Map<string, DiaryPage[]>,
  appointmentId: string,
  before: Occupies,
  after: Occupies,
): WritePart[] => {
  const touched = new Set(
    [...before, ...after].flatMap((time) => datesTouched(time, time.zone).map((date) => `${time.ownerId} ${date}`)),
  );
  return [...pages.values()].flat().flatMap((page) => {
    if (!touched.delete(`${page.owner.id} ${page.date}`)) return [];
    const own: BusyTime[] = after
      .filter((time) => time.ownerId === page.owner.id && datesTouched(time, time.zone).includes(page.date))
      .map(({ from, until }) => ({ from, until, appointmentId }));
    return [store.write(page, [...page.busy.filter((busy) => busy.appointmentId !== appointmentId), ...own])];
  });
};

/** The pages on which the times stand, added to those already `known`. */
export const pagesOf = async (
  store: DiaryPages,
  times: Occupies,
  known: Map<string, DiaryPage[]> = new Map(),
): Promise<Map<string, DiaryPage[]>> => {
  const all = new Map(known);
  for (const time of times) {
    for (const [id, read] of await store.read([ownerIn(time)], time, true)) {
      const pages = all.get(id) ?? [];
      all.set(id, [...pages, ...read.filter(({ date }) => !pages.some((page) => page.date === date))]);
    }
  }
  return all;
};
