import { appointmentsFor } from '../../shared/booking/wiring.ts';
import { createCatalogueEditor } from '../../shared/business/editor.ts';
import { journeyBindings } from '../../shared/journey/routes.ts';
import { messageBindings } from '../../shared/messages/routes.ts';
import { templateBindings } from '../../shared/messages/templates/routes.ts';
import { messagesFor } from '../../shared/messages/wiring.ts';
import type { Binding } from '../../shared/platform/http/server.ts';
import { foundation } from '../environment.ts';
import { outbox } from '../queues.ts';

/** A client's messages, for staff. */
export const messages = (): Binding[] => {
  const base = foundation();
  return [
    ...messageBindings({ store: messagesFor(base) }),
    ...journeyBindings({ ...base, appointments: appointmentsFor(base), outbox: outbox() }),
  ];
};

/** The business's own templates. */
export const templates = (): Binding[] => {
  const base = foundation();
  return templateBindings({ ...base, editor: createCatalogueEditor(base) });
};
