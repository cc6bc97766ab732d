import { SQSClient } from '@aws-sdk/client-sqs';
import { createOutbox } from '../../shared/background/queue.ts';
import { appointmentsFor } from '../../shared/booking/routes.ts';
import { createCatalogueEditor } from '../../shared/business/editor.ts';
import { journeyBindings } from '../../shared/journey/routes.ts';
import { messageBindings } from '../../shared/messages/routes.ts';
import { templateBindings } from '../../shared/messages/templates/routes.ts';
import { messagesFor } from '../../shared/messages/wiring.ts';
import type { Binding } from '../../shared/platform/http/server.ts';
import { foundation, variable } from '../environment.ts';

/** A client's messages, for staff. */
export const messages = (): Binding[] => {
  const base = foundation();
  const outbox = createOutbox(new SQSClient({}), variable('OUTBOX_QUEUE_URL'));
  return [
    ...messageBindings({ store: messagesFor(base) }),
    ...journeyBindings({ ...base, appointments: appointmentsFor(base), outbox }),
  ];
};

/** The business's own templates. */
export const templates = (): Binding[] => {
  const base = foundation();
  return templateBindings({ ...base, editor: createCatalogueEditor(base) });
};
