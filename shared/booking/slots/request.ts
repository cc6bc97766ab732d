import { anyone, type Location, type Resource, type Service, type StaffMember } from '../../business/catalogue.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { Problem, unprocessable } from '../../platform/http/problems.ts';
import { type DiaryOwner, ownerOf, resourceOwnerOf } from './owner.ts';

/** A request: services in order, each by a person or anyone. Ids are known to exist. */
export interface VisitRequest {
  location: Location;
  wanted: readonly {
    service: Service;
    asked: string;
    candidates: readonly StaffMember[];
    /** Rooms and equipment of each kind that the service needs. */
    resources: readonly (readonly Resource[])[];
  }[];
  /** Seats in a group lesson; 1 otherwise. */
  seats: number;
}

/** Paths of the fields in a body made of `visitInput`. */
export const pathsInBody = {
  location: 'locationId',
  service: (index: number) => `services[${index}].serviceId`,
  staff: (index: number) => `services[${index}].staffId`,
};

/** The request with its ids looked up; throws unprocessable that names the field, `paths` tells how the caller names them. */
export const resolveVisit = (
  catalogueIndex: CatalogueIndex,
  locationId: string,
  wanted: readonly { serviceId: string; staffId: string }[],
  paths: { location: string; service(index: number): string; staff(index: number): string },
  seats = 1,
): VisitRequest => {
  const location = catalogueIndex.needLocation(locationId, paths.location);
  const lesson = wanted.findIndex(({ serviceId }) => catalogueIndex.service(serviceId)?.seats !== undefined);
  const most = catalogueIndex.service(wanted[lesson]?.serviceId ?? '')?.seats ?? 1;
  if (lesson >= 0 && wanted.length > 1) {
    throw unprocessable(paths.service(lesson), 'is a group lesson and is booked by itself');
  }
  if (seats > most) {
    throw unprocessable('seats', lesson < 0 ? 'goes with group lessons only' : `must be at most ${most}`);
  }
  return {
    location,
    seats,
    wanted: wanted.map(({ serviceId, staffId }, index) => {
      const service = catalogueIndex.needService(serviceId, paths.service(index));
      if (!catalogueIndex.offeredAt(service, locationId)) {
        const offered = catalogueIndex.services.filter((other) => catalogueIndex.offeredAt(other, locationId));
        const ids = offered.slice(0, 50).map(({ id }) => id);
        throw unprocessable(paths.service(index), `"${serviceId}" is not offered at "${locationId}"`, ids);
      }
      const performers = catalogueIndex.performers(serviceId, locationId);
      const resources = service.needs.map((kind) => catalogueIndex.resourcesOf(kind, locationId));
      if (staffId === anyone) return { service, asked: anyone, candidates: performers, resources };
      const person = catalogueIndex.needPerson(staffId, paths.staff(index));
      if (!performers.includes(person)) {
        throw unprocessable(paths.staff(index), `"${staffId}" does not perform "${serviceId}" at "${locationId}"`, [
          ...performers.map(({ id }) => id),
          anyone,
        ]);
      }
      return { service, asked: staffId, candidates: [person], resources };
    }),
  };
};

/** Everybody and everything whose diary decides whether the visit fits. */
export const ownersOf = (catalogueIndex: CatalogueIndex, request: VisitRequest): DiaryOwner[] => {
  const people = new Set(request.wanted.flatMap(({ candidates }) => candidates));
  return [
    ...[...people].map((person) => ownerOf(catalogueIndex, person)),
    ...resourcesIn(request).map((resource) => resourceOwnerOf(catalogueIndex, resource)),
  ];
};

/** Rooms and equipment that the visit may take, each once. */
export const resourcesIn = ({ wanted }: VisitRequest): Resource[] => [
  ...new Set(wanted.flatMap(({ resources }) => resources.flat())),
];

/**
 * Throws unprocessable for a visit that clients must not book by themselves: too long, or a service twice. `paths`: how
 * the caller names the fields.
 */
export const mustBeBookableOnline = (
  { wanted }: VisitRequest,
  maxMinutes: number,
  paths: Pick<typeof pathsInBody, 'service'>,
): void => {
  const ids = wanted.map(({ service }) => service.id);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) < index);
  if (twice >= 0) throw unprocessable(paths.service(twice), 'stands there twice; name each service once');
  const minutes = visitMinutes(wanted);
  if (minutes > maxMinutes)
    throw unprocessable('services', `take ${minutes} minutes; online a visit is at most ${maxMinutes}: call us`);
};

export const visitMinutes = (segments: readonly { service: Service }[]): number =>
  segments.reduce((sum, { service }) => sum + service.durationMinutes, 0);

/** Minutes of preparing and tidying that don't count. */
const freeBuffer = 10;

/**
 * Weight of a visit among the attempts of its household: hours of people that it takes, each started one, for each seat.
 * Each service counts with its buffers, as if somebody else performed it; ten minutes of them are free, so that an hour
 * with a usual pause after it weighs one. Thus a unit takes at most 70 minutes of a person.
 */
export const weightOf = ({ wanted, seats }: VisitRequest): number => {
  const buffers = wanted.reduce(
    (sum, { service }) => sum + service.bufferBeforeMinutes + service.bufferAfterMinutes,
    0,
  );
  return Math.ceil((visitMinutes(wanted) + Math.max(0, buffers - freeBuffer)) / 60) * seats;
};

/**
 * Visit that a client asks to book, and its weight. What can't be booked takes nothing: it weighs as any attempt, and is
 * refused when it is needed, after it has been counted. `need` throws unprocessable.
 */
export const askedOnline = (
  catalogueIndex: CatalogueIndex,
  {
    locationId,
    services,
    seats,
  }: {
    locationId: string;
    services: readonly { serviceId: string; staffId: string }[];
    seats: number;
  },
): { weight: number; need: () => VisitRequest } => {
  try {
    const visit = resolveVisit(catalogueIndex, locationId, services, pathsInBody, seats);
    mustBeBookableOnline(visit, catalogueIndex.settings.booking.maxVisitMinutes, pathsInBody);
    return { weight: weightOf(visit), need: () => visit };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return {
      weight: 1,
      need: () => {
        throw error;
      },
    };
  }
};
