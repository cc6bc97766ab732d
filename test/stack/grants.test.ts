import { describe, expect, it } from 'vitest';
import { fixture } from './fixtures/manifest.ts';
import { synthesise } from './synthesise.ts';

const { ofType, findings } = synthesise(fixture);

interface Statement {
  Effect: string;
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
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action }) => Action)
    .sort();

const denialsOf = (name: keyof typeof fixture) =>
  statementsOf(name)
    .filter(({ Effect }) => Effect === 'Deny')
    .map(({ Effect: _, ...statement }) => statement);

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

const managing = [
  'AdminAddUserToGroup',
  'AdminCreateUser',
  'AdminDisableUser',
  'AdminEnableUser',
  'AdminRemoveUserFromGroup',
  'AdminUserGlobalSignOut',
  'ListUsers',
  'ListUsersInGroup',
].map((act) => `cognito-idp:${act}`);

describe('a function may do what its grants say, and nothing else', () => {
  it.each([
    ['read/api', [...ownLog, ...reading]],
    ['write/api', [...ownLog, ...reading, ...writing]],
    ['staff/api', [...ownLog, ...reading, ...writing]],
    ['links/api', [...ownLog, 'ssm:GetParameter']],
    ['suppressions/api', [...ownLog, 'ses:DeleteSuppressedDestination']],
    ['people/api', [...managing, ...ownLog]],
    ['sign-in/api', [...ownLog]],
    ['mixed/api', [...ownLog, ...reading, ...writing]],
    ['token-groups', ['cognito-idp:AdminGetUser', ...ownLog]],
    ['messages/plan', [...ownLog, ...readingStream, ...scheduling, 'sqs:SendMessage', ...failing]],
    ['messages/deliver', [...ownLog, ...consuming, 'ses:SendRawEmail', 'ses:SendRawEmail', 'sns:Publish']],
    ['background', [...ownLog, ...consuming, 'sqs:SendMessage']],
    ['messages/feedback', [...ownLog, ...failing]],
    ['messages/incoming', [...ownLog, ...failing]],
  ] as const)('%s', (name, actions) => {
    expect(actionsOf(name)).toEqual([...actions].sort());
  });

  it('wildcards end at the schedule group, at the sender’s address, and at an action that knows no resource', () => {
    const wild = Object.keys(fixture).flatMap((name) =>
      statementsOf(name as keyof typeof fixture).filter(({ Resource }) => JSON.stringify(Resource ?? '').includes('*')),
    );
    expect(wild).toEqual([
      expect.objectContaining({ Action: expect.arrayContaining(['scheduler:CreateSchedule']) }),
      expect.objectContaining({
        Action: 'ses:SendRawEmail',
        Condition: { StringEquals: { 'ses:FromAddress': { Ref: 'SenderAddress' } } },
      }),
      { Effect: 'Allow', Action: 'ses:DeleteSuppressedDestination', Resource: '*' },
    ]);
    expect(JSON.stringify(wild[0]?.Resource)).toMatch(/:schedule\/.+\/\*/);
  });

  it('texts go to phones, never to topics', () => {
    const publish = statementsOf('messages/deliver').find(({ Action }) => Action === 'sns:Publish');
    expect(publish).not.toHaveProperty('Resource');
    expect(JSON.stringify(publish?.NotResource)).toContain(':sns:*:*:*');
  });

  it.each([
    ['messages/plan', 'Outbox'],
    ['background', 'Background'],
  ] as const)('%s sends to its queue alone', (name, queue) => {
    const send = statementsOf(name).filter(({ Action }) => Action === 'sqs:SendMessage');
    expect(send.map(({ Resource }) => Resource)).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(new RegExp(`^Messaging${queue}\\w{8}$`)), 'Arn'] },
    ]);
  });

  it('who says which groups a token carries asks this pool alone, and does not wait for it', () => {
    const pool = { 'Fn::GetAtt': [expect.stringMatching(/^IdentityStaff/), 'Arn'] };
    expect(statementsOf('token-groups').find(({ Action }) => Action === 'cognito-idp:AdminGetUser')).toEqual({
      Effect: 'Allow',
      Action: 'cognito-idp:AdminGetUser',
      Resource: pool,
    });
    const [, trigger] =
      ofType('AWS::Lambda::Function').find(([, { Properties }]) => Properties['Description'] === 'token-groups') ?? [];
    // The pool waits for the function: the other way round as well, nothing could be made first.
    expect(JSON.stringify(trigger)).not.toContain('IdentityStaff');
  });

  it('the role that it passes is the scheduler’s, to the scheduler', () => {
    const pass = statementsOf('messages/plan').find(({ Action }) => Action === 'iam:PassRole');
    expect(pass).toMatchObject({
      Resource: { 'Fn::GetAtt': [expect.stringContaining('SchedulerRole'), 'Arn'] },
      Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    });
  });
});

