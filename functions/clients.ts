import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { createSchedules, type Schedules } from '../shared/background/schedules.ts';
import { variable } from './environment.ts';

/** The schedule group of the stack, with the outbox as its target. */
export const schedules = (): Schedules =>
  createSchedules(new SchedulerClient({}), {
    group: variable('SCHEDULE_GROUP'),
    targetArn: variable('SCHEDULE_TARGET_ARN'),
    roleArn: variable('SCHEDULE_ROLE_ARN'),
    deadLetterArn: variable('SCHEDULE_DLQ_ARN'),
  });
