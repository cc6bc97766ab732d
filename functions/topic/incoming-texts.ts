import { createIncoming } from '../../shared/messages/receive/incoming.ts';
import { incomingHandler } from '../../shared/messages/receive/incoming-handler.ts';
import { createIncomingTexts } from '../../shared/messages/receive/incoming-store.ts';
import { createMessageStore } from '../../shared/messages/send/store.ts';
import { once } from '../../shared/platform/memo.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { foundation } from '../environment.ts';
import { outbox } from '../queues.ts';

const incoming = once(() => {
  const base = foundation();
  return createIncoming({
    ...base,
    texts: createIncomingTexts(base.table),
    store: createMessageStore(base.table),
    outbox: outbox(),
  });
});

export const handler = incomingHandler(createTelemetry('incoming-texts'), incoming);
