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

/** The error with which a call failed, where it has one of these names; any other is thrown. */
const errorNamed = async (names: readonly string[], call: Promise<unknown>): Promise<Error | undefined> => {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (!names.includes((error as Error).name)) throw error;
    return error as Error;
  }
};

const attempts = 5;

/** A schedule knows seconds: it never fires before its message is due, since that would only put it off again. */
const atSecond = (at: Instant): string => new Date(Math.ceil(at / 1000) * 1000).toISOString().slice(0, 19);

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
    ScheduleExpression: `at(${atSecond(at)})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: targetOf(message),
  });

  return {
    async put(name, at, message) {
      const schedule = definition(name, at, message);
      for (let attempt = 1; ; attempt += 1) {
        const exists = await errorNamed(['ConflictException'], client.send(new CreateScheduleCommand(schedule)));
        if (!exists) return;
        // It fired meanwhile, or was created a moment ago and can't be updated yet.
        const passing = await errorNamed(
          ['ResourceNotFoundException', 'ConflictException'],
          client.send(new UpdateScheduleCommand(schedule)),
        );
        if (!passing) return;
        if (attempt === attempts) throw passing;
        await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
      }
    },
    async remove(name) {
      const deleted = client.send(new DeleteScheduleCommand({ Name: name, GroupName: place.group }));
      await errorNamed(['ResourceNotFoundException'], deleted);
    },
  };
};
