import { createInbox } from '../../shared/messages/receive/inbox-store.ts';
import { createIncoming } from '../../shared/messages/receive/incoming.ts';
import { incomingHandler } from '../../shared/messages/receive/incoming-handler.ts';
import { createIncomingTexts } from '../../shared/messages/receive/incoming-store.ts';
import { createMessageStore } from '../../shared/messages/send/store.ts';
import { once } from '../../shared/platform/memo.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { foundation } from '../foundation.ts';
import { outbox } from '../queues.ts';

const incoming = once(() => {
  const base = foundation();
  return createIncoming({
    ...base,
    texts: createIncomingTexts(base.table),
    inbox: createInbox(base.table),
    store: createMessageStore(base.table),
    outbox: outbox(),
  });
});

export const handler = incomingHandler(createTelemetry('incoming-texts'), incoming);
