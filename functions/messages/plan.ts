import { SQSClient } from '@aws-sdk/client-sqs';
import { appointmentsFor } from '../../shared/booking/booking.ts';
import { waitingFor } from '../../shared/booking/waiting-for.ts';
import { createWaitingPlan } from '../../shared/booking/waiting-plan.ts';
import { createOutbox } from '../../shared/messages/outbox-queue.ts';
import { createPlan } from '../../shared/messages/plan.ts';
import { planHandler } from '../../shared/messages/plan-handler.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { createReviews } from '../../shared/reviews/reviews.ts';
import { createJobStarter } from '../../shared/settings/jobs.ts';
import { createJobStore } from '../../shared/settings/store.ts';
import { foundation, once, variable } from '../environment.ts';
import { schedules } from './schedules.ts';

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
