import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reserveContext } from '../../infra/aws/functions/reserved.ts';
import { functions } from '../../infra/manifest.ts';
import { roles } from '../../shared/platform/http/contract.ts';
import { tableKeys, ttlAttribute } from '../../shared/platform/table/table.ts';
import { fixture } from './fixtures/manifest.ts';
import { deployedStack, synthesise } from './synthesise.ts';

const { json, ofType, findings } = deployedStack();
const specs = Object.values(functions);
const routes = specs.flatMap(({ trigger }) => (trigger.kind === 'http' ? trigger.routes : []));
const propertiesOf = (type: string) => ofType(type).map(([, { Properties }]) => Properties);
const only = (type: string): Record<string, unknown> => {
  const all = propertiesOf(type);
  expect(all, type).toHaveLength(1);
  return all[0] ?? {};
};
const triggered = (kind: string) => specs.filter(({ trigger }) => trigger.kind === kind);

describe('the API', () => {
  const deployed = new Map(propertiesOf('AWS::ApiGatewayV2::Route').map((route) => [route['RouteKey'], route]));

  it('has every route of the manifest and no other', () => {
    expect([...deployed.keys()].sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it.each(routes.filter(({ caller }) => Array.isArray(caller)))('asks staff for a token: $method $path', (route) => {
    const found = deployed.get(`${route.method} ${route.path}`);
    expect(found).toMatchObject({ AuthorizationType: 'JWT', AuthorizerId: expect.anything() });
  });

  it.each(routes.filter(({ caller }) => !Array.isArray(caller)))('lets clients in: $method $path', (route) => {
    const found = deployed.get(`${route.method} ${route.path}`);
    expect(found).toMatchObject({ AuthorizationType: 'NONE' });
    expect(found).not.toHaveProperty('AuthorizerId');
  });

  it('takes no OPTIONS with a token: a browser that asks for a client has none', () => {
    const keys = routes.filter(({ caller }) => Array.isArray(caller)).map(({ method }) => method);
    expect(keys).not.toContain('ANY');
    expect(keys).not.toContain('OPTIONS');
  });

  it('is throttled', () => {
    expect(only('AWS::ApiGatewayV2::Stage')['DefaultRouteSettings']).toEqual({
      ThrottlingRateLimit: expect.any(Number),
      ThrottlingBurstLimit: expect.any(Number),
    });
  });

  it('throttles what anybody may press and what writes to the diary or tries a password more tightly than the rest', () => {
    const { RouteSettings, DefaultRouteSettings } = only('AWS::ApiGatewayV2::Stage') as Record<
      string,
      Record<string, { ThrottlingRateLimit: number }>
    >;
    expect(Object.keys(RouteSettings ?? {}).sort()).toEqual([
      'POST /a/{token}/move',
      'POST /book',
      'POST /book/time',
      'POST /v1/appointments',
      'POST /v1/holds',
      'POST /v1/links/{token}/move',
      'POST /v1/session',
      'POST /v1/session/answer',
      'POST /v1/session/forgot',
      'POST /v1/session/reset',
    ]);
    for (const { ThrottlingRateLimit } of Object.values(RouteSettings ?? {}))
      expect(ThrottlingRateLimit).toBeLessThan(Number(DefaultRouteSettings?.['ThrottlingRateLimit']));
  });

  it('has a route before the stage is told how to throttle it', () => {
    const [, stage] = ofType('AWS::ApiGatewayV2::Stage')[0] ?? [];
    const throttled = Object.keys((stage?.Properties['RouteSettings'] ?? {}) as object);
    const ids = ofType('AWS::ApiGatewayV2::Route')
      .filter(([, { Properties }]) => throttled.includes(String(Properties['RouteKey'])))
      .map(([id]) => id);
    expect(ids).toHaveLength(throttled.length);
    expect(stage?.DependsOn).toEqual(expect.arrayContaining(ids));
  });

  it('logs routes, never paths, which carry tokens, nor addresses', () => {
    const { Format } = only('AWS::ApiGatewayV2::Stage')['AccessLogSettings'] as { Format: string };
    expect(Format).toContain('$context.routeKey');
    expect(Format).not.toMatch(/\$context\.(path|identity|authorizer\.claims|http)/);
  });

  it('does not let other sites act for staff', () => {
    const { CorsConfiguration } = only('AWS::ApiGatewayV2::Api') as { CorsConfiguration: Record<string, unknown> };
    expect(CorsConfiguration['AllowHeaders']).toEqual(['content-type', 'idempotency-key']);
    expect(CorsConfiguration['AllowMethods']).toEqual(['GET', 'POST', 'PUT']);
    expect(CorsConfiguration).not.toHaveProperty('AllowCredentials');
  });
});

describe('functions', () => {
  it('are as many as the manifest has', () => {
    const ofCustomResources = ofType('Custom::LinkKeys').length;
    expect(propertiesOf('AWS::Lambda::Function')).toHaveLength(specs.length + ofCustomResources);
  });

  it.each(propertiesOf('AWS::Lambda::Function'))('run on Node 24 and arm64: $Description', (lambda) => {
    expect(lambda).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
  });

  it.each(propertiesOf('AWS::Lambda::Function'))('log into a group of their own: $Description', (lambda) => {
    expect(lambda['LoggingConfig']).toMatchObject({ LogGroup: expect.anything() });
  });

  it.each(ofType('AWS::IAM::Policy'))('have no action with a wildcard, and no Scan: %s', (_, { Properties }) => {
    const { Statement } = Properties['PolicyDocument'] as { Statement: { Action: string | string[] }[] };
    const actions = Statement.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => action.includes('*') || action === 'dynamodb:Scan')).toEqual([]);
  });

  it('use no managed policies', () => {
    expect(propertiesOf('AWS::IAM::Role').filter((role) => 'ManagedPolicyArns' in role)).toEqual([]);
  });

  it('hear of the entities that the manifest names, and of no other', () => {
    const mappings = propertiesOf('AWS::Lambda::EventSourceMapping').filter((mapping) => 'FilterCriteria' in mapping);
    const heard = mappings.map(({ FilterCriteria }) => {
      const [filter] = (FilterCriteria as { Filters: { Pattern: string }[] }).Filters;
      return JSON.parse(filter?.Pattern ?? '{}').dynamodb.NewImage.entity.S;
    });
    const named = triggered('stream').map(({ trigger }) => (trigger.kind === 'stream' ? trigger.entities : []));
    expect(heard).toEqual(named);
  });

  it.each(propertiesOf('AWS::Lambda::EventSourceMapping'))('report each failed record of a batch', (mapping) => {
    expect(mapping['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
  });

  it.each(propertiesOf('AWS::Lambda::EventSourceMapping').filter((mapping) => 'FilterCriteria' in mapping))(
    'lose no record of the stream in silence',
    (mapping) => {
      expect(mapping).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: expect.any(Number),
        MaximumRecordAgeInSeconds: expect.any(Number),
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      });
    },
  );
});

describe('executions', () => {
  const reservedBy = (reserve: string) =>
    Object.fromEntries(
      synthesise(fixture, { [reserveContext]: reserve })
        .ofType('AWS::Lambda::Function')
        .map(([, { Properties }]) => [Properties['Description'], Properties['ReservedConcurrentExecutions']])
        .filter(([, reserved]) => reserved !== undefined),
    );

  it('are reserved for the functions that the context names, and for no other', () => {
    expect(reservedBy('background=2')).toEqual({ background: 2 });
  });

  it.each(['nobody=2', 'background', 'background=0', 'background=2;staff=3', ''])('are not reserved by %j', (value) => {
    expect(() => reservedBy(value)).toThrow('messages=2,staff=3');
  });
});

describe('public reads', () => {
  const lambda = propertiesOf('AWS::Lambda::Function').find(({ Description }) => Description === 'public-reads') ?? {};
  const { 'Fn::GetAtt': role } = lambda['Role'] as { 'Fn::GetAtt': [string, string] };
  const policies = ofType('AWS::IAM::Policy').filter(([, { Properties }]) =>
    JSON.stringify(Properties['Roles']).includes(`"${role[0]}"`),
  );

  it('cannot write', () => {
    const actions = policies.flatMap(([, { Properties }]) => {
      const { Statement } = Properties['PolicyDocument'] as {
        Statement: { Effect: string; Action: string | string[] }[];
      };
      return Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);
    });
    expect(actions).toContain('dynamodb:GetItem');
    expect(actions.filter((action) => !/^(?:logs|ssm):/.test(action)).sort()).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
    ]);
  });
});

