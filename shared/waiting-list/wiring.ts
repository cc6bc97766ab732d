import { createAppointments } from '../booking/appointments/appointments.ts';
import { createAvailability } from '../booking/placement/availability.ts';
import { createFinder } from '../booking/placement/placement.ts';
import { type AppointmentDeps, diaryPages } from '../booking/wiring.ts';
import { createIdempotent } from '../platform/idempotent.ts';
import { createWaitingAnswers } from './answers.ts';
import { createJoin } from './join.ts';
import { createWaitingStore } from './store.ts';

/** Those who wait, for the capabilities that follow them. */
export const waitingFor = ({ table }: Pick<AppointmentDeps, 'table'>) => createWaitingStore(table);

/** What clients and staff do with the waiting list. */
export const waitingListFor = (deps: AppointmentDeps) => {
  const { table, catalogue, now } = deps;
  const pages = diaryPages(deps);
  const store = createWaitingStore(table);
  const appointments = createAppointments({ ...deps, pages });
  return {
    store,
    join: createJoin({
      ...deps,
      store,
      availability: createAvailability(catalogue, pages, now),
      once: createIdempotent(deps),
    }),
    answers: createWaitingAnswers({ ...deps, appointments, store, pages, find: createFinder(pages) }),
  };
};
