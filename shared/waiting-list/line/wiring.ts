import { type AppointmentDeps, reachFor } from '../../booking/wiring.ts';
import { createWaitingStore } from '../store.ts';
import { createAdmit } from './admit.ts';
import { createCrowd } from './crowd.ts';
import { createRank } from './rank.ts';

/** Decides which entries rank. */
export const rankFor = (deps: AppointmentDeps) =>
  createRank({ ...deps, store: createWaitingStore(deps.table), reachOf: reachFor(deps), crowd: createCrowd(deps) });

/** Admits entries that come by form. */
export const admitFor = (deps: AppointmentDeps) =>
  createAdmit({ ...deps, store: createWaitingStore(deps.table), reachOf: reachFor(deps) });
