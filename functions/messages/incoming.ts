import { SQSClient } from '@aws-sdk/client-sqs';
import { createIncoming } from '../../shared/messages/incoming.ts';
import { incomingHandler } from '../../shared/messages/incoming-handler.ts';
import { createIncomingTexts } from '../../shared/messages/incoming-store.ts';
import { createOutbox } from '../../shared/messages/outbox-queue.ts';
import { createMessageStore } from '../../shared/messages/store.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { foundation, once, variable } from '../environment.ts';

const incoming = once(() => {
  const base = foundation();
  return createIncoming({
    ...base,
    texts: createIncomingTexts(base.table),
    store: createMessageStore(base.table),
    outbox: createOutbox(new SQSClient({}), variable('OUTBOX_QUEUE_URL')),
  });
});

export const handler = incomingHandler(createTelemetry('messages-incoming'), incoming);
