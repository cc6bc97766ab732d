import type { QueueName } from '../../../shared/background/kinds.ts';

/** The account, region and names that stand in for what the CDK stack makes. */
export const accountId = '000000000000';
export const region = 'us-east-1';

const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${accountId}:${resource}`;

const queue = (name: string) => ({ name, arn: arn('sqs', name), deadLetterArn: arn('sqs', `${name}-dead-letters`) });

export const queues: Record<QueueName, ReturnType<typeof queue>> = {
  messages: queue('regulars-outbox'),
  background: queue('regulars-background'),
};
export const scheduleGroup = 'regulars';
export const scheduleRoleArn = `arn:aws:iam::${accountId}:role/regulars-scheduler`;
export const feedbackTopicArn = arn('sns', 'regulars-feedback');
export const incomingTextsTopicArn = arn('sns', 'regulars-incoming-texts');
/** To which clients text. */
export const textNumber = '+18005550100';
export const configurationSet = 'regulars';
export const senderAddress = 'hello@regulars.example';
export const userPoolId = `${region}_local`;
export const userPoolClientId = 'regulars-console';
export const functionArn = (name: string): string => arn('lambda', `function:regulars-${name}`);
