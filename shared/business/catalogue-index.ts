import type { Language } from '../platform/fields.ts';
import { unprocessable } from '../platform/http/problems.ts';
import type { Catalogue, Localised, Location, Resource, Service, StaffMember } from './catalogue.ts';

/**
 * The catalogue with its questions answered: who, where, what. Its lists hold what can be booked; what has retired is
 * still found by `location`, `person` and `service`, for the names on old appointments.
 */
export interface CatalogueIndex extends Catalogue {
  /** Changes whenever the catalogue does. */
  revision: string;
  location(id: string): Location | undefined;
  person(id: string): StaffMember | undefined;
  service(id: string): Service | undefined;
  resource(id: string): Resource | undefined;
  /** Rooms and equipment of the kind there. */
  resourcesOf(kind: string, locationId: string): readonly Resource[];
  /** Finds what `location` finds, or throws unprocessable that names the field and the known ids. */
  needLocation(id: string, path: string): Location;
  needService(id: string, path: string): Service;
  needPerson(id: string, path: string): StaffMember;
  /** The text in the language, else in the business's first. */
  text(texts: Localised, language: Language): string;
  categoryName(id: string, language: Language): string;
  /** The zone of the person's diary: that of the first location. */
  diaryZone(person: StaffMember): string;
  offeredAt(service: Service, locationId: string): boolean;
  /** Staff who perform the service there. */
  performers(serviceId: string, locationId: string): readonly StaffMember[];
}

const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

const need = <T extends { id: string; retired: boolean }>(
  rows: Map<string, T>,
  kind: string,
  id: string,
  path: string,
): T => {
  const row = rows.get(id);
  if (row && !row.retired) return row;
  const offered = [...rows.values()].filter(({ retired }) => !retired).map((other) => other.id);
  throw unprocessable(path, `there is no ${kind} "${id}"`, offered.slice(0, 50));
};

export const createCatalogueIndex = (catalogue: Catalogue, revision: string): CatalogueIndex => {
  const locations = byId(catalogue.locations);
  const staff = byId(catalogue.staff);
  const services = byId(catalogue.services);
  const categories = byId(catalogue.categories);
  const resources = byId(catalogue.resources);
  const active = <T extends { retired: boolean }>(rows: readonly T[]): T[] => rows.filter(({ retired }) => !retired);
  const bookable = {
    locations: active(catalogue.locations),
    staff: active(catalogue.staff),
    services: active(catalogue.services),
    resources: active(catalogue.resources),
  };
  const text = (texts: Localised, language: Language): string => {
    const fallback = catalogue.settings.languages.map((other) => texts[other]).find(Boolean);
    return texts[language] ?? fallback ?? Object.values(texts)[0] ?? '';
  };
  const offeredAt = (service: Service, locationId: string) => service.locations?.includes(locationId) ?? true;
  return {
    ...catalogue,
    ...bookable,
    revision,
    location: (id) => locations.get(id),
    person: (id) => staff.get(id),
    service: (id) => services.get(id),
    resource: (id) => resources.get(id),
    resourcesOf: (kind, locationId) =>
      bookable.resources.filter((resource) => resource.kind === kind && resource.location === locationId),
    needLocation: (id, path) => need(locations, 'location', id, path),
    needService: (id, path) => need(services, 'service', id, path),
    needPerson: (id, path) => need(staff, 'person', id, path),
    text,
    categoryName: (id, language) => {
      const category = categories.get(id);
      return category ? text(category.name, language) : id;
    },
    diaryZone: (person) => locations.get(person.locations[0] ?? '')?.zone ?? 'UTC',
    offeredAt,
    performers: (serviceId, locationId) => {
      const service = services.get(serviceId);
      if (!service || service.retired || !offeredAt(service, locationId)) return [];
      return bookable.staff.filter(
        (person) => person.skills.includes(serviceId) && person.locations.includes(locationId),
      );
    },
  };
};
