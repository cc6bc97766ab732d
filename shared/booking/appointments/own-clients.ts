import type { Clock } from '../../platform/time/clock.ts';
import { day } from '../../platform/time/time.ts';
import type { Appointments } from './appointments.ts';

const daysBefore = 7;
const daysAfter = 30;

/** Whether the person has a visit with the client: from a week before it to 30 days after it. */
export const createOwnClients =
  ({ appointments, now }: { appointments: Pick<Appointments, 'ofClient'>; now: Clock }) =>
  async (staffId: string, clientId: string): Promise<boolean> => {
    const at = now();
    const since = at - (daysAfter + 1) * day;
    return (await appointments.ofClient(clientId, since)).some(
      ({ status, startsAt, endsAt, services }) =>
        status !== 'cancelled' &&
        startsAt <= at + daysBefore * day &&
        endsAt >= at - daysAfter * day &&
        services.some((line) => line.staffId === staffId),
    );
  };
