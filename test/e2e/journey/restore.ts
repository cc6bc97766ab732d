import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTablesCommand,
  RestoreTableToPointInTimeCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DeleteScheduleCommand, GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { adoptedTable, tableContext } from '../../../infra/aws/adopted.ts';
import type { AppointmentAnswer } from '../../../shared/booking/contract.ts';
import { createApi, createBooker, must } from '../api.ts';
import { clientConfig } from '../emulator/aws.ts';
import { type Deployed, deploy, destroy } from '../emulator/deploy.ts';
import { startFront } from '../front.ts';
import { until } from '../steps.ts';
import type { Stage } from './stage.ts';

const day = 86_400_000;

/** Noon of a day ahead in Dhaka: nothing of the journey's own lies there. */
const noon = (days: number): number => Math.floor(Date.now() / day + days) * day + 6 * 3_600_000;

const before = {
  firstName: 'Farida',
  phone: '+8801711000061',
  email: 'farida@clients.example',
  language: 'en',
} as const;
const after = { firstName: 'Gita', phone: '+8801711000062', email: 'gita@clients.example', language: 'en' } as const;

type Place = Pick<Stage, 'steps' | 'emulator' | 'deployed' | 'workDir' | 'api' | 'inbox'>;

const reminderOf = ({ id }: AppointmentAnswer): string => `${id}.reminder`;
const hasReminder = async ({ emulator }: Place, { ScheduleGroup }: Deployed, booked: AppointmentAnswer) => {
  const asked = new GetScheduleCommand({ GroupName: ScheduleGroup, Name: reminderOf(booked) });
  return new SchedulerClient(clientConfig(emulator)).send(asked).then(
    () => true,
    () => false,
  );
};

/** What a salon would hate to lose: an appointment in the days to come, with its reminder. */
export const bookAhead = (place: Place): Promise<AppointmentAnswer> =>
  place.steps.step('an appointment in three days has its reminder planned', async () => {
    const book = createBooker(place.api);
    const booked = await must(book({ startsAt: noon(3), staff: 'esha', client: before }));
    await until('its schedule', 30, () => hasReminder(place, place.deployed, booked));
    return booked;
  });

/** `npm run adopt`, with what it writes into `cdk.context.json` in the working catalogueIndex. Answers what it printed. */
const adopt = async ({ emulator, workDir }: Place, tableName: string): Promise<{ said: string; streamArn: string }> => {
  const contextFile = join(workDir, 'cdk.context.json');
  const script = join(import.meta.dirname, '..', '..', '..', 'infra', 'adopt.ts');
  const child = spawn(process.execPath, [script, '--table', tableName, '--context', contextFile], {
    env: emulator.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  child.stdout.on('data', (chunk) => said.push(String(chunk)));
  child.stderr.on('data', (chunk) => said.push(String(chunk)));
  const code = await new Promise((resolve) => child.once('close', resolve));
  assert.equal(code, 0, said.join(''));
  return { said: said.join(''), streamArn: JSON.parse(readFileSync(contextFile, 'utf8'))[tableContext] };
};

/** What AWS leaves off when it restores a table, and so does the emulator. */
const safeguards = async (dynamo: DynamoDBClient, TableName: string) => {
  const { Table } = await dynamo.send(new DescribeTableCommand({ TableName }));
  const { TimeToLiveDescription: ttl } = await dynamo.send(new DescribeTimeToLiveCommand({ TableName }));
  const { ContinuousBackupsDescription: backups } = await dynamo.send(
    new DescribeContinuousBackupsCommand({ TableName }),
  );
  return {
    stream: Table?.StreamSpecification?.StreamEnabled ?? false,
    ttl: ttl?.TimeToLiveStatus === 'ENABLED',
    recovery: backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED',
    protection: Table?.DeletionProtectionEnabled ?? false,
  };
};
const all = (on: boolean) => ({ stream: on, ttl: on, recovery: on, protection: on });

/** A stack on the table, driven as ever: what was booked is there, and the journey goes on. */
const goesOn = async (
  place: Place,
  streamArn: string,
  kept: AppointmentAnswer,
  newTimeIn: number,
): Promise<Deployed> => {
  const deployed = await deploy(place.emulator, place.workDir, { [tableContext]: streamArn });
  assert.equal(deployed.TableName, adoptedTable(streamArn).tableArn.split('/')[1]);
  const api = createApi(await startFront(deployed.ApiUrl));
  const seen = await must(api.getByLink({ params: { token: kept.token }, query: {} }));
  assert.deepEqual([seen.id, seen.startsAt, seen.firstName], [kept.id, kept.startsAt, before.firstName]);

  const book = createBooker(api);
  const taken = await book({ startsAt: noon(3), staff: 'esha', client: after });
  assert.equal(taken.status, 409, 'the time of the appointment that was kept is free for another');
  const mails = (await place.inbox.mailsTo(after.email)).length;
  const booked = await must(book({ startsAt: noon(newTimeIn), staff: 'esha', client: after }));
  await until('the confirmation', 60, async () => (await place.inbox.mailsTo(after.email)).length > mails);
  await until('its reminder', 30, () => hasReminder(place, deployed, booked));
  return deployed;
};

/** The README's procedure: the table that `cdk destroy` left is adopted; then one restored from it takes its place. */
export const restore = async (place: Place, kept: AppointmentAnswer): Promise<void> => {
  const { steps, emulator, workDir } = place;
  const dynamo = new DynamoDBClient(clientConfig(emulator));
  const left = place.deployed.TableName;
  const restored = `${left}-restored`;

  const deployed = await steps.step(
    'a new stack adopts the table that was left, and goes on where the old one ended',
    async () => {
      const { streamArn } = await adopt(place, left);
      assert.deepEqual(await safeguards(dynamo, left), all(true));
      const found = await goesOn(place, streamArn, kept, 4);
      await until('the reminder of what was booked before', 60, () => hasReminder(place, found, kept));
      return found;
    },
  );

  await steps.step(
    'a table is restored from point-in-time recovery, and adopted with all that restoring leaves off',
    async () => {
      const asked = { SourceTableName: left, TargetTableName: restored, UseLatestRestorableTime: true };
      await dynamo.send(new RestoreTableToPointInTimeCommand(asked));
      await waitUntilTableExists({ client: dynamo, maxWaitTime: 60, minDelay: 1 }, { TableName: restored });
      assert.deepEqual(await safeguards(dynamo, restored), all(false));
      const { said, streamArn } = await adopt(place, restored);
      assert.match(said, /Turned on: stream, .*point-in-time recovery, protection/);
      assert.deepEqual(await safeguards(dynamo, restored), all(true));
      assert.match((await adopt(place, restored)).said, /Everything was on already/);
      await goesOn(place, streamArn, kept, 5);
    },
  );

  // The stream of the restored table knows nothing of what was booked before: the job does it, two minutes later.
  await steps.step('what was booked before has its reminder planned anew', async () => {
    const Name = reminderOf(kept);
    await new SchedulerClient(clientConfig(emulator)).send(
      new DeleteScheduleCommand({ GroupName: deployed.ScheduleGroup, Name }),
    );
    await until('the schedule', 300, () => hasReminder(place, deployed, kept));
  });

  await steps.step('cdk destroy leaves both tables', async () => {
    await destroy(emulator, workDir);
    const { TableNames = [] } = await dynamo.send(new ListTablesCommand({}));
    assert.deepEqual(TableNames.sort(), [left, restored].sort());
  });
};
