import type { Location, StaffMember } from '../../business/catalogue.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { memoByKey } from '../../platform/memo.ts';
import { datesTouched } from '../../platform/time/dates.ts';
import { covers, type Interval } from '../../platform/time/intervals.ts';
import { addDays, type LocalDate, localDate, localTime, minute, weekdayOf } from '../../platform/time/time.ts';
import type { Appointment } from '../appointments/entity.ts';
import { openingOf, workingOf } from './opening-hours.ts';

/** Reasons for which an appointment could not be booked as the business stands. */
const conflicts = [
  'location_retired',
  /** Outside its hours, in a break, or on a holiday. */
  'location_closed',
  'service_retired',
  'service_not_offered_there',
  /** The lesson is no longer on the timetable. */
  'not_on_timetable',
  'too_few_seats',
  'person_retired',
  'person_not_there',
  'person_does_not_perform_it',
  /** Outside their own hours. */
  'person_not_working',
  /** On a day off. */
  'person_off',
  'resource_retired',
  'resource_closed',
  /** A room or a piece of equipment that the service needs by now. */
  'resource_lacking',
] as const;
export type Conflict = (typeof conflicts)[number];

/** The part of an appointment on which fitting depends. */
export type Booked = Pick<
  Appointment,
  'id' | 'locationId' | 'zone' | 'startsAt' | 'endsAt' | 'services' | 'seats' | 'bookedAt'
>;

type BookedService = Booked['services'][number];

/** Whether one of the ranges, both ends included, holds one of the days. */
const holdsAny = (ranges: readonly { from: LocalDate; until: LocalDate }[], dates: readonly LocalDate[]): boolean =>
  ranges.some((range) => dates.some((date) => range.from <= date && date <= range.until));

/**
 * Lists what of an appointment does not fit the business, whatever else is booked. The location's clock is read in the
 * appointment's own zone: where a location's zone has changed, what is booked means the local time that it was told.
 */
export const createFit = (catalogueIndex: CatalogueIndex): ((appointment: Booked) => Conflict[]) => {
  const days = memoByKey((key: string) => {
    const [locationId = '', zone = '', date = ''] = key.split(' ');
    const location = { ...catalogueIndex.location(locationId), zone } as Location;
    const opening = openingOf(location, addDays(date, -1), addDays(date, 1));
    const working = memoByKey((personId: string) => {
      const person = catalogueIndex.person(personId);
      return person ? workingOf(person, location, opening) : [];
    });
    return { open: opening.open, working };
  });

  const ofOffering = ({ locationId, zone }: Booked, booked: BookedService, date: string): Conflict[] => {
    const { id, staffId, startsAt, resources = [] } = booked;
    const service = catalogueIndex.service(id);
    if (!service || service.retired) return ['service_retired'];
    const found: Conflict[] = [];
    if (!catalogueIndex.offeredAt(service, locationId)) found.push('service_not_offered_there');
    const isGiven = service.timetable?.some(
      (lesson) =>
        lesson.location === locationId &&
        lesson.staff === staffId &&
        lesson.weekday === weekdayOf(date) &&
        lesson.time === localTime(startsAt, zone),
    );
    if (isGiven === false) found.push('not_on_timetable');
    const kinds = resources.map((resourceId) => catalogueIndex.resource(resourceId)?.kind);
    if (service.needs.some((kind) => !kinds.includes(kind))) found.push('resource_lacking');
    return found;
  };

  /** Asks `absence` only about somebody who works there. */
  const ofPerson = (
    locationId: string,
    { id, staffId }: BookedService,
    absence: (person: StaffMember) => Conflict[],
  ): Conflict[] => {
    const person = catalogueIndex.person(staffId);
    if (!person || person.retired) return ['person_retired'];
    const found: Conflict[] = [];
    if (!person.skills.includes(id)) found.push('person_does_not_perform_it');
    if (!person.locations.includes(locationId)) found.push('person_not_there');
    else found.push(...absence(person));
    return found;
  };

  const ofResource = (resourceId: string, dates: readonly LocalDate[]): Conflict[] => {
    const resource = catalogueIndex.resource(resourceId);
    if (!resource || resource.retired) return ['resource_retired'];
    return holdsAny(resource.closed, dates) ? ['resource_closed'] : [];
  };

  const ofService = (appointment: Booked, booked: BookedService): Conflict[] => {
    const { locationId, zone } = appointment;
    const { staffId, startsAt, durationMinutes, resources = [] } = booked;
    const date = localDate(startsAt, zone);
    const time: Interval = { from: startsAt, until: startsAt + durationMinutes * minute };
    const dates = datesTouched(time, zone);
    const { open, working } = days(`${locationId} ${zone} ${date}`);
    const isOpen = covers(open, time);
    // A visit booked knowingly outside their hours has no place on a day off all the same; while the location is closed,
    // nobody's own hours are to blame.
    const absence = ({ daysOff }: StaffMember): Conflict[] => {
      if (isOpen && covers(working(staffId), time)) return [];
      if (holdsAny(daysOff, dates)) return ['person_off'];
      return isOpen ? ['person_not_working'] : [];
    };
    return [
      ...ofOffering(appointment, booked, date),
      ...(isOpen ? [] : (['location_closed'] as const)),
      ...ofPerson(locationId, booked, absence),
      ...resources.flatMap((resourceId) => ofResource(resourceId, dates)),
    ];
  };

  return (appointment) => {
    const location = catalogueIndex.location(appointment.locationId);
    if (!location || location.retired) return ['location_retired'];
    return [...new Set(appointment.services.flatMap((service) => ofService(appointment, service)))];
  };
};

/** Finds lessons for which the seats no longer suffice: who booked last stands back. */
export const overbooked = (catalogueIndex: CatalogueIndex, appointments: readonly Booked[]): Set<string> => {
  const lessons = Map.groupBy(
    appointments.filter(({ seats }) => seats !== undefined),
    ({ services: [first], startsAt }) => `${first?.id} ${first?.staffId} ${startsAt}`,
  );
  const over = new Set<string>();
  for (const group of lessons.values()) {
    let left = catalogueIndex.service(group[0]?.services[0]?.id ?? '')?.seats ?? 1;
    const inOrder = [...group].sort((a, b) => a.bookedAt - b.bookedAt || (a.id < b.id ? -1 : 1));
    for (const { id, seats = 1 } of inOrder) {
      if (seats > left) over.add(id);
      else left -= seats;
    }
  }
  return over;
};

/** Every appointment with all that does not fit; of appointments of one location and day, since seats are counted. */
export const conflictsOf = (
  catalogueIndex: CatalogueIndex,
  appointments: readonly Booked[],
): Map<string, Conflict[]> => {
  const judge = createFit(catalogueIndex);
  const over = overbooked(catalogueIndex, appointments);
  return new Map(
    appointments.map((appointment) => [
      appointment.id,
      [...judge(appointment), ...(over.has(appointment.id) ? (['too_few_seats'] as const) : [])],
    ]),
  );
};
