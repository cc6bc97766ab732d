import { createHash } from 'node:crypto';
import { type Appointment, open } from '../../booking/appointments/appointments.ts';
import type { Lesson } from '../../booking/slots/assign.ts';
import { Problem } from '../../platform/http/problems.ts';
import { minute } from '../../platform/time/time.ts';

/** The id under which the API knows a lesson. No slug holds a full stop. */
export const lessonIdOf = ({ serviceId, staffId, locationId, startsAt }: Lesson): string =>
  [serviceId, staffId, locationId, Math.round(startsAt / minute).toString(36)].join('.');

/** The lesson of an id that has the form of one. */
export const lessonBehind = (id: string): Lesson => {
  const [serviceId = '', staffId = '', locationId = '', start = ''] = id.split('.');
  return { serviceId, staffId, locationId, startsAt: Number.parseInt(start, 36) * minute };
};

/** The lesson to which the appointment is a place; undefined where it is none. */
export const lessonOf = ({ locationId, startsAt, seats, services }: Appointment): Lesson | undefined => {
  const [line] = services;
  if (seats === undefined || !line) return undefined;
  return { serviceId: line.id, staffId: line.staffId, locationId, startsAt };
};

/** Whether somebody is still to come, or is there. */
export const isComing = ({ status }: Pick<Appointment, 'status'>): boolean => open.includes(status);

/** Changes with everything that changes of who comes. */
export const lessonVersion = (appointments: readonly Pick<Appointment, 'id' | 'version' | 'status'>[]): string => {
  const rows = appointments.filter(isComing).map(({ id, version }) => `${id}:${version}`);
  return createHash('sha256').update(rows.sort().join(' ')).digest('base64url').slice(0, 22);
};

/** Throws status_conflict for what is over, or has been marked. */
export const mustBeChangeable = (appointments: readonly Appointment[], now: number): void => {
  if (appointments.some(({ endsAt }) => endsAt <= now)) {
    throw new Problem('status_conflict', { detail: 'The lesson is over; mark what became of it.' });
  }
  const marked = appointments.find((each) => !isComing(each));
  if (marked) {
    throw new Problem('status_conflict', {
      detail: `Somebody who comes is marked as ${marked.status.replace('_', '-')}; undo that first.`,
    });
  }
};
