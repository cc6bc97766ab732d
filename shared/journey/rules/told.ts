import type { Appointment } from '../../booking/appointments/appointments.ts';
import { anyone, type Touchpoint } from '../../business/catalogue.ts';
import type { Message, Told } from '../../messages/message.ts';

/** Facts of the appointment that a message tells, as far as the client must hear when that changes. */
export const toldOf = ({ id, version, startsAt, locationId, status, services }: Appointment): Told => ({
  appointmentId: id,
  version,
  startsAt,
  locationId,
  isCancelled: status === 'cancelled',
  lines: services.map((line) => ({ id: line.id, ...(line.asked === anyone ? {} : { staffId: line.staffId }) })),
});

const sameLines = (told: Told['lines'], services: Appointment['services']): boolean =>
  told.length === services.length &&
  told.every(({ id, staffId }, index) => {
    const line = services[index];
    return line?.id === id && (staffId === undefined || staffId === line.staffId);
  });

type Row = Pick<Message, 'appointmentId' | 'touchpoint' | 'status' | 'reason' | 'told'>;

const went: readonly Message['status'][] = ['sent', 'delivered', 'bounced', 'complained'];
/** It may have gone. */
const perhaps: readonly Message['status'][] = ['sending', 'unknown'];

/** The latest facts that the client was told of the appointment; `unsure`: nobody knows whether that reached the provider. */
const lastTold = (id: string, rows: readonly Row[]): { told: Told; unsure: boolean } | undefined =>
  rows
    .filter(({ status }) => went.includes(status) || perhaps.includes(status))
    .flatMap(({ told = [], status }) =>
      told
        .filter(({ appointmentId }) => appointmentId === id)
        .map((each) => ({ told: each, unsure: !went.includes(status) })),
    )
    .reduce<{ told: Told; unsure: boolean } | undefined>(
      (last, each) => (last && last.told.version > each.told.version ? last : each),
      undefined,
    );

const overtaken: readonly (string | undefined)[] = ['moved', 'cancelled', 'superseded', 'not_notified'];

/**
 * Whether staff booked it, and the message that would have said so did not go because they had changed or cancelled it by
 * then: nobody has heard of it.
 */
const isUnheardOf = (
  { id, bookedBy }: Pick<Appointment, 'id' | 'bookedBy'>,
  journey: readonly Pick<Touchpoint, 'id' | 'anchor'>[],
  rows: readonly Row[],
): boolean => {
  const byStaff = bookedBy !== undefined && bookedBy !== 'client';
  const isBooking = (touchpointId: string) =>
    journey.some((each) => each.id === touchpointId && each.anchor === 'booking');
  return (
    byStaff &&
    lastTold(id, rows) === undefined &&
    rows.some(
      ({ appointmentId, touchpoint, status, reason }) =>
        appointmentId === id && isBooking(touchpoint) && status === 'skipped' && overtaken.includes(reason),
    )
  );
};

/** Whether time, place, status, services and who was asked for are as the client was last told. */
const isAsTold = (appointment: Appointment, rows: readonly Row[]): boolean => {
  const last = lastTold(appointment.id, rows);
  if (!last || last.unsure) return false;
  const { startsAt, locationId, isCancelled, lines } = last.told;
  return (
    isCancelled === (appointment.status === 'cancelled') &&
    (isCancelled ||
      (startsAt === appointment.startsAt &&
        locationId === appointment.locationId &&
        sameLines(lines, appointment.services)))
  );
};

/** Whether the client knows the time and place already: what is new is the person, or the service. */
const knowsTimeAndPlace = ({ id, startsAt, locationId }: Appointment, rows: readonly Row[]): boolean => {
  const told = lastTold(id, rows)?.told;
  return told !== undefined && !told.isCancelled && told.startsAt === startsAt && told.locationId === locationId;
};

/**
 * The touchpoint in words that are true for what staff did with these; `superseded`: the client knows already. Who was
 * never told of an appointment, or knows its time, hears that it is booked as it is now.
 */
export const wordsFor = (
  touchpoint: Touchpoint,
  spokenFor: readonly Appointment[],
  journey: readonly Pick<Touchpoint, 'id' | 'anchor'>[],
  rows: readonly Row[],
): Touchpoint | 'superseded' => {
  if (spokenFor.every((each) => isAsTold(each, rows))) return 'superseded';
  const isUnheard = spokenFor.every((each) => isUnheardOf(each, journey, rows));
  if (isUnheard && touchpoint.anchor === 'cancellation') return 'superseded';
  const isNewTime = !isUnheard && !spokenFor.every((each) => knowsTimeAndPlace(each, rows));
  return touchpoint.template === 'moved' && !isNewTime ? { ...touchpoint, template: 'confirmation' } : touchpoint;
};
