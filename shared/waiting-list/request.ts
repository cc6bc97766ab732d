import { mustBeBookableOnline, resolveVisit, type VisitRequest } from '../booking/slots/request.ts';
import { anyone } from '../business/catalogue.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import { Problem, unprocessable } from '../platform/http/problems.ts';
import type { Offer, Waiting } from './store.ts';

const paths = {
  location: 'locationId',
  service: (index: number) => `services[${index}]`,
  staff: () => 'staff[0]',
};

/** The visit for which somebody waits, by any of the people they named. Throws unprocessable that names the field. */
export const requestFor = (
  catalogueIndex: CatalogueIndex,
  { locationId, services, staff, seats }: Pick<Waiting, 'locationId' | 'services' | 'staff' | 'seats'>,
): VisitRequest => {
  const [only = anyone] = staff.length === 1 ? staff : [];
  const wanted = services.map((serviceId) => ({ serviceId, staffId: only }));
  const request = resolveVisit(catalogueIndex, locationId, wanted, paths, seats);
  if (staff.length < 2) return request;
  const people = staff.map((id, index) => catalogueIndex.needPerson(id, `staff[${index}]`));
  return {
    ...request,
    wanted: request.wanted.map((line) => {
      const candidates = line.candidates.filter((person) => people.includes(person));
      if (candidates.length > 0) return { ...line, candidates };
      const performers = line.candidates.map(({ id }) => id);
      throw unprocessable('staff', `none of them performs "${line.service.id}" at "${locationId}"`, performers);
    }),
  };
};

/**
 * Does what `requestFor` does for a visit that clients may book by themselves: they take what they are offered by a
 * press, however long it is. Throws unprocessable.
 */
export const requestOnline = (
  catalogueIndex: CatalogueIndex,
  wanted: Parameters<typeof requestFor>[1],
): VisitRequest => {
  const request = requestFor(catalogueIndex, wanted);
  mustBeBookableOnline(request, catalogueIndex.settings.booking.maxVisitMinutes, paths);
  return request;
};

/** Does what `requestFor` does, by those of the named people who still work; undefined where the business no longer offers it. */
export const stillOffered = (catalogueIndex: CatalogueIndex, waiting: Waiting): VisitRequest | undefined => {
  const staff = waiting.staff.filter((personId) => catalogueIndex.person(personId)?.retired === false);
  if (staff.length === 0 && waiting.staff.length > 0) return undefined;
  try {
    return requestFor(catalogueIndex, { ...waiting, staff });
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
};

/** The visit as it was offered: by the people who are kept for it. Undefined where the business offers it no more. */
export const offeredVisit = (
  catalogueIndex: CatalogueIndex,
  waiting: Waiting,
  offer: Offer,
): VisitRequest | undefined => {
  const request = stillOffered(catalogueIndex, waiting);
  return (
    request && {
      ...request,
      wanted: request.wanted.map((line, index) => ({
        ...line,
        candidates: line.candidates.filter(({ id }) => id === offer.staff[index]),
      })),
    }
  );
};
