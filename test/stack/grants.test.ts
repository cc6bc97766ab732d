import { describe, expect, it } from 'vitest';
import { fixture } from './fixtures/manifest.ts';
import { synthesise } from './synthesise.ts';

const { ofType, findings } = synthesise(fixture);

interface Statement {
  Action: string | string[];
  Resource?: unknown;
  NotResource?: unknown;
  Condition?: unknown;
}

const lambdaOf = (name: keyof typeof fixture): Record<string, unknown> => {
  const found = ofType('AWS::Lambda::Function').find(([, { Properties }]) => Properties['Description'] === name);
  return found?.[1].Properties ?? {};
};

const environmentOf = (name: keyof typeof fixture): Record<string, unknown> =>
  (lambdaOf(name)['Environment'] as { Variables: Record<string, unknown> } | undefined)?.Variables ?? {};

const statementsOf = (name: keyof typeof fixture): Statement[] => {
  const { 'Fn::GetAtt': role } = lambdaOf(name)['Role'] as { 'Fn::GetAtt': [string, string] };
  return ofType('AWS::IAM::Policy')
    .filter(([, { Properties }]) => JSON.stringify(Properties['Roles']) === JSON.stringify([{ Ref: role[0] }]))
    .flatMap(([, { Properties }]) => (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement);
};

const actionsOf = (name: keyof typeof fixture): string[] =>
  statementsOf(name)
    .flatMap(({ Action }) => Action)
    .sort();

const ownLog = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const reading = ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:Query'];
const writing = ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];
const readingStream = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];
const consuming = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:ReceiveMessage',
];
const failing = ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'];
const scheduling = ['iam:PassRole', 'scheduler:CreateSchedule', 'scheduler:DeleteSchedule', 'scheduler:UpdateSchedule'];

describe('a function may do what its grants say, and nothing else', () => {
  it.each([
    ['read/api', [...ownLog, ...reading]],
    ['write/api', [...ownLog, ...reading, ...writing]],
    ['messages/plan', [...ownLog, ...readingStream, ...scheduling, 'sqs:SendMessage', ...failing]],
    ['messages/deliver', [...ownLog, ...consuming, 'ses:SendRawEmail', 'ses:SendRawEmail', 'sns:Publish']],
    ['messages/feedback', [...ownLog, ...failing]],
    ['messages/incoming', [...ownLog, ...failing]],
  ] as const)('%s', (name, actions) => {
    expect(actionsOf(name)).toEqual([...actions].sort());
  });

  it('wildcards end at the schedule group and at the sender’s address', () => {
    const wild = Object.keys(fixture).flatMap((name) =>
      statementsOf(name as keyof typeof fixture).filter(({ Resource }) => JSON.stringify(Resource ?? '').includes('*')),
    );
    expect(wild).toEqual([
      expect.objectContaining({ Action: expect.arrayContaining(['scheduler:CreateSchedule']) }),
      expect.objectContaining({
        Action: 'ses:SendRawEmail',
        Condition: { StringEquals: { 'ses:FromAddress': { Ref: 'SenderAddress' } } },
      }),
    ]);
    expect(JSON.stringify(wild[0]?.Resource)).toMatch(/:schedule\/.+\/\*/);
  });

  it('texts go to phones, never to topics', () => {
    const publish = statementsOf('messages/deliver').find(({ Action }) => Action === 'sns:Publish');
    expect(publish).not.toHaveProperty('Resource');
    expect(JSON.stringify(publish?.NotResource)).toContain(':sns:*:*:*');
  });

  it('the role that it passes is the scheduler’s, to the scheduler', () => {
    const pass = statementsOf('messages/plan').find(({ Action }) => Action === 'iam:PassRole');
    expect(pass).toMatchObject({
      Resource: { 'Fn::GetAtt': [expect.stringContaining('SchedulerRole'), 'Arn'] },
      Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    });
  });
});

describe('a function gets the variables that its grants name', () => {
  it.each([
    ['read/api', ['TABLE_NAME']],
    ['write/api', ['TABLE_NAME']],
    [
      'messages/plan',
      ['OUTBOX_QUEUE_URL', 'SCHEDULE_DLQ_ARN', 'SCHEDULE_GROUP', 'SCHEDULE_ROLE_ARN', 'SCHEDULE_TARGET_ARN'],
    ],
    ['messages/deliver', ['CONFIGURATION_SET', 'PUBLIC_URL', 'SENDER_ADDRESS']],
    ['messages/feedback', []],
    ['messages/incoming', []],
  ] as const)('%s', (name, variables) => {
    expect(Object.keys(environmentOf(name)).sort()).toEqual(variables);
  });
});

describe('every way in is answered for', () => {
  it('without findings of cdk-nag', () => {
    expect(findings).toEqual([]);
  });

  it('a function that fails three times leaves its feedback, or the text of a client, in a queue', () => {
    const configs = ofType('AWS::Lambda::EventInvokeConfig');
    const subscriptions = ofType('AWS::SNS::Subscription').filter(
      ([, { Properties }]) => Properties['Protocol'] === 'lambda',
    );
    const queue = { 'Fn::GetAtt': [expect.stringContaining('Unheard'), 'Arn'] };
    expect([configs.length, subscriptions.length]).toEqual([2, 2]);
    for (const [, { Properties }] of configs)
      expect(Properties['DestinationConfig']).toEqual({ OnFailure: { Destination: queue } });
    for (const [, { Properties }] of subscriptions)
      expect(Properties['RedrivePolicy']).toEqual({ deadLetterTargetArn: queue });
  });

  it('nobody but AWS’s service for texts, for this account, publishes what clients text', () => {
    const statements = ofType('AWS::SNS::TopicPolicy')
      .filter(([id]) => id.includes('IncomingTexts'))
      .flatMap(([, { Properties }]) => (Properties['PolicyDocument'] as { Statement: { Effect: string }[] }).Statement);
    expect(statements.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({
        Principal: { Service: 'sms-voice.amazonaws.com' },
        Action: 'sns:Publish',
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
  });
});
