import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda';
import { keysItem } from '../../link-keys/ensure.ts';
import type { FunctionSpec } from '../../manifest.ts';
import type { Table } from '../table.ts';

/*
 * Explicit denials by partition key (`dynamodb:LeadingKeys`), on top of what grants allow. AWS checks each action of a
 * transaction as the action that it is, PutItem or UpdateItem; its documents do not say whether the condition then
 * sees that action's own key or those of the whole transaction. So each denial below holds under either reading:
 * `ForAnyValue` where no transaction of the function ever has such a key, else `ForAllValues`.
 * No emulator proves them: MiniStack doesn't know the condition and gets it from `ministack_as_aws.py`, by the reading
 * that denies more.
 */

const writes = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];
const reads = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem'];

const leadingKeys = 'dynamodb:LeadingKeys';

const deny = (lambda: Lambda, table: Table, actions: string[], conditions: Record<string, object>): void =>
  lambda.addToRolePolicy(
    new PolicyStatement({ effect: Effect.DENY, actions, resources: [table.tableArn], conditions }),
  );

const any = (partitions: string[]) => ({ 'ForAnyValue:StringLike': { [leadingKeys]: partitions } });

/** `ForAllValues` holds for no key at all, too, which `Null` rules out. */
const all = (partitions: string[]) => ({
  'ForAllValues:StringLike': { [leadingKeys]: partitions },
  Null: { [leadingKeys]: 'false' },
});

/** The keys that older stacks kept in the table: the parameter has them, and a copy in reach would be a second lock. */
export const denyOldKeys = (lambda: Lambda, table: Table): void =>
  deny(lambda, table, [...reads, ...writes], any([keysItem.pk]));

/** Audit entries are put once. That a put replaces none, its random id sees to; IAM can't tell the two apart. */
export const denyAuditChanges = (lambda: Lambda, table: Table): void =>
  deny(lambda, table, ['dynamodb:UpdateItem', 'dynamodb:DeleteItem'], all(['AUDIT#*']));

/** A person's item decides what they may do: only the function that manages people writes it. */
export const denyPeopleWrites = (lambda: Lambda, table: Table): void =>
  deny(lambda, table, writes, any(['PEOPLE', 'PERSON#*']));

/** Whether anybody may call a route of the function. */
export const isOpen = ({ trigger }: FunctionSpec): boolean =>
  trigger.kind === 'http' && trigger.routes.some(({ caller }) => !Array.isArray(caller));

/** Partitions in which clients have no part: settings, jobs, series, blocks, the audit, what others have texted. */
export const denyStaffWrites = (lambda: Lambda, table: Table): void => {
  deny(lambda, table, writes, any(['AUDIT#*', 'BLOCK#*', 'INBOX#*', 'JOB#*', 'SERIES#*']));
  deny(lambda, table, writes, all(['BUSINESS']));
  deny(lambda, table, reads, any(['AUDIT#*', 'INBOX#*', 'JOB#*']));
};
