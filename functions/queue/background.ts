import { queueHandler } from '../../shared/background/consumer.ts';
import type { BackgroundKind, Consumers } from '../../shared/background/kinds.ts';
import { appointmentsFor } from '../../shared/booking/wiring.ts';
import { lessonWork } from '../../shared/diary/lessons/record.ts';
import { journeyWork } from '../../shared/journey/jobs.ts';
import { once } from '../../shared/platform/memo.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { settingsWork } from '../../shared/settings/jobs.ts';
import { waitingWork } from '../../shared/waiting-list/jobs.ts';
import { schedules } from '../clients.ts';
import { foundation } from '../foundation.ts';

/** Due work beside messages. */
const consumers = once((): Consumers<BackgroundKind> => {
  const base = { ...foundation(), schedules: schedules(), rules: process.versions['tz'] };
  const deps = { ...base, appointments: appointmentsFor(base) };
  return { ...journeyWork(deps), ...waitingWork(deps), ...settingsWork(deps), ...lessonWork(deps) };
});

export const handler = queueHandler(createTelemetry('background'), consumers);
