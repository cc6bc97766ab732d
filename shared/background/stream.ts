import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import type { Appointments } from '../booking/appointments/appointments.ts';
import {
  appointmentEntityName,
  blockEntityName,
  goneEntityName,
  jobEntityName,
  reviewEntityName,
  waitingEntityName,
} from '../entities.ts';
import type { Plan } from '../journey/plan.ts';
import { handleEach } from '../platform/batch.ts';
import { type TimeLimit, withDeadline } from '../platform/deadline.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import type { Reviews } from '../reviews/reviews.ts';
import type { JobStarter } from '../settings/jobs/jobs.ts';
import type { WaitingPlan } from '../waiting-list/follow.ts';
import type { Waiting } from '../waiting-list/wiring.ts';

type Image = Record<string, AttributeValue> | undefined;

export interface PlanDeps {
  plan: Plan;
  appointments: Pick<Appointments, 'parse'>;
  reviews: Pick<Reviews, 'parse'>;
  jobs: JobStarter;
  waiting: { parse(image: Record<string, unknown>): Waiting };
  waitingPlan: WaitingPlan;
}

const blockDay = z.object({
  entity: z.literal(blockEntityName),
  locationId: z.string(),
  from: z.number(),
  until: z.number(),
});

const both = <T>(
  record: DynamoDBRecord,
  parse: (image: Record<string, unknown>) => T,
): [T | undefined, T | undefined] => {
  const read = (image: Image) => (image ? parse(unmarshall(image)) : undefined);
  return [read(record.dynamodb?.OldImage as Image), read(record.dynamodb?.NewImage as Image)];
};

/** The consumer of the table's stream that keeps schedules and outbox in step. */
export const planHandler = (telemetry: Telemetry, deps: () => PlanDeps) => {
  const handle = async (record: DynamoDBRecord): Promise<void> => {
    const { plan, appointments, reviews, jobs, waiting, waitingPlan } = deps();
    const entity = record.dynamodb?.NewImage?.['entity']?.S;
    if (entity === appointmentEntityName) {
      const [before, after] = both(record, appointments.parse);
      if (!after) return;
      await waitingPlan.appointmentChanged(before, after);
      await plan.appointmentChanged(before, after);
    } else if (entity === reviewEntityName) {
      const [before, after] = both(record, reviews.parse);
      if (after) await plan.reviewChanged(before, after);
    } else if (entity === jobEntityName) {
      const [before, after] = both(record, jobs.parse);
      if (after) await jobs.jobChanged(before, after);
    } else if (entity === waitingEntityName) {
      const [before, after] = both(record, waiting.parse);
      if (after) await waitingPlan.waitingChanged(before, after);
    } else if (entity === blockEntityName || entity === goneEntityName) {
      const [before, after] = both(record, (image) => blockDay.safeParse(image).data);
      if (before) await waitingPlan.blockChanged(before, after);
    }
  };
  return (event: DynamoDBStreamEvent, limit?: TimeLimit): Promise<DynamoDBBatchResponse> =>
    withDeadline(limit, () =>
      handleEach(event.Records, (record) => record.dynamodb?.SequenceNumber ?? '', handle, telemetry),
    );
};
