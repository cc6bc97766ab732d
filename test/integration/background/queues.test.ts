import { type AttributeValue, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { day, hour, minute } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { outcomesOf } from '../../support/world/messages.ts';
import { jobOf, settingsOf } from '../../support/world/settings.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

/** As stacks from before there were two queues did: everything had the outbox as its target. */
const scheduleAsBefore = (name: string, at: number, input: string) =>
  new SchedulerClient().send(
    new CreateScheduleCommand({
      Name: name,
      GroupName: process.env['SCHEDULE_GROUP'],
      ScheduleExpression: `at(${new Date(at).toISOString().slice(0, 19)})`,
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
      Target: {
        Arn: process.env['MESSAGES_TARGET_ARN'],
        RoleArn: process.env['SCHEDULE_ROLE_ARN'],
        Input: input,
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        DeadLetterConfig: { Arn: process.env['MESSAGES_DLQ_ARN'] },
      },
    }),
  );

test('a reminder that was scheduled before is delivered, once', async () => {
  const { system, api } = world;
  const visit = await mustBook(api, { startsAt: '2026-12-15T10:00' });
  const input = `{"kind":"touchpoint","appointmentId":"${visit.id}","touchpointId":"reminder","sequence":0}`;
  await scheduleAsBefore('old-reminder', Date.parse(visit.startsAt) - day, input);
  await system.windTo(Date.parse(visit.startsAt) - day + hour);
  expect(await outcomesOf(world, visit)).toContain('reminder: delivered');
  expect([system.outbox(), system.deadLetters()]).toEqual([[], []]);
});

test('work of the background that lies in the outbox, or is scheduled for it, is passed on and done', async () => {
  const { system, as } = world;
  const manager = as('manager');
  const { version, value } = (await settingsOf(world)).journey;
  const changed = value.map((touchpoint) =>
    touchpoint.id === 'reminder' ? { ...touchpoint, offset: '-P3D' } : touchpoint,
  );
  const { jobs = [] } = dataOf(await manager.putJourney({ ifMatch: version, body: { value: changed } }));
  const jobId = jobs[0]?.id ?? '';
  await system.settle();
  expect((await jobOf(world, jobId)).done).toBe(0);
  const today = new Date(system.clock.now()).toISOString().slice(0, 10);
  const tomorrow = new Date(system.clock.now() + day).toISOString().slice(0, 10);
  const old = (date: string) => `{"kind":"replan","jobId":"${jobId}","locationId":"brooklyn","date":"${date}"}`;
  await new SQSClient().send(
    new SendMessageCommand({ QueueUrl: process.env['OUTBOX_QUEUE_URL'], MessageBody: old(today) }),
  );
  await scheduleAsBefore('old-replan', system.clock.now() + 30_000, old(tomorrow));
  await system.settle();
  expect((await jobOf(world, jobId)).done).toBe(1);
  await system.windBy(minute);
  expect((await jobOf(world, jobId)).done).toBe(2);
  const passedOn = system.logs().filter((line) => line.includes('"passed on"'));
  expect(passedOn.map((line) => JSON.parse(line).function)).toEqual(['messages', 'messages']);
});

test('a job that was stopped leaves the rest undone, says so, and goes on when it is resumed', async () => {
  const { system, as } = world;
  const manager = as('manager');
  const { version, value } = (await settingsOf(world)).journey;
  const changed = value.map((touchpoint) =>
    touchpoint.id === 'reminder' ? { ...touchpoint, offset: '-P2D' } : touchpoint,
  );
  const { jobs = [] } = dataOf(await manager.putJourney({ ifMatch: version, body: { value: changed } }));
  const params = { jobId: jobs[0]?.id ?? '' };
  const stopped = dataOf(await manager.stopJob({ params }));
  expect(stopped).toMatchObject({ done: 0, stoppedAt: expect.any(String) });
  expect(dataOf(await manager.stopJob({ params }))).toEqual(stopped);
  await system.windBy(5 * minute);
  expect(await jobOf(world, params.jobId)).toEqual(stopped);
  const today = new Date(system.clock.now()).toISOString().slice(0, 10);
  const { entries } = dataOf(await as('owner').listAudit({ query: { date: today } }));
  expect(entries.filter(({ action }) => action === 'job.stopped')).toHaveLength(1);
  expect(dataOf(await manager.resumeJob({ params }))).not.toHaveProperty('stoppedAt');
  await system.settle();
  expect(await jobOf(world, params.jobId)).toMatchObject({ done: stopped.total, finishedAt: expect.any(String) });
});

test('a job as the code before stored it is read, and what was left of it is done', async () => {
  const { system } = world;
  const id = '0123456789abcdef';
  const at = system.clock.now();
  const expiresAt = { N: String(Math.ceil(at / 1000) + 7_776_000) };
  const table = new DynamoDBClient();
  const put = (Item: Record<string, AttributeValue>) =>
    table.send(new PutItemCommand({ TableName: system.tableName, Item }));
  const pk = { S: `JOB#${id}` };
  await put({
    ...{ pk, sk: { S: 'DONE#brooklyn#2026-12-21' }, entity: { S: 'JobPiece' }, jobId: { S: id } },
    ...{ piece: { S: 'brooklyn#2026-12-21' }, at: { N: String(at) }, expiresAt },
  });
  await put({
    ...{ pk, sk: { S: 'JOB' }, entity: { S: 'Job' }, id: { S: id }, kind: { S: 'replan' }, why: { S: 'journey' } },
    ...{ at: { N: String(at) }, by: { S: 'b7c1' }, roles: { L: [{ S: 'owner' }] }, round: { N: '1' }, expiresAt },
    touchpoints: { L: [{ S: 'reminder' }] },
    days: {
      M: { locations: { L: [{ S: 'brooklyn' }] }, from: { S: '2026-12-21' }, until: { S: '2026-12-22' } },
    },
  });
  expect(await jobOf(world, id)).toMatchObject({ total: 2, done: 1 });
  await system.windBy(5 * minute);
  expect(await jobOf(world, id)).toMatchObject({ total: 2, done: 2, finishedAt: expect.any(String) });
});
