import { appointmentsFor, ownClientsFor } from '../../shared/booking/wiring.ts';
import { createCatalogueEditor } from '../../shared/business/editor.ts';
import { journeyBindings } from '../../shared/journey/routes.ts';
import { messageDeskBindings } from '../../shared/messages/desk/routes.ts';
import { messageBindings } from '../../shared/messages/routes.ts';
import { templateBindings } from '../../shared/messages/templates/routes.ts';
import { messagesFor } from '../../shared/messages/wiring.ts';
import type { Binding } from '../../shared/platform/http/server.ts';
import { foundation } from '../foundation.ts';
import { outbox } from '../queues.ts';
import { suppressions } from '../suppressions.ts';

/** A client's messages, for staff. */
export const messages = (): Binding[] => {
  const base = foundation();
  return [
    ...messageBindings({ ...base, store: messagesFor(base), isOwnClient: ownClientsFor(base) }),
    ...journeyBindings({ ...base, appointments: appointmentsFor(base), outbox: outbox() }),
  ];
};

/** Serves what people write to the business, and the addresses that they stop. */
export const messageDesk = (): Binding[] => {
  const base = foundation();
  return messageDeskBindings({ ...base, store: messagesFor(base), suppressions: suppressions() });
};

/** The business's own templates. */
export const templates = (): Binding[] => {
  const base = foundation();
  return templateBindings({ ...base, editor: createCatalogueEditor(base) });
};
