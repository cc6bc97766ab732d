import { randomUUID } from 'node:crypto';
import { AwsError } from '../../../infra/local/services/api/aws-error.ts';
import { queryFault } from '../../../infra/local/services/api/query.ts';
import type { Dice } from '../dice.ts';
import type { AwsCall, Service } from './aws-call.ts';

/**
 * What can befall a call. `throttled`, `failed`: an error, and nothing was done. `unreachable`: no connection.
 * `timed-out`: no answer, and nothing was done. `failed-after`: it was done, and an error is answered. `lost`: it was
 * done, and the connection breaks before the answer. `late`: it is done, and the answer takes its time.
 */
const mishaps = ['throttled', 'failed', 'unreachable', 'timed-out', 'failed-after', 'lost', 'late'] as const;
export type Mishap = (typeof mishaps)[number];

/** Whether the service does what it is asked for. */
export const isDone = (mishap: Mishap | undefined): boolean =>
  mishap === undefined || mishap === 'failed-after' || mishap === 'lost' || mishap === 'late';

/** Whether the function can't know that the service has done it. */
export const hidesSuccess = (mishap: Mishap | undefined): boolean => mishap === 'failed-after' || mishap === 'lost';

/** Shares of all calls. */
export type Rates = Record<Mishap, number>;

export const mishapFor = (dice: Dice, rates: Rates): Mishap | undefined => {
  let left = dice();
  for (const mishap of mishaps) {
    left -= rates[mishap];
    if (left < 0) return mishap;
  }
  return undefined;
};

export interface FakeAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const json = 'application/x-amz-json-1.0';
const dynamo = (status: number, code: string, extra: object = {}): FakeAnswer => ({
  status,
  headers: { 'content-type': json },
  body: JSON.stringify({
    __type: `com.amazonaws.dynamodb.v20120810#${code}`,
    message: 'As the harness wants it',
    ...extra,
  }),
});

/** A transaction is refused with a reason for each of its items: one of them is throttled, or in another's hands. */
const cancelled = (requestBody: string, dice: Dice): FakeAnswer => {
  const { TransactItems = [] } = JSON.parse(requestBody) as { TransactItems?: unknown[] };
  const guilty = Math.floor(dice() * TransactItems.length);
  const code = dice() < 0.5 ? 'TransactionConflict' : 'ThrottlingError';
  return dynamo(400, 'TransactionCanceledException', {
    CancellationReasons: TransactItems.map((_, index) => ({ Code: index === guilty ? code : 'None' })),
  });
};

const throttledDynamo = ({ action }: AwsCall, requestBody: string, dice: Dice): FakeAnswer => {
  if (action === 'TransactWriteItems' && dice() < 0.6) return cancelled(requestBody, dice);
  return dynamo(400, dice() < 0.5 ? 'ProvisionedThroughputExceededException' : 'ThrottlingException');
};

const namespaces = {
  ses: 'http://ses.amazonaws.com/doc/2010-12-01/',
  sns: 'http://sns.amazonaws.com/doc/2010-03-31/',
};

const errorOf = (service: Exclude<Service, 'dynamodb'>, status: number, code: string): FakeAnswer => {
  switch (service) {
    case 'ses':
    case 'sns':
      return {
        status,
        headers: { 'content-type': 'text/xml' },
        body: queryFault(namespaces[service], randomUUID(), new AwsError(code, 'As the harness wants it', status)),
      };
    case 'sqs':
      return {
        status,
        headers: { 'content-type': json },
        body: JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message: 'As the harness wants it' }),
      };
    case 'ssm':
    case 'cognito':
      return {
        status,
        headers: { 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify({ __type: code, message: 'As the harness wants it' }),
      };
    case 'scheduler':
    case 'sesv2':
      return {
        status,
        headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
        body: JSON.stringify({ Message: 'As the harness wants it' }),
      };
  }
};

const throttling: Record<Exclude<Service, 'dynamodb'>, [number, string]> = {
  ses: [400, 'Throttling'],
  sns: [400, 'Throttling'],
  sqs: [400, 'ThrottlingException'],
  ssm: [400, 'ThrottlingException'],
  cognito: [400, 'TooManyRequestsException'],
  scheduler: [429, 'ThrottlingException'],
  sesv2: [429, 'TooManyRequestsException'],
};

/** The error in the service's own form. */
export const errorFor = (
  mishap: 'throttled' | 'failed' | 'failed-after',
  call: AwsCall,
  requestBody: string,
  dice: Dice,
): FakeAnswer => {
  const { service } = call;
  if (service === 'dynamodb') {
    return mishap === 'throttled' ? throttledDynamo(call, requestBody, dice) : dynamo(500, 'InternalServerError');
  }
  return mishap === 'throttled' ? errorOf(service, ...throttling[service]) : errorOf(service, 500, 'InternalFailure');
};
