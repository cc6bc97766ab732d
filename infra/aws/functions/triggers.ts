import { Duration } from 'aws-cdk-lib';
import { UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  EventInvokeConfig,
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type Function as Lambda,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Trigger } from '../../manifest.ts';
import type { Resources } from './grants.ts';

/** Lets the trigger call the function. What fails for good ends in a queue with an alarm, never in silence. */
export const connect = (name: string, lambda: Lambda, trigger: Trigger, resources: Resources): void => {
  switch (trigger.kind) {
    case 'http':
      resources.api.serve(name, lambda, trigger.routes);
      break;
    case 'stream':
      fromStream(lambda, trigger.entities, resources);
      break;
    case 'queue':
      fromQueue(lambda, trigger.queue, resources);
      break;
    case 'feedback':
      fromTopic(lambda, resources.mail.feedback, resources);
      break;
    case 'incoming-texts':
      fromTopic(lambda, resources.messaging.incomingTexts, resources);
      break;
    case 'tokens':
      resources.identity.pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION, lambda);
      break;
  }
};

const fromStream = (lambda: Lambda, entities: readonly string[], { table, messaging }: Resources): void => {
  const streamArn = table.tableStreamArn;
  if (!streamArn) throw new Error('The table has no stream');
  // Not the construct's own grant: that allows ListStreams on every table of the account.
  lambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      resources: [streamArn],
    }),
  );
  const mapping = new EventSourceMapping(lambda, 'Stream', {
    target: lambda,
    eventSourceArn: streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 25,
    bisectBatchOnError: true,
    retryAttempts: 10,
    // Keeps records as long as the stream does: a stack that adopts a table may begin with the job that is a day old.
    maxRecordAge: Duration.hours(24),
    reportBatchItemFailures: true,
    onFailure: new SqsDlq(messaging.unplanned),
    filters: [FilterCriteria.filter({ dynamodb: { NewImage: { entity: { S: FilterRule.or(...entities) } } } })],
  });
  // Lambda checks the role when the mapping is made.
  mapping.node.addDependency(lambda.role ?? lambda);
};

const fromQueue = (lambda: Lambda, queue: 'messages' | 'background', { messaging }: Resources): void =>
  lambda.addEventSource(
    new SqsEventSource(queue === 'messages' ? messaging.outbox : messaging.background, {
      batchSize: 10,
      reportBatchItemFailures: true,
      // It keeps messages within SES's rate, and leaves a new account's ten concurrent executions to visitors.
      // At this limit Lambda receives no more, where a function's reserved concurrency would throttle what it has
      // received, and each time count one of the receives after which a message is a dead letter.
      maxConcurrency: 2,
    }),
  );

const fromTopic = (lambda: Lambda, topic: Topic, { messaging }: Resources): void => {
  // Two ways to lose a bounce or a stop: SNS can't reach the function, or the function fails three times.
  topic.addSubscription(new LambdaSubscription(lambda, { deadLetterQueue: messaging.unheard }));
  new EventInvokeConfig(lambda, 'Retries', {
    function: lambda,
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
    onFailure: new SqsDestination(messaging.unheard),
  });
};
