import type { Caller, Method } from '../shared/platform/contract.ts';

/** Where a request enters: a contract's route or a page. */
export interface HttpRoute {
  method: Method;
  path: string;
  caller: Caller;
}

export type Trigger =
  | { kind: 'http'; routes: readonly HttpRoute[] }
  /** Records of the table's stream whose entity is one of these. */
  | { kind: 'stream'; entities: readonly string[] }
  /** The outbox queue. */
  | { kind: 'outbox' }
  /** The topic to which SES publishes bounces, complaints and deliveries. */
  | { kind: 'feedback' };

/** What a function may touch; each becomes the narrowest policy that allows it, and the environment variable that names it. */
export type Grant =
  | 'table:read' // TABLE_NAME
  | 'table:write' // TABLE_NAME; read, too
  | 'outbox:send' // OUTBOX_QUEUE_URL
  | 'schedules:manage' // SCHEDULE_GROUP, SCHEDULE_TARGET_ARN (the outbox), SCHEDULE_ROLE_ARN, SCHEDULE_DLQ_ARN
  | 'mail:send' // SENDER_ADDRESS, CONFIGURATION_SET
  | 'text:send'
  | 'public-url'; // PUBLIC_URL: origin of the API, without a trailing slash; only for functions that HTTP does not trigger

export interface FunctionSpec {
  /** The file that exports `handler`. */
  entry: string;
  trigger: Trigger;
  may: readonly Grant[];
  memoryMb: number;
  timeoutSeconds: number;
}
