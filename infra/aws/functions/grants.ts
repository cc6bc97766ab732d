import { Stack, Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import type { Grant } from '../../manifest.ts';
import type { Api } from '../api.ts';
import type { Identity } from '../identity.ts';
import type { LinkKeys } from '../link-keys/link-keys.ts';
import type { Mail } from '../mail.ts';
import type { Messaging } from '../messaging.ts';
import { indexArns, type Table } from '../table.ts';
import { denyAuditChanges, denyOldKeys } from './closed-partitions.ts';

/** Resources to which grants give access. */
export interface Resources {
  table: Table;
  linkKeys: LinkKeys;
  messaging: Messaging;
  mail: Mail;
  identity: Identity;
  api: Api;
}

type Give = (lambda: Lambda, resources: Resources) => void;

const allow = (lambda: Lambda, actions: string[], resources: string[], conditions: Record<string, object> = {}): void =>
  lambda.addToRolePolicy(new PolicyStatement({ actions, resources, conditions }));

/** Each grant: the environment variable that names the thing, and the narrowest policy that reaches it. */
const gives: Record<Grant, Give> = {
  'table:read': (lambda, { table }) => {
    lambda.addEnvironment('TABLE_NAME', table.tableName);
    // No Scan: nothing in the design reads the whole table.
    allow(
      lambda,
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem'],
      [table.tableArn, ...indexArns(table)],
    );
    denyOldKeys(lambda, table);
  },

  'table:write': (lambda, resources) => {
    gives['table:read'](lambda, resources);
    // A transaction needs leave for what is in it, and no other.
    allow(lambda, ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], [resources.table.tableArn]);
    denyAuditChanges(lambda, resources.table);
  },

  'outbox:send': (lambda, { messaging }) => {
    lambda.addEnvironment('OUTBOX_QUEUE_URL', messaging.outbox.queueUrl);
    allow(lambda, ['sqs:SendMessage'], [messaging.outbox.queueArn]);
  },

  'background:send': (lambda, { messaging }) => {
    lambda.addEnvironment('BACKGROUND_QUEUE_URL', messaging.background.queueUrl);
    allow(lambda, ['sqs:SendMessage'], [messaging.background.queueArn]);
  },

  'schedules:manage': (lambda, { messaging }) => {
    const group = messaging.schedules.ref;
    lambda.addEnvironment('SCHEDULE_GROUP', group);
    lambda.addEnvironment('SCHEDULE_ROLE_ARN', messaging.schedulerRole.roleArn);
    lambda.addEnvironment('MESSAGES_TARGET_ARN', messaging.outbox.queueArn);
    lambda.addEnvironment('MESSAGES_DLQ_ARN', messaging.undelivered.queueArn);
    lambda.addEnvironment('BACKGROUND_TARGET_ARN', messaging.background.queueArn);
    lambda.addEnvironment('BACKGROUND_DLQ_ARN', messaging.undone.queueArn);
    const schedulesOfGroup = Stack.of(lambda).formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${group}/*`,
    });
    allow(
      lambda,
      ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule', 'scheduler:DeleteSchedule'],
      [schedulesOfGroup],
    );
    allow(lambda, ['iam:PassRole'], [messaging.schedulerRole.roleArn], {
      StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' },
    });
    acknowledgeWildcard(
      lambda,
      schedulesOfGroup,
      'One schedule stands for one message of one appointment; their names are not known before clients book. The wildcard ends at this stack’s own schedule group.',
    );
  },

  'mail:send': (lambda, { mail }) => {
    lambda.addEnvironment('SENDER_ADDRESS', mail.senderAddress);
    lambda.addEnvironment('CONFIGURATION_SET', mail.configurationSet.configurationSetName);
    // While an account is in the sandbox, SES asks leave for the recipients' identities as well as the sender's,
    // and a sender may be verified by its domain: so any identity of this account, but from the one address only.
    allow(lambda, ['ses:SendRawEmail'], [mail.anyIdentityArn], {
      StringEquals: { 'ses:FromAddress': mail.senderAddress },
    });
    allow(lambda, ['ses:SendRawEmail'], [mail.configurationSetArn]);
    acknowledgeWildcard(
      lambda,
      mail.anyIdentityArn,
      'SES authorizes a sandboxed account’s mail against each recipient’s identity, too, and a domain may stand for the sender. What limits the right is the condition: mail leaves from the stack’s own sender address only.',
    );
  },

  'text:send': (lambda) => {
    // A phone number has no ARN. Everything that has one, topics and applications, is left out.
    lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ['sns:Publish'],
        notResources: [Stack.of(lambda).formatArn({ service: 'sns', region: '*', account: '*', resource: '*' })],
      }),
    );
  },

  'suppressions:lift': (lambda) => {
    // The list is the account's and has no ARN; this one action takes no resource.
    allow(lambda, ['ses:DeleteSuppressedDestination'], ['*']);
    acknowledgeWildcard(
      lambda,
      '*',
      'SES keeps one list of suppressed addresses for the account, and the action knows no resource. It only takes an address off that list; sending to it is another right, which this function lacks.',
    );
  },

  'link-keys:read': (lambda, { linkKeys }) => {
    lambda.addEnvironment('LINK_KEYS_PARAMETER', linkKeys.parameterName);
    // KMS lets whoever may read a parameter decrypt it by the account's own key for Systems Manager.
    allow(lambda, ['ssm:GetParameter'], [linkKeys.parameterArn]);
    lambda.node.addDependency(linkKeys.created);
  },

  'people:manage': (lambda, { identity: { pool } }) => {
    lambda.addEnvironment('USER_POOL_ID', pool.userPoolId);
    const acts = [
      'AdminCreateUser',
      'AdminAddUserToGroup',
      'AdminRemoveUserFromGroup',
      'AdminDisableUser',
      'AdminEnableUser',
      'AdminUserGlobalSignOut',
      'ListUsers',
      'ListUsersInGroup',
    ];
    allow(
      lambda,
      acts.map((act) => `cognito-idp:${act}`),
      [pool.userPoolArn],
    );
  },

  'people:sign-in': (lambda, { identity: { client } }) => {
    lambda.addEnvironment('USER_POOL_CLIENT_ID', client.userPoolClientId);
  },

  'people:look-up': ({ role }, { identity: { pool } }) => {
    // A policy of the pool's own, that the function does not wait for: the pool waits for the function that it calls.
    const policy = new Policy(pool, 'LookUp', {
      statements: [new PolicyStatement({ actions: ['cognito-idp:AdminGetUser'], resources: [pool.userPoolArn] })],
    });
    if (role) policy.attachToRole(role);
  },

  'public-url': (lambda, { api }) => {
    lambda.addEnvironment('PUBLIC_URL', api.url);
  },
};

export const give = (lambda: Lambda, grant: Grant, resources: Resources): void => gives[grant](lambda, resources);

const acknowledgeWildcard = (lambda: Lambda, arn: string, reason: string): void =>
  Validations.of(lambda.role ?? lambda).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${flat(Stack.of(lambda).resolve(arn))}]`,
    reason,
  });

/** cdk-nag names a finding by its ARN with references in angle brackets: `arn:<AWS::Partition>:ses:…`. */
const flat = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const { Ref: ref, 'Fn::Join': join } = value as { Ref?: string; 'Fn::Join'?: [string, unknown[]] };
  return join ? join[1].map(flat).join(join[0]) : `<${ref}>`;
};
