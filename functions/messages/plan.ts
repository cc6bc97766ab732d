import { SQSClient } from '@aws-sdk/client-sqs';
import { appointmentsFor } from '../../shared/booking/booking.ts';
import { createOutbox } from '../../shared/messages/outbox-queue.ts';
import { createPlan } from '../../shared/messages/plan.ts';
import { planHandler } from '../../shared/messages/plan-handler.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { createReviews } from '../../shared/reviews/reviews.ts';
import { foundation, once, variable } from '../environment.ts';
import { schedules } from './schedules.ts';

const deps = once(() => {
  const appointments = appointmentsFor(foundation());
  const outbox = createOutbox(new SQSClient({}), variable('OUTBOX_QUEUE_URL'));
  const plan = createPlan({ ...foundation(), appointments, outbox, schedules: schedules() });
  return { plan, appointments, reviews: createReviews(foundation().table) };
});

export const handler = planHandler(createTelemetry('messages-plan'), deps);
