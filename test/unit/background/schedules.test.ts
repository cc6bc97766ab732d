import type {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { expect, test } from 'vitest';
import { createSchedules } from '../../../shared/background/schedules.ts';
import { deferredName, scheduleName } from '../../../shared/journey/rules/plan.ts';

const place = {
  group: 'regulars',
  roleArn: 'arn:role',
  queues: {
    messages: { targetArn: 'arn:outbox', deadLetterArn: 'arn:dead' },
    background: { targetArn: 'arn:background', deadLetterArn: 'arn:undone' },
  },
};
const message = {
  kind: 'touchpoint',
  appointmentId: '0123456789abcdef',
  touchpointId: 'reminder',
  sequence: 3,
} as const;
const at = Date.parse('2026-11-23T11:00:30.500Z');

type Command = CreateScheduleCommand | UpdateScheduleCommand | DeleteScheduleCommand;

const failure = (name: string) => Object.assign(new Error(name), { name });

/** Answers each command with the next of `outcomes`: the name of an error, or nothing. */
const scheduler = (...outcomes: (string | undefined)[]) => {
  const sent: Command[] = [];
  const client = {
    async send(command: Command) {
      sent.push(command);
      const name = outcomes.shift();
      if (name) throw failure(name);
      return {};
    },
  };
  // One method stands for a client of a hundred.
  return { sent, schedules: createSchedules(client as unknown as SchedulerClient, place) };
};
const kinds = (sent: Command[]) => sent.map((command) => command.constructor.name.replace('ScheduleCommand', ''));

test('a schedule fires once, by UTC, deletes itself, and ends in the dead letters if the queue will not have it', async () => {
  const { sent, schedules } = scheduler();
  await schedules.put('name', at, message);
  expect(sent[0]?.input).toEqual({
    Name: 'name',
    GroupName: 'regulars',
    ScheduleExpression: 'at(2026-11-23T11:00:31)',
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: 'arn:outbox',
      RoleArn: 'arn:role',
      Input: JSON.stringify(message),
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      DeadLetterConfig: { Arn: 'arn:dead' },
    },
  });
});

test.each([
  ['11:00:30.000', '11:00:30'],
  ['11:00:30.001', '11:00:31'],
  ['11:00:59.999', '11:01:00'],
])('what is due at %s fires at %s, not before', async (due, fires) => {
  const { sent, schedules } = scheduler();
  await schedules.put('name', Date.parse(`2026-11-23T${due}Z`), message);
  expect(sent[0]?.input).toMatchObject({ ScheduleExpression: `at(2026-11-23T${fires})` });
});

test('what sends nothing has the queue of the background as its target', async () => {
  const { sent, schedules } = scheduler();
  await schedules.put('name', at, { kind: 'unconfirmed', appointmentId: '0123456789abcdef', sequence: 0 });
  expect(sent[0]?.input).toMatchObject({
    Target: { Arn: 'arn:background', DeadLetterConfig: { Arn: 'arn:undone' } },
  });
});

test('one that exists is moved, and nothing of it is left out, since an update resets what it does not name', async () => {
  const { sent, schedules } = scheduler('ConflictException');
  await schedules.put('name', at, message);
  expect(kinds(sent)).toEqual(['Create', 'Update']);
  expect(sent[1]?.input).toEqual(sent[0]?.input);
});

test.each(['ConflictException', 'ResourceNotFoundException'])(
  'one that was created a moment ago, or fires meanwhile, is tried again (%s)',
  async (name) => {
    const { sent, schedules } = scheduler('ConflictException', name, undefined);
    await schedules.put('name', at, message);
    expect(kinds(sent)).toEqual(['Create', 'Update', 'Create']);
  },
);

test('one that never yields is an error in the end, so that the record comes again', async () => {
  const { schedules } = scheduler(...Array<string>(40).fill('ConflictException'));
  await expect(schedules.put('name', at, message)).rejects.toThrow('ConflictException');
});

test.each([[['ThrottlingException']], [['ConflictException', 'ThrottlingException']]])(
  'another error is not swallowed: %j',
  async (outcomes) => {
    const { schedules } = scheduler(...outcomes);
    await expect(schedules.put('name', at, message)).rejects.toThrow('ThrottlingException');
  },
);

test('removing what is not there is no error, anything else is', async () => {
  const { sent, schedules } = scheduler('ResourceNotFoundException', 'ThrottlingException');
  await schedules.remove('name');
  expect(sent[0]?.input).toEqual({ Name: 'name', GroupName: 'regulars' });
  await expect(schedules.remove('name')).rejects.toThrow('ThrottlingException');
});

test('names fit what EventBridge Scheduler takes, for the longest touchpoint and many moves', () => {
  const touchpointId = 'a'.repeat(40);
  for (const name of [
    scheduleName(message.appointmentId, touchpointId),
    deferredName({ ...message, touchpointId, sequence: 99_999 }),
  ])
    expect(name).toMatch(/^[0-9a-zA-Z-_.]{1,64}$/);
});

test('what waits for the end of the quiet hours has a name of its own for each move, apart from what is planned', () => {
  const names = [0, 1].map((sequence) => deferredName({ ...message, sequence }));
  expect(new Set([...names, scheduleName(message.appointmentId, 'reminder')]).size).toBe(3);
});
