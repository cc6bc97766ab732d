import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  type SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import type { Instant } from '../platform/time/time.ts';
import { type OutboxMessage, type QueueName, queueOf } from './kinds.ts';

/** One-time schedules that put a message into the queue of its kind when it is due. */
export interface Schedules {
  /** Creates or moves the schedule of this name. */
  put(name: string, at: Instant, message: OutboxMessage): Promise<void>;
  /** Deleting what is not there is no error. */
  remove(name: string): Promise<void>;
}

export interface SchedulePlace {
  group: string;
  roleArn: string;
  /** ARNs of each queue, and of that for what the scheduler can't hand over to it. */
  queues: Record<QueueName, { targetArn: string; deadLetterArn: string }>;
}

const named = (error: unknown, name: string): boolean => (error as Error).name === name;

const attempts = 5;

export const createSchedules = (client: SchedulerClient, place: SchedulePlace): Schedules => {
  const targetOf = (message: OutboxMessage): CreateScheduleCommandInput['Target'] => {
    const { targetArn, deadLetterArn } = place.queues[queueOf(message)];
    return {
      Arn: targetArn,
      RoleArn: place.roleArn,
      Input: JSON.stringify(message),
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      DeadLetterConfig: { Arn: deadLetterArn },
    };
  };

  const definition = (name: string, at: Instant, message: OutboxMessage): CreateScheduleCommandInput => ({
    Name: name,
    GroupName: place.group,
    ScheduleExpression: `at(${new Date(at).toISOString().slice(0, 19)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: targetOf(message),
  });

  return {
    async put(name, at, message) {
      const schedule = definition(name, at, message);
      for (let attempt = 1; ; attempt += 1) {
        try {
          await client.send(new CreateScheduleCommand(schedule));
          return;
        } catch (error) {
          if (!named(error, 'ConflictException')) throw error;
        }
        try {
          await client.send(new UpdateScheduleCommand(schedule));
          return;
        } catch (error) {
          // It fired meanwhile, or was created a moment ago and can't be updated yet.
          const passing = named(error, 'ResourceNotFoundException') || named(error, 'ConflictException');
          if (!passing || attempt === attempts) throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
      }
    },
    async remove(name) {
      try {
        await client.send(new DeleteScheduleCommand({ Name: name, GroupName: place.group }));
      } catch (error) {
        if (!named(error, 'ResourceNotFoundException')) throw error;
      }
    },
  };
};
