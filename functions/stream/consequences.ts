import { SQSClient } from '@aws-sdk/client-sqs';
import { createOutbox } from '../../shared/background/queue.ts';
import { planHandler } from '../../shared/background/stream.ts';
import { appointmentsFor } from '../../shared/booking/routes.ts';
import { createPlan } from '../../shared/journey/plan.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { createReviews } from '../../shared/reviews/reviews.ts';
import { createJobStarter } from '../../shared/settings/jobs/jobs.ts';
import { createJobStore } from '../../shared/settings/jobs/store.ts';
import { createWaitingPlan } from '../../shared/waiting-list/follow.ts';
import { waitingFor } from '../../shared/waiting-list/wiring.ts';
import { schedules } from '../clients.ts';
import { foundation, once, variable } from '../environment.ts';

const deps = once(() => {
  const appointments = appointmentsFor(foundation());
  const outbox = createOutbox(new SQSClient({}), variable('OUTBOX_QUEUE_URL'));
  const plan = createPlan({ ...foundation(), appointments, outbox, schedules: schedules() });
  const jobs = createJobStarter(createJobStore(foundation().table), outbox);
  const waitingPlan = createWaitingPlan({ outbox, schedules: schedules(), now: foundation().now });
  const waiting = waitingFor(foundation());
  return { plan, appointments, reviews: createReviews(foundation().table), jobs, waiting, waitingPlan };
});

export const handler = planHandler(createTelemetry('messages-plan'), deps);
