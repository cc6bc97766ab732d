import type { Appointment } from '../booking/appointments/appointments.ts';
import { servicesOf } from '../booking/appointments/view.ts';
import { needsApproval } from '../booking/contract.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import { type Access, contactFor } from '../people/access/rules.ts';
import type { Language } from '../platform/fields.ts';
import { type Instant, isoUtc, isoWithOffset } from '../platform/time/time.ts';
import type { Block } from './blocks/store.ts';
import type { BlockAnswer, DiaryAppointment, TakenTime } from './contract.ts';
import { undoOf } from './rules.ts';

/** Staff read the business's first language. */
export const staffLanguage = ({ settings }: CatalogueIndex): Language => settings.languages[0] ?? 'en';

/** With names; what has left the catalogue keeps its id. */
export const named = (
  find: (id: string) => { name: string } | undefined,
  ids: readonly string[] = [],
): { id: string; name: string }[] => ids.map((id) => ({ id, name: find(id)?.name ?? id }));

/** An appointment as staff see it, with as much of the client as they may know. */
export const appointmentFor = (
  access: Access,
  catalogueIndex: CatalogueIndex,
  appointment: Appointment,
  now: Instant,
): DiaryAppointment => {
  const { zone, contact, services, confirmBy, noShows = 0, startsAt, endsAt, bookedAt, updatedAt } = appointment;
  const undo = undoOf(appointment, now);
  return {
    ...appointment,
    startsAt: isoWithOffset(startsAt, zone),
    endsAt: isoWithOffset(endsAt, zone),
    client: contactFor(access, contact),
    awaiting: needsApproval(appointment),
    services: servicesOf(catalogueIndex, appointment, staffLanguage(catalogueIndex)).map((line, index) => ({
      ...line,
      resources: named(catalogueIndex.resource, services[index]?.resources),
    })),
    confirmBy: confirmBy === undefined ? undefined : isoWithOffset(confirmBy, zone),
    noShows,
    bookedAt: isoWithOffset(bookedAt, zone),
    updatedAt: isoUtc(updatedAt),
    undo: undo && { status: undo.status, until: isoUtc(undo.until) },
  };
};

/** View of an appointment for whoever may know no more than that the time is taken. */
export const takenFor = ({ id, zone, startsAt, endsAt, services }: Appointment): TakenTime => ({
  id,
  startsAt: isoWithOffset(startsAt, zone),
  endsAt: isoWithOffset(endsAt, zone),
  staff: [...new Set(services.map(({ staffId }) => staffId))],
});

/** A block by the clock of the location where it is looked at. */
export const blockFor = (block: Block, zone: string): BlockAnswer => ({
  ...block,
  from: isoWithOffset(block.from, zone),
  until: isoWithOffset(block.until, zone),
  at: isoUtc(block.at),
});
