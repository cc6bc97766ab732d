import { randomUUID } from 'node:crypto';
import type { Schedules } from '../../../shared/background/schedules.ts';
import type { CatalogueIndex } from '../../../shared/business/catalogue-index.ts';
import { createCatalogueReader } from '../../../shared/business/reader.ts';
import { inBatches } from '../../../shared/platform/batch.ts';
import type { RegularsTable } from '../../../shared/platform/table/table.ts';
import { addDays, day, type Instant, localDate, minute, weekdayOf } from '../../../shared/platform/time/time.ts';
import { planAhead } from './ahead.ts';
import { createDesk, type Desk } from './desk.ts';
import { people } from './people.ts';
import { plan } from './plan.ts';
import { gotten, livePlanned, livesOn } from './visit.ts';

/** Visits of one person take the same pages of the diary, and so come one after another. Answers the ids of what is booked. */
const livePlan = async (desk: Desk, zoneOf: (place: string) => string, now: Instant): Promise<string[]> => {
  const byPerson = Map.groupBy(plan, ({ place, staff }) => `${place} ${staff}`);
  const booked = await Promise.all(
    [...byPerson.values()].map(async (visits) => {
      const ids: string[] = [];
      for (const visit of visits) ids.push(...(await livePlanned(desk, visit, zoneOf(visit.place), now)));
      return ids;
    }),
  );
  return booked.flat();
};

/** A blow-dry every week, the first of them a week ago; none on holidays. */
const liveSeries = async (desk: Desk, zone: string, now: Instant): Promise<string[]> => {
  const bookedAt = now - 9 * day;
  const { api } = desk(bookedAt);
  const wanted = {
    locationId: 'brooklyn',
    startsAt: `${addDays(localDate(now, zone), -7)}T16:00`,
    services: [{ serviceId: 'blow-dry', staffId: 'amina' }],
    rule: { every: 'weeks' as const, interval: 1, count: 6 },
  };
  const checked = gotten(await api.checkSeries({ body: wanted }));
  const skip = (checked?.occurrences ?? []).filter(({ conflict }) => conflict).map(({ date }) => date);
  const body = { ...wanted, skip, client: people.maya };
  const booked = gotten(await api.bookSeries({ idempotencyKey: randomUUID(), body }));
  const { occurrences = [] } = booked ?? {};
  for (const { appointmentId, startsAt, endsAt } of occurrences) {
    const [from, until] = [Date.parse(startsAt), Date.parse(endsAt)];
    if (from > now) continue;
    await livesOn(desk, appointmentId, { staff: 'amina', startsAt: from, endsAt: until, bookedAt, now });
  }
  return occurrences.map(({ appointmentId }) => appointmentId);
};

/** Two come to the next class. */
const liveClass = async (desk: Desk, index: CatalogueIndex, zone: string, now: Instant): Promise<string[]> => {
  const [lesson] = index.service('styling-class')?.timetable ?? [];
  const today = localDate(now, zone);
  const week = [1, 2, 3, 4, 5, 6, 7].map((days) => addDays(today, days));
  const date = week.find((each) => weekdayOf(each) === lesson?.weekday);
  if (!lesson || !date) return [];
  const booked: string[] = [];
  for (const who of ['hannah', 'daniel'] as const) {
    const body = {
      locationId: lesson.location,
      startsAt: `${date}T${lesson.time}`,
      services: [{ serviceId: 'styling-class', staffId: lesson.staff }],
      client: people[who],
    };
    const seat = gotten(await desk(now - 30 * minute).api.bookAtDesk({ idempotencyKey: randomUUID(), body }));
    if (seat) booked.push(seat.id);
  }
  return booked;
};

/** Waits for a time on a day that is partly booked. */
const liveWaiting = async (desk: Desk, zone: string, now: Instant): Promise<void> => {
  const today = localDate(now, zone);
  gotten(
    await desk(now).api.addToWaitingList({
      idempotencyKey: randomUUID(),
      body: {
        locationId: 'brooklyn',
        services: ['cut'],
        staff: ['amina'],
        from: addDays(today, 9),
        to: addDays(today, 9),
        timesOfDay: { from: '09:00', until: '14:00' },
        client: people.ruth,
      },
    }),
  );
};

/** Surroundings of the table that is filled. */
export interface Surroundings {
  now: Instant;
  schedules: Pick<Schedules, 'put'>;
  /** Keeps from the functions what has been written so far. */
  hush(): Promise<void>;
}

/**
 * Gives a business that has just been loaded a past, a today and a tomorrow. No function hears of what is written here,
 * so nobody is sent what was due before; only who waits for a time is told at once.
 */
export const fillDiary = async (table: RegularsTable, { now, schedules, hush }: Surroundings): Promise<void> => {
  const catalogue = createCatalogueReader(table, () => now);
  const index = await catalogue.current();
  const zoneOf = (place: string): string => index.needLocation(place, 'place').zone;
  const desk = createDesk(table, catalogue);
  const zone = zoneOf('brooklyn');
  const booked = [
    ...(await liveSeries(desk, zone, now)),
    ...(await livePlan(desk, zoneOf, now)),
    ...(await liveClass(desk, index, zone, now)),
  ];
  const appointments = await inBatches(booked, 8, (id) => desk(now).appointments.need(id));
  await planAhead(schedules, index, appointments, now);
  await hush();
  await liveWaiting(desk, zone, now);
};
