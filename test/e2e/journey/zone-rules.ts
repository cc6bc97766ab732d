import assert from 'node:assert/strict';
import { GetScheduleCommand, ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createApi, must } from '../api.ts';
import { clientConfig } from '../emulator/aws.ts';
import { until } from '../steps.ts';
import type { Stage } from './stage.ts';

const patience = 60;

/** The hourly schedule, an hour early: its message, put into its queue. */
export const zoneRules = async ({ steps, origin, tokens, emulator, deployed }: Stage): Promise<void> => {
  const config = clientConfig(emulator);
  const scheduler = new SchedulerClient(config);
  const sqs = new SQSClient(config);
  const owner = createApi(origin, tokens.owner);

  await steps.step('the hourly schedule has all bookings looked through by the rules of zones', async () => {
    const group = { GroupName: deployed.ScheduleGroup };
    const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand(group));
    const all = await Promise.all(
      Schedules.map(({ Name }) => scheduler.send(new GetScheduleCommand({ ...group, Name }))),
    );
    const hourly = all.find(({ ScheduleExpression }) => ScheduleExpression === 'rate(1 hour)');
    assert.deepEqual(JSON.parse(hourly?.Target?.Input ?? '{}'), { kind: 'zone-rules' });
    const QueueName = hourly?.Target?.Arn?.split(':').at(-1);
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: hourly?.Target?.Input }));

    const jobId = await until('the audit to name the job', patience, async () => {
      const { entries } = await must(owner.listAudit({ query: {} }));
      return entries.find(({ action }) => action === 'zone_rules.checked')?.details?.['jobs'];
    });
    await until('the job to get on', patience, async () => {
      const { done, conflicts } = await must(owner.getJob({ params: { jobId } }));
      assert.deepEqual(conflicts, []);
      return done > 0;
    });
  });
};
