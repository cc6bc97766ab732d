import { describeAffected } from '../booking/appointments/affected.ts';
import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import type { BusyTime } from '../booking/day-pages/pages.ts';
import { timeTaken } from '../booking/problems.ts';
import { Problem } from '../platform/http/problems.ts';

const maxNamed = 20;

/** Makes the time_taken that lists the appointments among what is in the way, or says what else it is. */
export const createInTheWay =
  (appointments: Pick<Appointments, 'get'>) =>
  async (busy: readonly BusyTime[]): Promise<Problem> => {
    const ids = [...new Set(busy.map(({ id }) => id))];
    const found = (await Promise.all(ids.slice(0, maxNamed).map(appointments.get))).filter(
      (appointment): appointment is Appointment => appointment !== undefined,
    );
    const affected = found.map((appointment) => describeAffected(appointment, ['in_the_way']));
    const held = busy.some(({ expiresAt }) => expiresAt !== undefined);
    const detail =
      affected.length > 0
        ? `Appointments are in the way: ${affected.length}; move or cancel them first.`
        : held
          ? 'Somebody is booking a time in it at this moment; try again in some minutes.'
          : 'Some of it is blocked already.';
    return new Problem(timeTaken, { detail, ...(affected.length > 0 ? { affected, affectedTotal: ids.length } : {}) });
  };
