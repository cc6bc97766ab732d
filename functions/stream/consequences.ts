import { createJobFollower } from '../../shared/background/jobs/run.ts';
import { streamHandler } from '../../shared/background/stream.ts';
import { appointmentsFor } from '../../shared/booking/wiring.ts';
import { journeyFollowersFor } from '../../shared/journey/wiring.ts';
import { once } from '../../shared/platform/memo.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { reviewFollowersFor } from '../../shared/reviews/wiring.ts';
import { settingsJobs } from '../../shared/settings/jobs/kinds.ts';
import { createJobStore } from '../../shared/settings/jobs/store.ts';
import { waitingFollowersFor } from '../../shared/waiting-list/wiring.ts';
import { schedules } from '../clients.ts';
import { foundation } from '../environment.ts';
import { outbox } from '../queues.ts';

const followers = once(() => {
  const queues = outbox();
  const deps = {
    ...foundation(),
    appointments: appointmentsFor(foundation()),
    outbox: queues,
    schedules: schedules(),
  };
  return [
    ...waitingFollowersFor(deps),
    ...journeyFollowersFor(deps),
    ...reviewFollowersFor(deps),
    createJobFollower(createJobStore(deps.table), settingsJobs, queues),
  ];
});

export const handler = streamHandler(createTelemetry('consequences'), followers);
