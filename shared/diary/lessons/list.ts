import type { Appointment } from '../../booking/appointments/appointments.ts';
import { openingOf, workingOf } from '../../booking/slots/opening-hours.ts';
import type { Location, Service } from '../../business/catalogue.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { type Access, contactFor, maySee } from '../../people/access/rules.ts';
import { covers, type Interval } from '../../platform/time/intervals.ts';
import {
  addDays,
  instantAtOrAfter,
  isoWithOffset,
  type LocalDate,
  minute,
  weekdayOf,
} from '../../platform/time/time.ts';
import { named, staffLanguage } from '../view.ts';
import type { LessonAnswer } from './contract.ts';
import { lessonIdOf, lessonVersion } from './lesson.ts';

/** A lesson and who comes. */
export interface Group extends Interval {
  serviceId: string;
  staffId: string;
  appointments: readonly Appointment[];
}

const keyOf = (serviceId: string, staffId: string, startsAt: number): string => `${serviceId} ${staffId} ${startsAt}`;

/** Lessons that the timetable gives on the day, whether anybody comes or not. */
const timetabled = (catalogueIndex: CatalogueIndex, location: Location, date: LocalDate): Group[] => {
  const opening = openingOf(location, addDays(date, -1), addDays(date, 1));
  const given = ({ id, timetable = [], durationMinutes }: Service): Group[] =>
    timetable
      .filter((lesson) => lesson.location === location.id && lesson.weekday === weekdayOf(date))
      .flatMap(({ staff, time }) => {
        const from = instantAtOrAfter(date, time, location.zone);
        const group = { serviceId: id, staffId: staff, from, until: from + durationMinutes * minute, appointments: [] };
        const person = catalogueIndex.staff.find((each) => each.id === staff);
        return person && covers(workingOf(person, location, opening), group) ? [group] : [];
      });
  return catalogueIndex.services.filter((service) => catalogueIndex.offeredAt(service, location.id)).flatMap(given);
};

/** The lesson as staff see it; of others' lessons plain staff see by the settings how many come, or who. */
export const lessonView = (
  access: Access,
  catalogueIndex: CatalogueIndex,
  { id: locationId, zone }: Pick<Location, 'id' | 'zone'>,
  { serviceId, staffId, from, until, appointments: group }: Group,
): LessonAnswer => {
  const service = catalogueIndex.service(serviceId);
  const rooms = new Set(group.flatMap(({ services }) => services[0]?.resources ?? []));
  const clients = group.map(({ id, clientId, contact, seats = 1, status, noShows = 0, notes }) => ({
    appointmentId: id,
    clientId,
    firstName: contact.firstName,
    lastName: contact.lastName,
    phone: contactFor(access, contact).phone,
    seats,
    status,
    noShows,
    notes,
  }));
  return {
    id: lessonIdOf({ serviceId, staffId, locationId, startsAt: from }),
    version: lessonVersion(group),
    service: {
      id: serviceId,
      name: service ? catalogueIndex.text(service.name, staffLanguage(catalogueIndex)) : serviceId,
    },
    staff: { id: staffId, name: catalogueIndex.person(staffId)?.name ?? staffId },
    resources: named(catalogueIndex.resource, [...rooms]),
    startsAt: isoWithOffset(from, zone),
    endsAt: isoWithOffset(until, zone),
    seats: service?.seats ?? 0,
    taken: clients.reduce((sum, { seats, status }) => sum + (status === 'cancelled' ? 0 : seats), 0),
    clients: maySee(access, { locationId, services: [{ staffId }] }) ? clients : [],
  };
};

/**
 * Pure: the lessons of a location's day, of which `appointments` are all there are, and who comes to each. Of others'
 * lessons plain staff see by the settings nothing, how many come, or who.
 */
export const lessonsOf = (
  access: Access,
  catalogueIndex: CatalogueIndex,
  location: Location,
  date: LocalDate,
  appointments: readonly Appointment[],
): LessonAnswer[] => {
  const coming = appointments.filter(({ seats, status }) => seats !== undefined && status !== 'cancelled');
  const groups = new Map(
    timetabled(catalogueIndex, location, date).map((group) => [
      keyOf(group.serviceId, group.staffId, group.from),
      group,
    ]),
  );
  for (const appointment of coming) {
    const [line] = appointment.services;
    if (!line) continue;
    const key = keyOf(line.id, line.staffId, appointment.startsAt);
    const { startsAt: from, endsAt: until } = appointment;
    const group = groups.get(key) ?? { serviceId: line.id, staffId: line.staffId, from, until, appointments: [] };
    groups.set(key, { ...group, appointments: [...group.appointments, appointment] });
  }
  const isShown = ({ staffId }: Group): boolean =>
    access.bounds?.see !== 'own' || maySee(access, { locationId: location.id, services: [{ staffId }] });
  return [...groups.values()]
    .filter(isShown)
    .sort((a, b) => a.from - b.from)
    .map((group) => lessonView(access, catalogueIndex, location, group));
};
