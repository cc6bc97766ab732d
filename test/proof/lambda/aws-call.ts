import type { RequestOptions } from 'node:http';
import type { ServiceName } from '../../../infra/local/services/api/server.ts';

export type Service = ServiceName | 'dynamodb';

/** One request of an AWS client, before its body is known. */
export interface AwsCall {
  service: Service;
  action: string;
}

const schedulerActions: Record<string, string> = {
  POST: 'CreateSchedule',
  PUT: 'UpdateSchedule',
  DELETE: 'DeleteSchedule',
};

const header = ({ headers }: RequestOptions, name: string): string => {
  const found = Object.entries((headers ?? {}) as Record<string, unknown>).find(([key]) => key.toLowerCase() === name);
  return String(found?.[1] ?? '');
};

/** Read off a request as it leaves for this computer's engine or emulator. */
export const awsCall = (options: RequestOptions): AwsCall => {
  const target = header(options, 'x-amz-target');
  if (target.startsWith('DynamoDB_')) return { service: 'dynamodb', action: target.split('.')[1] ?? '' };
  const [, service] = (options.path ?? '').split('/');
  switch (service) {
    case 'sqs':
      return { service, action: target.replace('AmazonSQS.', '') };
    case 'ssm':
      return { service, action: target.replace('AmazonSSM.', '') };
    case 'ses':
      return { service, action: 'SendRawEmail' };
    case 'sns':
      return { service, action: 'Publish' };
    case 'scheduler':
      return { service, action: schedulerActions[options.method ?? ''] ?? '' };
    default:
      throw new Error(`A function calls ${options.host}${options.path}, which is no service that it may use`);
  }
};

/** Whether it is there to change something: what a death near it leaves behind is what matters. */
export const changes = ({ action }: AwsCall): boolean => !/Get|Query|Scan/.test(action);
