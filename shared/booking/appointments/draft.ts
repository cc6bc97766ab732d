import type { Contact } from '../../clients/clients.ts';
import type { Instant } from '../../platform/time/time.ts';
import type { Placement } from '../placement/placement.ts';
import type { Assignment } from '../slots/assign.ts';
import type { VisitRequest } from '../slots/request.ts';
import type { Appointment } from './entity.ts';
import { actAt } from './promised.ts';

/** The appointment's lines as they were assigned. */
export const linesOf = (request: VisitRequest, assignments: readonly Assignment[]): Appointment['services'] =>
  assignments.map(({ service, person, resources, from, until }, index) => ({
    id: service.id,
    staffId: person.id,
    asked: request.wanted[index]?.asked ?? person.id,
    startsAt: from,
    durationMinutes: Math.round((until - from) / 60_000),
    price: { ...service.price, amount: service.price.amount * request.seats },
    ...(resources.length > 0 ? { resources: resources.map(({ id }) => id) } : {}),
  }));

/** Whether the visit is a place in a group lesson. */
export const isLesson = ({ wanted }: VisitRequest): boolean => wanted[0]?.service.seats !== undefined;

/** A new appointment, not yet in the table. */
export const draft = (input: {
  id: string;
  clientId: string;
  request: VisitRequest;
  placement: Placement;
  contact: Contact;
  at: Instant;
  by: string;
  /** The client is not to hear of it. */
  silent?: boolean | undefined;
  notes?: string | undefined;
  source?: string | undefined;
  more?: Pick<Appointment, 'awaiting' | 'confirmBy' | 'noShows' | 'series' | 'household' | 'proven' | 'asked'>;
}): Appointment => {
  const { id, clientId, request, placement, at, more } = input;
  const { firstName, lastName, phone, email, language, preferredChannel, zone } = input.contact;
  return {
    id,
    clientId,
    status: 'pending',
    version: 1,
    sequence: 0,
    act: actAt(0, input),
    locationId: request.location.id,
    zone: request.location.zone,
    startsAt: placement.startsAt,
    endsAt: placement.endsAt,
    contact: { firstName, lastName: lastName || undefined, phone, email, language, preferredChannel, zone },
    services: linesOf(request, placement.assignments),
    occupies: placement.occupies,
    ...(isLesson(request) ? { seats: request.seats } : {}),
    notes: input.notes || undefined,
    source: input.source || undefined,
    bookedAt: at,
    updatedAt: at,
    bookedBy: input.by,
    ...more,
  };
};
