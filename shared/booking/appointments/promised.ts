import { isoUtc, localMoment } from '../../platform/time/time.ts';
import type { Appointment } from './entity.ts';

/** Sort key of an appointment among those of a location's day or of a client, in order of time. */
export const inOrderOfTime = ({ id, startsAt }: Pick<Appointment, 'id' | 'startsAt'>): string =>
  `${isoUtc(startsAt)}#${id}`;

/**
 * Start by the location's clock, `YYYY-MM-DDTHH:MM`, as it was promised: kept as written while the start is that which
 * was read, since the rules of a zone may change between the two. Who sets another zone drops it.
 */
export const promisedStart = (
  appointment: Pick<Appointment, 'id' | 'startsAt' | 'zone' | 'localStart' | 'locationSk'>,
): string => {
  const { startsAt, zone, localStart, locationSk } = appointment;
  if (localStart !== undefined && locationSk === inOrderOfTime(appointment)) return localStart;
  return localMoment(startsAt, zone);
};

/** Sequence under which messages of the appointment go: what has the same is about the same time, place and people. */
export const toldSequence = ({ act, sequence }: Pick<Appointment, 'act' | 'sequence'>): number =>
  act?.sequence ?? sequence;

/** The act that stays the latest while the sequence rises by a change of which nobody hears. */
export const actKept = ({ act, ...appointment }: Appointment): NonNullable<Appointment['act']> =>
  act ?? { sequence: appointment.sequence, at: appointment.updatedAt, by: 'system' };

/** An act of which the client hears, unless it is `silent`. `by`: as `bookedBy`. */
export const actAt = (
  sequence: number,
  { at, by, silent }: { at: number; by: string; silent?: boolean | undefined },
): NonNullable<Appointment['act']> => ({ sequence, at, by, ...(silent ? { silent } : {}) });
