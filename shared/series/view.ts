import type * as z from 'zod';
import type { Appointment } from '../booking/appointments/appointments.ts';
import { servicesOf } from '../booking/appointments/view.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import { isoWithOffset } from '../platform/time/time.ts';
import type { seriesAnswer } from './contract.ts';
import type { Series } from './store.ts';

/** Repeating appointments as staff see them, in the business's first language. */
export const seriesView = (
  catalogueIndex: CatalogueIndex,
  { id, version, clientId, locationId, zone, rule }: Series,
  appointments: readonly Appointment[],
): z.input<typeof seriesAnswer> => ({
  id,
  version,
  clientId,
  locationId,
  zone,
  rule,
  occurrences: appointments.map((appointment) => ({
    appointmentId: appointment.id,
    index: appointment.series?.index ?? 0,
    status: appointment.status,
    startsAt: isoWithOffset(appointment.startsAt, appointment.zone),
    endsAt: isoWithOffset(appointment.endsAt, appointment.zone),
    services: servicesOf(catalogueIndex, appointment, catalogueIndex.settings.languages[0] ?? 'en'),
  })),
});
