import { rmSync, writeFileSync } from 'node:fs';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { createSchedules } from '../../shared/background/schedules.ts';
import type { StreamDelivery } from './engine/stream.ts';
import type { TablePlace } from './engine/table-place.ts';
import type { SystemOptions } from './running-system.ts';
import type { Emulator } from './services/api/server.ts';
import { queues, region, scheduleGroup, scheduleRoleArn } from './services/names.ts';

const place = {
  group: scheduleGroup,
  roleArn: scheduleRoleArn,
  queues: {
    messages: { targetArn: queues.messages.arn, deadLetterArn: queues.messages.deadLetterArn },
    background: { targetArn: queues.background.arn, deadLetterArn: queues.background.deadLetterArn },
  },
};

/** Lets a fresh table be filled. `marker`: a file that is there meanwhile, so that a start that was interrupted is known by it. */
export const fillTable = async (
  { tableName, endpoint: dynamoEndpoint }: TablePlace,
  emulator: Pick<Emulator, 'endpoint'>,
  stream: Pick<StreamDelivery, 'skip'>,
  fill: NonNullable<SystemOptions['fill']>,
  marker: string | undefined,
): Promise<void> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const scheduler = new SchedulerClient({ endpoint: emulator.endpoint('scheduler'), region, credentials });
  if (marker) writeFileSync(marker, '');
  try {
    await fill({ tableName, dynamoEndpoint, schedules: createSchedules(scheduler, place), hush: stream.skip });
  } finally {
    scheduler.destroy();
  }
  if (marker) rmSync(marker);
};
