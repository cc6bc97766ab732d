import { jobCreationFor } from '../background/jobs/wiring.ts';
import { createAppointments } from '../booking/appointments/appointments.ts';
import { createReschedule } from '../booking/appointments/reschedule.ts';
import { createAvailability } from '../booking/placement/availability.ts';
import { createAllocator } from '../booking/placement/placement.ts';
import type { AppointmentDeps } from '../booking/wiring.ts';
import { diaryPages, reachFor } from '../booking/wiring.ts';
import { createIdempotent } from '../platform/idempotent.ts';
import { createBlocks } from './blocks/blocks.ts';
import { createBlockStore } from './blocks/store.ts';
import { createDaySheets } from './day-sheet.ts';
import { createFrontDesk } from './front-desk.ts';
import { createLessonCancel } from './lessons/cancel.ts';
import { createLessonChange } from './lessons/change.ts';
import { lessonJobs } from './lessons/record-job.ts';
import { createRecording } from './lessons/recording.ts';

/** Use cases of the front desk: booking, changing, blocking. */
export const frontDeskFor = (deps: AppointmentDeps) => {
  const { catalogue, now } = deps;
  const pages = diaryPages(deps);
  const availability = createAvailability(catalogue, pages, now);
  const appointments = createAppointments({ ...deps, pages });
  const place = createAllocator(pages, availability);
  const [reschedule, idempotent] = [createReschedule(pages, now), createIdempotent(deps)];
  return {
    appointments,
    pages,
    availability,
    desk: createFrontDesk({ ...deps, reachOf: reachFor(deps), appointments, pages, place, reschedule, idempotent }),
    blocks: createBlocks({ ...deps, appointments, pages, idempotent }),
    place,
    idempotent,
  };
};

/** Acts on whole lessons. */
export const lessonActsFor = (deps: AppointmentDeps) => {
  const recorded = createRecording({ ...deps, createJob: jobCreationFor(deps, lessonJobs) });
  const shared = { ...deps, ...frontDeskFor(deps), blocks: createBlockStore(deps.table), recorded };
  return { change: createLessonChange(shared), cancel: createLessonCancel(shared) };
};

/** Day sheets for the capabilities that look at a location's whole day. */
export const daySheetsFor = ({ table }: Pick<AppointmentDeps, 'table'>) => createDaySheets(table);

/** Blocked times for the capabilities that move them. */
export const blockStoreFor = ({ table }: Pick<AppointmentDeps, 'table'>) => createBlockStore(table);
