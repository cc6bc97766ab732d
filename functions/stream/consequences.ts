import { jobFollowersFor } from '../../shared/background/jobs/wiring.ts';
import { streamHandler } from '../../shared/background/stream.ts';
import { appointmentsFor } from '../../shared/booking/wiring.ts';
import { lessonJobs } from '../../shared/diary/lessons/record-job.ts';
import { journeyFollowersFor } from '../../shared/journey/wiring.ts';
import { once } from '../../shared/platform/memo.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { reviewFollowersFor } from '../../shared/reviews/wiring.ts';
import { settingsJobs } from '../../shared/settings/jobs/kinds.ts';
import { waitingFollowersFor } from '../../shared/waiting-list/offers/wiring.ts';
import { schedules } from '../clients.ts';
import { foundation } from '../foundation.ts';
import { outbox } from '../queues.ts';

const followers = once(() => {
  const deps = {
    ...foundation(),
    appointments: appointmentsFor(foundation()),
    outbox: outbox(),
    schedules: schedules(),
  };
  return [
    ...waitingFollowersFor(deps),
    ...journeyFollowersFor(deps),
    ...reviewFollowersFor(deps),
    ...jobFollowersFor(deps, [settingsJobs, lessonJobs]),
  ];
});

export const handler = streamHandler(createTelemetry('consequences'), followers);
