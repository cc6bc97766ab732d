import assert from 'node:assert/strict';
import { CognitoIdentityProviderClient, ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListScheduleGroupsCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createParameterStore, readParameter } from '../../../shared/platform/aws/parameters.ts';
import type { Stage } from '../journey/stage.ts';
import { clientConfig } from './aws.ts';
import { destroy } from './deploy.ts';

/** Nothing failed on the way, and `cdk destroy` leaves the clients' data and nothing else. */
export const leftovers = async ({ steps, emulator, deployed, workDir }: Stage): Promise<void> => {
  const config = clientConfig(emulator);
  const sqs = new SQSClient(config);

  await steps.step('no message ended in a queue of failures', async () => {
    for (const QueueUrl of [deployed.UndeliveredQueueUrl, deployed.UnplannedQueueUrl, deployed.UnheardQueueUrl]) {
      const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] });
      const { Attributes } = await sqs.send(asked);
      assert.equal(Attributes?.ApproximateNumberOfMessages, '0', QueueUrl);
    }
  });

  await steps.step('cdk destroy leaves the table and the keys of its links, and nothing else', async () => {
    await destroy(emulator, workDir);
    const dynamo = new DynamoDBClient(config);
    const store = createParameterStore(dynamo.config, emulator.endpoint);
    assert.ok(await readParameter(store, deployed.LinkKeysParameter), 'the keys of links are gone');
    const { TableNames } = await dynamo.send(new ListTablesCommand({}));
    assert.deepEqual(TableNames, [deployed.TableName]);
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const { Topics = [] } = await new SNSClient(config).send(new ListTopicsCommand({}));
    const { UserPools = [] } = await new CognitoIdentityProviderClient(config).send(
      new ListUserPoolsCommand({ MaxResults: 10 }),
    );
    const { ScheduleGroups = [] } = await new SchedulerClient(config).send(new ListScheduleGroupsCommand({}));
    const groups = ScheduleGroups.filter(({ Name }) => Name !== 'default');
    assert.deepEqual(
      { QueueUrls, Topics, UserPools, groups },
      { QueueUrls: [], Topics: [], UserPools: [], groups: [] },
    );
  });
};