describe('what no grant opens', () => {
  const Resource = { 'Fn::GetAtt': [expect.stringMatching(/^Table/), 'Arn'] };
  const any = (...partitions: string[]) => ({ 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': partitions } });
  const all = (...partitions: string[]) => ({
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  });
  const one = (values: string[]) => (values.length === 1 ? values[0] : values);
  const flat = (denials: ReturnType<typeof denialsOf>) =>
    denials.map(({ Action, Condition, ...rest }) => ({
      ...rest,
      Action: [Action].flat().sort(),
      Condition: JSON.parse(
        JSON.stringify(Condition, (_, value) => (Array.isArray(value) ? one(value) : value)),
      ) as unknown,
    }));
  const expected = (actions: string[], condition: object) => ({
    Action: [...actions].sort(),
    Resource,
    Condition: JSON.parse(JSON.stringify(condition, (_, value) => (Array.isArray(value) ? one(value) : value))),
  });
  const oldKeys = expected([...reading, ...writing], any('KEYS'));
  const audit = expected(['dynamodb:UpdateItem', 'dynamodb:DeleteItem'], all('AUDIT#*'));

  const people = expected(writing, any('PEOPLE', 'PERSON#*'));

  it('nobody reaches the keys that older stacks kept in the table', () => {
    expect(flat(denialsOf('read/api'))).toEqual([oldKeys]);
  });

  it('nobody changes or deletes an entry of the audit, or says who a person is but who manages people', () => {
    expect(flat(denialsOf('staff/api'))).toEqual([oldKeys, audit, people]);
  });

  it.each(['write/api', 'mixed/api'] as const)('open to everybody, %s writes nothing of what only staff do', (name) => {
    expect(flat(denialsOf(name))).toEqual([
      oldKeys,
      audit,
      people,
      expected(writing, any('AUDIT#*', 'BLOCK#*', 'INBOX#*', 'JOB#*', 'SERIES#*')),
      expected(writing, all('BUSINESS')),
      expected(reading, any('AUDIT#*', 'INBOX#*', 'JOB#*')),
    ]);
  });

  it('no denial without a condition, which would close the whole table', () => {
    for (const name of Object.keys(fixture))
      for (const { Condition } of denialsOf(name as keyof typeof fixture))
        expect(JSON.stringify(Condition)).toContain('dynamodb:LeadingKeys');
  });
});

describe('the keys that sign links', () => {
  const [, maker] = ofType('AWS::Lambda::Function').find(([id]) => id.startsWith('LinkKeys')) ?? [];
  const [, policy] = ofType('AWS::IAM::Policy').find(([id]) => id.startsWith('LinkKeys')) ?? [];
  const { Statement: statements = [] } = (policy?.Properties['PolicyDocument'] ?? {}) as { Statement?: Statement[] };
  const [, resource] = ofType('Custom::LinkKeys')[0] ?? [];
  const table = { Ref: expect.stringMatching(/^Table/) };

  it('lie under the name of the table', () => {
    expect(resource?.Properties).toMatchObject({
      Parameter: { 'Fn::Join': ['', ['/regulars/', table, '/link-keys']] },
      Table: table,
    });
    expect(environmentOf('links/api')['LINK_KEYS_PARAMETER']).toEqual(resource?.Properties['Parameter']);
  });

  it('are made by who may read and create that parameter, and read one partition of the table', () => {
    expect(maker?.Properties['Runtime']).toBe('nodejs24.x');
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual(
      [...ownLog, 'dynamodb:GetItem', 'ssm:GetParameter', 'ssm:PutParameter'].sort(),
    );
    const [ofParameter] = statements.filter(({ Action }) => [Action].flat().includes('ssm:PutParameter'));
    expect(JSON.stringify(ofParameter?.Resource)).toMatch(/:parameter\/regulars\/.*\/link-keys/);
    expect(statements.find(({ Action }) => Action === 'dynamodb:GetItem')?.Condition).toEqual({
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['KEYS'] },
    });
  });

  it('are there before a function needs them', () => {
    const readers = ofType('AWS::Lambda::Function').filter(
      ([, { Properties }]) => Properties['Description'] === 'links/api',
    );
    const [id] = ofType('Custom::LinkKeys')[0] ?? [];
    expect(readers.map(([, reader]) => reader)).toEqual([
      expect.objectContaining({ DependsOn: expect.arrayContaining([id]) }),
    ]);
  });
});

describe('a function gets the variables that its grants name', () => {
  it.each([
    ['read/api', ['TABLE_NAME']],
    ['write/api', ['TABLE_NAME']],
    ['links/api', ['LINK_KEYS_PARAMETER']],
    ['people/api', ['USER_POOL_ID']],
    ['sign-in/api', ['USER_POOL_CLIENT_ID']],
    // The pool says which it is.
    ['token-groups', []],
    [
      'messages/plan',
      [
        'BACKGROUND_DLQ_ARN',
        'BACKGROUND_TARGET_ARN',
        'MESSAGES_DLQ_ARN',
        'MESSAGES_TARGET_ARN',
        'OUTBOX_QUEUE_URL',
        'SCHEDULE_GROUP',
        'SCHEDULE_ROLE_ARN',
      ],
    ],
    ['messages/deliver', ['CONFIGURATION_SET', 'PUBLIC_URL', 'SENDER_ADDRESS']],
    ['background', ['BACKGROUND_QUEUE_URL']],
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
