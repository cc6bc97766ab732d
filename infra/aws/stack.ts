import { join } from 'node:path';
import { CfnOutput, RemovalPolicies, Stack, Tags } from 'aws-cdk-lib';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Manifest } from '../manifest.ts';
import { addAlarms } from './alarms.ts';
import { Api } from './api.ts';
import { domainOf } from './domain/domain.ts';
import { Functions } from './functions/functions.ts';
import { Identity } from './identity.ts';
import { LinkKeys } from './link-keys/link-keys.ts';
import { Mail } from './mail.ts';
import { Messaging } from './messaging.ts';
import { askFor } from './parameters.ts';
import { tableFor } from './table.ts';

const bundles = join(import.meta.dirname, '..', '..', '.build', 'aws');

/**
 * The whole of Regulars in one stack: it costs next to nothing while nobody uses it, and leaves
 * only the table and the keys of its links behind.
 */
export const createStack = (scope: Construct, manifest: Manifest, buildDir = bundles): Stack => {
  const stack = new Stack(scope, 'Regulars', { description: 'Regulars: a new client becomes a regular' });
  const { senderAddress, ownerEmail, verifySender } = askFor(stack);

  const table = tableFor(stack);
  const linkKeys = new LinkKeys(stack, 'LinkKeys', { table, buildDir });
  const messaging = new Messaging(stack, 'Messaging', { manifest });
  const mail = new Mail(stack, 'Mail', { senderAddress, verifySender });
  const identity = new Identity(stack, 'Identity', { ownerEmail });
  const api = new Api(stack, 'Api', { identity, domain: domainOf(stack) });
  const functions = new Functions(stack, 'Functions', {
    manifest,
    buildDir,
    table,
    linkKeys,
    messaging,
    mail,
    identity,
    api,
  });

  addAlarms(stack, { ownerEmail, messaging, functions, api });
  Tags.of(stack).add('app', 'regulars');
  // Whatever a construct's own default is: `cdk destroy` leaves the clients' data and nothing else.
  RemovalPolicies.of(stack).destroy({ excludeResourceTypes: [CfnGlobalTable.CFN_RESOURCE_TYPE_NAME] });

  const outputs = {
    ApiUrl: api.url,
    ...(api.edge ? { DomainTarget: api.edge.address } : {}),
    TableName: table.tableName,
    LinkKeysParameter: linkKeys.parameterName,
    UserPoolId: identity.pool.userPoolId,
    UserPoolClientId: identity.client.userPoolClientId,
    OutboxQueueUrl: messaging.outbox.queueUrl,
    BackgroundQueueUrl: messaging.background.queueUrl,
    UndeliveredQueueUrl: messaging.undelivered.queueUrl,
    UndoneQueueUrl: messaging.undone.queueUrl,
    UnplannedQueueUrl: messaging.unplanned.queueUrl,
    UnheardQueueUrl: messaging.unheard.queueUrl,
    ScheduleGroup: messaging.schedules.ref,
    FeedbackTopicArn: mail.feedback.topicArn,
    IncomingTextsTopicArn: messaging.incomingTexts.topicArn,
  };
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
  return stack;
};
