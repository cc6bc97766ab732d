import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { expect } from 'vitest';
import { createTable } from '../../../shared/platform/table/table.ts';
import { replanEverything } from '../../../shared/settings/jobs/replan-all.ts';
import type { System } from '../../support/world/world.ts';

export const clientOf = ({ dynamoEndpoint: endpoint }: System) =>
  new DynamoDBClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

export const planned = (system: System) => system.schedules().map(({ name, dueAt }) => ({ name, dueAt }));

/** The schedules go with the stack. */
export const loseSchedules = async (system: System): Promise<void> => {
  const scheduler = new SchedulerClient({});
  for (const { name: Name } of system.schedules())
    await scheduler.send(new DeleteScheduleCommand({ Name, GroupName: process.env['SCHEDULE_GROUP'] }));
  expect(system.schedules()).toEqual([]);
};

/** As `npm run adopt` does; the job is done. `seed`: another for another time. */
export const replan = async (system: System, seed: number): Promise<string> => {
  const job = await replanEverything({
    table: createTable(system.tableName, clientOf(system)),
    now: system.clock.now,
    random: (bytes) => new Uint8Array(bytes).fill(seed),
  });
  await system.settle();
  await system.windBy(180_000);
  return job;
};