describe('the table', () => {
  const table = only('AWS::DynamoDB::GlobalTable') as {
    Replicas: Record<string, unknown>[];
    [property: string]: unknown;
  };

  it('is protected from deletion and can be restored to any second', () => {
    expect(table.Replicas[0]).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it('has the keys and indexes that the code uses', () => {
    expect(table['KeySchema']).toEqual([
      { AttributeName: tableKeys.partitionKey.name, KeyType: 'HASH' },
      { AttributeName: tableKeys.sortKey.name, KeyType: 'RANGE' },
    ]);
    expect(table['GlobalSecondaryIndexes']).toEqual(
      Object.entries(tableKeys.indexes).map(([IndexName, { partitionKey, sortKey }]) => ({
        IndexName,
        KeySchema: [
          { AttributeName: partitionKey.name, KeyType: 'HASH' },
          { AttributeName: sortKey.name, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      })),
    );
    expect(table['TimeToLiveSpecification']).toEqual({ AttributeName: ttlAttribute, Enabled: true });
    expect(table['StreamSpecification']).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
  });

  it('costs nothing while nobody uses it', () => {
    expect(table['BillingMode']).toBe('PAY_PER_REQUEST');
  });
});

describe('messages', () => {
  const queues = ofType('AWS::SQS::Queue').filter(([, { Properties }]) => 'RedrivePolicy' in Properties);
  const consumersOf = (queue: string) =>
    Object.values(functions).filter(({ trigger }) => trigger.kind === 'queue' && trigger.queue === queue);

  it('wait apart from the work in the background, each with dead letters of its own', () => {
    expect(queues.map(([id]) => id.slice(0, -8)).sort()).toEqual(['MessagingBackground', 'MessagingOutbox']);
    const dead = queues.map(([, { Properties }]) => JSON.stringify(Properties['RedrivePolicy']));
    expect(new Set(dead).size).toBe(2);
  });

  it('stay in the queue that was the only one, and so do the schedules that have it as their target', () => {
    // Its logical id in stacks from before there were two.
    expect(queues.map(([id]) => id)).toContain('MessagingOutbox5A0D0BE8');
  });

  it.each([
    ['Outbox', 'messages'],
    ['Background', 'background'],
  ])('of %s stay hidden six times as long as their consumer may take, for ten receives', (id, name) => {
    const [, { Properties } = { Properties: {} as Record<string, unknown> }] =
      queues.find(([each]) => each.startsWith(`Messaging${id}`)) ?? [];
    const slowest = Math.max(...consumersOf(name).map(({ timeoutSeconds }) => timeoutSeconds));
    expect(Properties['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * slowest);
    expect(Properties['RedrivePolicy']).toMatchObject({ maxReceiveCount: 10 });
  });

  it('are received by two executions at most, by Lambda’s own limit, which throttles nothing', () => {
    const mappings = propertiesOf('AWS::Lambda::EventSourceMapping').filter((each) => 'ScalingConfig' in each);
    expect(mappings.map(({ ScalingConfig }) => ScalingConfig)).toEqual([
      { MaximumConcurrency: 2 },
      { MaximumConcurrency: 2 },
    ]);
    const reserved = propertiesOf('AWS::Lambda::Function').filter((each) => 'ReservedConcurrentExecutions' in each);
    expect(reserved).toEqual([]);
  });

  it('are sent by the one consumer of their queue, and nothing in the background may send', () => {
    const senders = Object.entries(functions).filter(([, { may }]) =>
      may.some((grant) => /^(?:mail|text):/.test(grant)),
    );
    expect(senders.map(([, { trigger }]) => trigger)).toEqual([{ kind: 'queue', queue: 'messages' }]);
  });

  it('come back as feedback: bounces, complaints, deliveries and rejections', () => {
    const { EventDestination } = only('AWS::SES::ConfigurationSetEventDestination');
    expect(EventDestination).toMatchObject({ MatchingEventTypes: ['bounce', 'complaint', 'delivery', 'reject'] });
  });
});

describe('staff', () => {
  it('are in groups named as the roles', () => {
    expect(propertiesOf('AWS::Cognito::UserPoolGroup').map(({ GroupName }) => GroupName)).toEqual([...roles]);
  });

  // MiniStack 1.5.33 deletes a protected pool all the same, so this is all that the e2e can't show.
  it('can’t be deleted with their pool, until the context says that the stack is to go', () => {
    const protection = (context: Record<string, unknown>) =>
      synthesise(fixture, context).ofType('AWS::Cognito::UserPool')[0]?.[1].Properties['DeletionProtection'];
    expect(only('AWS::Cognito::UserPool')['DeletionProtection']).toBe('ACTIVE');
    expect([protection({ removable: 'false' }), protection({ removable: 'true' })]).toEqual(['ACTIVE', 'INACTIVE']);
    for (const value of ['yes', '', 'True']) expect(() => protection({ removable: value })).toThrow('"removable"');
  });

  it('come by invitation only', () => {
    expect(only('AWS::Cognito::UserPool')['AdminCreateUserConfig']).toMatchObject({ AllowAdminCreateUserOnly: true });
  });

  it('begin with the owner, invited by mail', () => {
    expect(only('AWS::Cognito::UserPoolUser')).toMatchObject({
      Username: { Ref: 'OwnerEmail' },
      DesiredDeliveryMediums: ['EMAIL'],
    });
    expect(only('AWS::Cognito::UserPoolUserToGroupAttachment')['GroupName']).toBe('owner');
  });

  it('sign in with a password, and never through an open redirect', () => {
    const client = only('AWS::Cognito::UserPoolClient') as { ExplicitAuthFlows: string[] };
    expect(client.ExplicitAuthFlows.sort()).toEqual(['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH']);
    expect(client).not.toHaveProperty('AllowedOAuthFlows');
  });

  it('choose passwords that are long, not composed', () => {
    expect(only('AWS::Cognito::UserPool')['Policies']).toEqual({
      PasswordPolicy: {
        MinimumLength: 15,
        RequireLowercase: false,
        RequireUppercase: false,
        RequireNumbers: false,
        RequireSymbols: false,
        TemporaryPasswordValidityDays: 3,
      },
    });
  });

  it('carry the groups that a function of ours says, which the pool alone may call', () => {
    const { LambdaConfig } = only('AWS::Cognito::UserPool') as { LambdaConfig: Record<string, unknown> };
    const [id] =
      ofType('AWS::Lambda::Function').find(([, { Properties }]) => Properties['Description'] === 'token-groups') ?? [];
    const arn = { 'Fn::GetAtt': [id, 'Arn'] };
    expect(LambdaConfig).toEqual({ PreTokenGeneration: arn });
    const callers = propertiesOf('AWS::Lambda::Permission').filter(
      ({ FunctionName }) => JSON.stringify(FunctionName) === JSON.stringify(arn),
    );
    expect(callers).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: arn,
        Principal: 'cognito-idp.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': ['IdentityStaffD539B287', 'Arn'] },
      },
    ]);
  });

  it('may turn on an authenticator, never texts', () => {
    expect(only('AWS::Cognito::UserPool')).toMatchObject({
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    });
  });

  it('carry tokens for a quarter of an hour, and renew them with one that changes each time', () => {
    expect(only('AWS::Cognito::UserPoolClient')).toMatchObject({
      AccessTokenValidity: 15,
      IdTokenValidity: 15,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes' },
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 },
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'ENABLED',
    });
  });
});

describe('alarms', () => {
  const alarms = propertiesOf('AWS::CloudWatch::Alarm') as { AlarmDescription: string; [property: string]: unknown }[];

  it('are at most fifteen: ten are free', () => {
    expect(alarms.length).toBeLessThanOrEqual(16);
  });

  it.each(alarms)('say whom they harm and what to do: $AlarmDescription', ({ AlarmDescription }) => {
    expect(AlarmDescription).toMatch(/clients|visitors|staff|bookings/i);
    expect(AlarmDescription.length).toBeGreaterThan(120);
    expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
  });

  it.each(alarms)('reach the owner: $MetricName', ({ AlarmActions }) => {
    expect(AlarmActions).toHaveLength(1);
    const mails = propertiesOf('AWS::SNS::Subscription').filter(({ Protocol }) => Protocol === 'email');
    expect(mails).toEqual([{ Protocol: 'email', Endpoint: { Ref: 'OwnerEmail' }, TopicArn: expect.anything() }]);
  });

  it('watch every queue of failures', () => {
    const failed = ofType('AWS::SQS::Queue')
      .filter(([, { Properties }]) => !('RedrivePolicy' in Properties))
      .map(([id]) => id);
    const watched = JSON.stringify(alarms);
    expect(failed.filter((id) => !watched.includes(id))).toEqual([]);
  });
});

describe('the stack', () => {
  it('has no finding of cdk-nag that nobody answered', () => {
    expect(findings).toEqual([]);
  });

  it('leaves the clients’ data, and nothing else', () => {
    const policies = Object.values(json.Resources).map(({ Type, DeletionPolicy, UpdateReplacePolicy }) => ({
      Type,
      DeletionPolicy,
      UpdateReplacePolicy,
    }));
    const staying = policies.filter(({ DeletionPolicy }) => DeletionPolicy !== 'Delete');
    expect(staying).toEqual([
      { Type: 'AWS::DynamoDB::GlobalTable', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
    ]);
  });

  it.each(ofType('AWS::Logs::LogGroup'))('keeps logs for a month: %s', (_, { Properties }) => {
    expect(Properties['RetentionInDays']).toBe(30);
  });

  // Of limits of 300 routes and 500 resources, with room for what is still to come.
  it('keeps within its budget of routes, functions and resources', () => {
    const lambdas = propertiesOf('AWS::Lambda::Function').filter(({ Description }) => String(Description) in functions);
    const counts = {
      routes: propertiesOf('AWS::ApiGatewayV2::Route').length,
      functions: lambdas.length,
      resources: Object.keys(json.Resources).length,
    };
    console.log(`The stack has ${counts.routes} routes, ${counts.functions} functions, ${counts.resources} resources.`);
    expect(counts.routes).toBeLessThanOrEqual(120);
    expect(counts.functions).toBeLessThanOrEqual(24);
    expect(counts.resources).toBeLessThanOrEqual(350);
  });

  it('has recurring work come by a schedule that loses nothing', () => {
    const hourly = only('AWS::Scheduler::Schedule');
    expect(hourly).toMatchObject({
      ScheduleExpression: 'rate(1 hour)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: { 'Fn::GetAtt': [expect.stringMatching(/^MessagingBackground/), 'Arn'] },
        RoleArn: { 'Fn::GetAtt': ['MessagingSchedulerRole5C33EFE7', 'Arn'] },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^MessagingUndone/), 'Arn'] } },
        Input: JSON.stringify({ kind: 'zone-rules' }),
      },
    });
  });

  // A resource of another name is another resource: CloudFormation would make it anew, without what is in it.
  it.each([
    ['AWS::DynamoDB::GlobalTable', 'TableCD117FA1'],
    ['AWS::SQS::Queue', 'MessagingOutbox5A0D0BE8'],
    ['AWS::SQS::Queue', 'MessagingUndeliveredDCAE3ED8'],
    ['AWS::SQS::Queue', 'MessagingUnplannedCD20BF03'],
    ['AWS::SQS::Queue', 'MessagingUnheardC7700570'],
    ['AWS::Scheduler::ScheduleGroup', 'MessagingSchedulesD8BF246F'],
    ['AWS::IAM::Role', 'MessagingSchedulerRole5C33EFE7'],
    ['AWS::SNS::Topic', 'MessagingIncomingTexts968428FC'],
    ['AWS::SNS::Topic', 'MailFeedback5E557721'],
    ['AWS::SNS::Topic', 'Alarms04B5A0BF'],
    ['AWS::SES::ConfigurationSet', 'MailConfigurationSet2AA84368'],
    ['AWS::Cognito::UserPool', 'IdentityStaffD539B287'],
    ['AWS::Cognito::UserPoolClient', 'IdentityStaffConsoleC3E72A14'],
    ['AWS::ApiGatewayV2::Api', 'ApiHttp17514DA7'],
  ])('keeps the name of its %s: %s', (type, id) => {
    expect(json.Resources[id]?.Type).toBe(type);
  });

  it('has nothing that costs while it is idle', () => {
    const dear = /^AWS::(EC2|RDS|KMS|SecretsManager|WAFv2|ElastiCache|OpenSearchService|ECS|CloudFront)::/;
    expect(Object.values(json.Resources).filter(({ Type }) => dear.test(Type))).toEqual([]);
    expect(JSON.stringify(json)).not.toMatch(/ProvisionedConcurrency|ReservedConcurrentExecutions/);
  });

  it('asks only for what it can’t know', () => {
    const asked = Object.entries(json.Parameters).filter(([, { Default }]) => Default === undefined);
    expect(asked.map(([name]) => name)).toEqual(['SenderAddress', 'OwnerEmail']);
  });

  it('asks before a deployment widens what anybody may do', () => {
    expect(JSON.parse(readFileSync('cdk.json', 'utf8'))).toMatchObject({ requireApproval: 'broadening' });
  });

  it('can be told apart on the bill', () => {
    for (const lambda of propertiesOf('AWS::Lambda::Function'))
      expect(lambda['Tags']).toEqual([{ Key: 'app', Value: 'regulars' }]);
  });

  it('knows no account and no machine', () => {
    const text = JSON.stringify(json);
    expect(text).not.toMatch(/\b\d{12}\b/);
    expect(text).not.toContain(process.cwd());
  });
});
