import { createAppointments } from '../booking/appointments/appointments.ts';
import { createAvailability } from '../booking/placement/availability.ts';
import { createFinder } from '../booking/placement/placement.ts';
import { createPress } from '../booking/press.ts';
import { type AppointmentDeps, appointmentsFor, diaryPages, reachFor } from '../booking/wiring.ts';
import { createIdempotent } from '../platform/idempotent.ts';
import { createWaitingAnswers } from './answers.ts';
import { createJoin } from './join.ts';
import { createCrowd } from './line/crowd.ts';
import { createFreeThen } from './line/free-then.ts';
import { createWaitingPage } from './line/list.ts';
import { admitFor, rankFor } from './line/wiring.ts';
import { createAsked } from './offers/asked.ts';
import { createWaitingStore } from './store.ts';

/** Those who wait, for the capabilities that follow them. */
export const waitingFor = ({ table }: Pick<AppointmentDeps, 'table'>) => createWaitingStore(table);

/** Finds the client whom a message was about, by the id of the appointment or of the place on the list. */
export const addresseeFor = (deps: AppointmentDeps) => {
  const [appointments, waiting] = [appointmentsFor(deps), waitingFor(deps)];
  return async (subject: string) => (await appointments.get(subject)) ?? (await waiting.get(subject));
};

/** Use cases of clients and staff on the waiting list. */
export const waitingListFor = (deps: AppointmentDeps) => {
  const { table, catalogue, now } = deps;
  const pages = diaryPages(deps);
  const store = createWaitingStore(table);
  const appointments = createAppointments({ ...deps, pages });
  const rank = rankFor(deps);
  return {
    rank,
    page: createWaitingPage({ store, now }),
    join: createJoin({
      ...deps,
      store,
      reachOf: reachFor(deps),
      admit: admitFor(deps),
      crowd: createCrowd(deps),
      freeThen: createFreeThen(table),
      availability: createAvailability(catalogue, pages, now),
      idempotent: createIdempotent(deps),
    }),
    answers: createWaitingAnswers({
      ...deps,
      appointments,
      store,
      pages,
      find: createFinder(pages),
      rank,
      freeThen: createFreeThen(table),
      asked: createAsked(table),
      press: createPress(deps),
    }),
  };
};
