import { SQSClient } from '@aws-sdk/client-sqs';
import type { QueueName } from '../shared/background/kinds.ts';
import { createOutbox } from '../shared/background/queue.ts';
import { variable } from './environment.ts';

const variables: Record<QueueName, string> = { messages: 'OUTBOX_QUEUE_URL', background: 'BACKGROUND_QUEUE_URL' };

/** The queues of the stack; a function has the address of those only that it may send to. */
export const outbox = () => createOutbox(new SQSClient({}), (queue) => variable(variables[queue]));
