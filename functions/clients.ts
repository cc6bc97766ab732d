import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { createSchedules, type Schedules } from '../shared/background/schedules.ts';
import { variable } from './environment.ts';

/** The schedule group of the stack, with the queues as its targets. */
export const schedules = (): Schedules =>
  createSchedules(new SchedulerClient({}), {
    group: variable('SCHEDULE_GROUP'),
    roleArn: variable('SCHEDULE_ROLE_ARN'),
    queues: {
      messages: { targetArn: variable('MESSAGES_TARGET_ARN'), deadLetterArn: variable('MESSAGES_DLQ_ARN') },
      background: { targetArn: variable('BACKGROUND_TARGET_ARN'), deadLetterArn: variable('BACKGROUND_DLQ_ARN') },
    },
  });
