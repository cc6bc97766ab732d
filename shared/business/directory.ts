import type { Language } from '../platform/fields.ts';
import { unprocessable } from '../platform/problems.ts';
import type { Catalogue, Localised, Location, Service, StaffMember } from './catalogue.ts';

/** The catalogue with its questions answered: who, where, what. */
export interface Directory extends Catalogue {
  /** Changes whenever the catalogue does. */
  revision: string;
  location(id: string): Location | undefined;
  person(id: string): StaffMember | undefined;
  service(id: string): Service | undefined;
  /** As `location`; throws unprocessable that names the field and the known ids. */
  needLocation(id: string, path: string): Location;
  needService(id: string, path: string): Service;
  needPerson(id: string, path: string): StaffMember;
  /** The text in the language, else in the business's first. */
  text(texts: Localised, language: Language): string;
  categoryName(id: string, language: Language): string;
  /** The zone of the person's diary: that of the first location. */
  diaryZone(person: StaffMember): string;
  offeredAt(service: Service, locationId: string): boolean;
  /** Who performs the service there. */
  performers(serviceId: string, locationId: string): readonly StaffMember[];
}

const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

const need = <T>(rows: Map<string, T>, kind: string, id: string, path: string): T => {
  const row = rows.get(id);
  if (!row) throw unprocessable(path, `there is no ${kind} "${id}"`, [...rows.keys()].slice(0, 50));
  return row;
};

export const createDirectory = (catalogue: Catalogue, revision: string): Directory => {
  const locations = byId(catalogue.locations);
  const staff = byId(catalogue.staff);
  const services = byId(catalogue.services);
  const categories = byId(catalogue.categories);
  const text = (texts: Localised, language: Language): string => {
    const fallback = catalogue.settings.languages.map((other) => texts[other]).find(Boolean);
    return texts[language] ?? fallback ?? Object.values(texts)[0] ?? '';
  };
  const offeredAt = (service: Service, locationId: string) => service.locations?.includes(locationId) ?? true;
  return {
    ...catalogue,
    revision,
    location: (id) => locations.get(id),
    person: (id) => staff.get(id),
    service: (id) => services.get(id),
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
      if (!service || !offeredAt(service, locationId)) return [];
      return catalogue.staff.filter(
        (person) => person.skills.includes(serviceId) && person.locations.includes(locationId),
      );
    },
  };
};
