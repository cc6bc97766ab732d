import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createParameterStore } from '../../../shared/platform/aws/parameters.ts';
import { linkKeysIn } from '../../../shared/platform/tokens/link-keys.ts';
import { createTokens } from '../../../shared/platform/tokens/tokens.ts';
import { createApi, must, tokenIn } from '../api.ts';
import { clientConfig } from '../emulator/aws.ts';
import { location, seed, service } from '../emulator/catalogue.ts';
import { type Deployed, deploy, deployOld } from '../emulator/deploy.ts';
import { createInbox } from '../emulator/inbox.ts';
import type { Emulator } from '../emulator/ministack.ts';
import { startFront } from '../front.ts';
import { type Steps, until } from '../steps.ts';
import { createTimetable } from '../timetable.ts';
import { appointmentId, oldClient, oldItems, oldKey, oldMessage, oldSchedule } from './old-data.ts';
import { writeOldAssembly } from './old-stack.ts';

/**
 * Seconds until the old message and reminder fall due: deploying takes less, unless the computer is busy. Then the old
 * consumer, which refuses them, leaves them to the new one after the queue's visibility timeout of three minutes.
 */
const deploying = 120;

/**
 * A stack of the commit before the keys moved, with what its code left in table, schedules and outbox, becomes one of
 * today by `cdk deploy`. Answers the stack, for the journey to go on with.
 */
export const upgrade = async (steps: Steps, emulator: Emulator, workDir: string): Promise<Deployed> => {
  const config = clientConfig(emulator);
  const document = DynamoDBDocumentClient.from(new DynamoDBClient(config));
  const sqs = new SQSClient(config);
  const arnOf = async (QueueUrl: string): Promise<string> => {
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    return Attributes?.['QueueArn'] ?? '';
  };
  const now = Math.ceil(Date.now() / 1000) * 1000;
  const dueAt = now + deploying * 1000;
  /** An hour after its reminder: today's stack reads the stream from its beginning and plans the reminder anew. */
  const startsAt = dueAt + 3_600_000;
  const items = oldItems({
    startsAt,
    bookedAt: now,
    staffId: 'esha',
    serviceId: service,
    locationId: location,
    zone: 'Asia/Dhaka',
  });

  const old = await steps.step(
    'a stack of the commit before has a client, her reminder and a message under way',
    async () => {
      writeOldAssembly(join(workDir, 'old.out'));
      const stack = await deployOld(emulator, workDir);
      await seed(emulator, stack, { ...createTimetable(now), reminderOffset: '-PT3600S' });
      for (const Item of items) await document.send(new PutCommand({ TableName: stack.TableName, Item }));
      const queues = { outbox: await arnOf(stack.OutboxQueueUrl), undelivered: await arnOf(stack.UndeliveredQueueUrl) };
      await new SchedulerClient(config).send(new CreateScheduleCommand(oldSchedule(dueAt, stack, queues)));
      const body = { QueueUrl: stack.OutboxQueueUrl, MessageBody: oldMessage('confirmation'), DelaySeconds: deploying };
      await sqs.send(new SendMessageCommand(body));
      return stack;
    },
  );

  const deployed = await steps.step('cdk deploy makes it one of today', async () => {
    const stack = await deploy(emulator, workDir);
    const kept = ['TableName', 'OutboxQueueUrl', 'ScheduleGroup', 'UserPoolId', 'UserPoolClientId', 'ApiUrl'] as const;
    for (const name of kept) assert.equal(stack[name], old[name], `${name} is another`);
    return stack;
  });

  await steps.step('its table is as it was, and the keys of its links are in the Parameter Store', async () => {
    for (const item of items) {
      const { pk, sk } = item;
      const { Item } = await document.send(new GetCommand({ TableName: deployed.TableName, Key: { pk, sk } }));
      assert.deepEqual(Item, item);
    }
    const store = createParameterStore(new DynamoDBClient(config).config, emulator.endpoint);
    assert.deepEqual(await linkKeysIn(store, deployed.LinkKeysParameter)(), [oldKey]);
  });

  const api = createApi(await startFront(deployed.ApiUrl));
  await steps.step('a link that was out opens the appointment', async () => {
    const tokens = createTokens({ load: async () => [oldKey] }, Date.now);
    const token = await tokens.sign('manage', appointmentId, startsAt + 86_400_000);
    const seen = await must(api.getByLink({ params: { token }, query: {} }));
    assert.equal(seen.id, appointmentId);
  });

  await steps.step(
    'the message that lay in its outbox is delivered, and the reminder that it had planned',
    async () => {
      const inbox = createInbox(emulator);
      const mailWith = (start: string) =>
        until(start, deploying + 240, async () =>
          (await inbox.mailsTo(oldClient.email)).find(({ subject }) => subject.startsWith(start)),
        );
      const [confirmation, reminder] = await Promise.all([mailWith('You are booked'), mailWith('Reminder:')]);
      for (const { text } of [confirmation, reminder]) {
        const seen = await must(api.getByLink({ params: { token: tokenIn(text, 'a') }, query: {} }));
        assert.equal(seen.id, appointmentId);
      }
    },
  );
  return deployed;
};
