import type { Appointments } from '../booking/appointments/appointments.ts';
import { type Access, maySee, mustSee } from '../people/access/rules.ts';
import { unprocessable } from '../platform/http/problems.ts';
import type { Instant } from '../platform/time/time.ts';
import { hour, hourAround } from './choice.ts';
import { mostListed } from './contract.ts';

type Asked = { appointmentId?: string | undefined; from?: string | undefined };

interface Span {
  from: Instant;
  until: Instant;
  household?: string | undefined;
}

/** Lists what was booked by the form within an hour. Throws not_found, unprocessable. */
export const createList = (deps: {
  online: { between(from: Instant, until: Instant): Promise<{ id: string; at: Instant; household: string }[]> };
  appointments: Pick<Appointments, 'need' | 'get'>;
}) => {
  const { online, appointments } = deps;

  const spanOf = async (access: Access, { appointmentId, from }: Asked): Promise<Span> => {
    if (!appointmentId) {
      const start = Date.parse(from ?? '');
      return { from: start, until: start + hour };
    }
    const appointment = await appointments.need(appointmentId);
    mustSee(access, appointment);
    const { household, bookedAt } = appointment;
    if (household === undefined) throw unprocessable('appointmentId', 'was not booked by the public form');
    return { ...hourAround(bookedAt), household };
  };

  return async (access: Access, asked: Asked) => {
    const { from, until, household } = await spanOf(access, asked);
    const rows = await online.between(from, until);
    const wanted = rows.filter((row) => household === undefined || row.household === household);
    const listed = wanted.slice(0, mostListed);
    const found = await Promise.all(listed.map(({ id }) => appointments.get(id)));
    return {
      from,
      until,
      next: wanted[mostListed]?.at,
      found: found.filter((each) => each !== undefined).filter((each) => maySee(access, each)),
    };
  };
};
