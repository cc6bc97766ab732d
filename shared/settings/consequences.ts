import type { Catalogue, Location, Service, StaffMember, Touchpoint } from '../business/catalogue.ts';
import { day, shift } from '../platform/time/time.ts';
import { type Edit, type EditKind, type Prepared, same } from './rules.ts';

/** Fields on which it depends whether what is booked still fits. */
const decisive: Partial<Record<EditKind, readonly string[]>> = {
  locations: ['hours', 'breaks', 'holidays', 'zone', 'retired'],
  staff: ['locations', 'skills', 'hours', 'daysOff', 'retired'],
  services: ['locations', 'needs', 'seats', 'timetable', 'retired'],
  resources: ['kind', 'closed', 'retired'],
};

/** Locations at which an edit may leave appointments that no longer fit. */
export const locationsConcerned = (before: Catalogue, { kind }: Edit, prepared: Prepared): string[] => {
  if (!prepared.before || !prepared.fields.some((field) => decisive[kind]?.includes(field))) return [];
  switch (kind) {
    case 'locations':
      return [prepared.id];
    case 'staff':
      return (prepared.before as StaffMember).locations;
    case 'resources':
      return [(prepared.before as { location: string }).location];
    default:
      return (prepared.before as Service).locations ?? before.locations.map(({ id }) => id);
  }
};

/** The location whose clock an edit sets by another zone. */
export const inNewZone = ({ kind }: Edit, { before, value }: Prepared): { id: string; zone: string } | undefined => {
  if (kind !== 'locations' || !before) return undefined;
  const { id, zone } = value as Location;
  return zone === (before as Location).zone ? undefined : { id, zone };
};

/** Locations where people work whose diary lies at `home`, and those of the things there; `home` is the first. */
export const locationsAround = ({ staff }: Catalogue, home: string): string[] => [
  ...new Set([home, ...staff.filter(({ locations }) => locations[0] === home).flatMap(({ locations }) => locations)]),
];

export interface Replanning {
  /** Ids of those whose time, or whether they are sent at all, may be another now. */
  touchpoints: string[];
  /** Number of days after a visit on which they may still be ahead. */
  daysBack: number;
}

/** Days after the visit at which a touchpoint may be due; none when it comes before. */
const daysAfter = ({ offset }: Touchpoint, longestInterval: number): number =>
  offset === 'repeat' ? longestInterval : Math.max(0, Math.ceil(shift(0, offset, 'UTC') / day));

/** Touchpoints to be planned anew for appointments that are there already; undefined: none. */
export const replanning = (before: Catalogue, after: Catalogue): Replanning | undefined => {
  const steps = [...before.journey, ...after.journey];
  const step = (journey: readonly Touchpoint[], id: string) => journey.find((touchpoint) => touchpoint.id === id);
  const otherQuiet = !same(before.settings.quietHours, after.settings.quietHours);
  // A new one has no appointments yet.
  const otherIntervals = before.services.some(
    ({ id, repeatDays }) => after.services.find((service) => service.id === id)?.repeatDays !== repeatDays,
  );
  const affected = steps.filter(
    ({ id, quiet, offset }) =>
      !same(step(before.journey, id), step(after.journey, id)) ||
      (otherQuiet && quiet === 'respect') ||
      (otherIntervals && offset === 'repeat'),
  );
  if (affected.length === 0) return undefined;
  const longest = Math.max(0, ...[...before.services, ...after.services].map(({ repeatDays = 0 }) => repeatDays));
  return {
    touchpoints: [...new Set(affected.map(({ id }) => id))],
    // One more, since days of zones differ and quiet hours defer.
    daysBack: 1 + Math.max(...affected.map((touchpoint) => daysAfter(touchpoint, longest))),
  };
};
