import { SQSClient } from '@aws-sdk/client-sqs';
import { createOutbox } from '../../shared/background/queue.ts';
import { appointmentsFor } from '../../shared/booking/routes.ts';
import { createCatalogueEditor } from '../../shared/business/editor.ts';
import { journeyBindings } from '../../shared/journey/routes.ts';
import { messageBindings } from '../../shared/messages/routes.ts';
import { templateBindings } from '../../shared/messages/templates/routes.ts';
import { messagesFor } from '../../shared/messages/wiring.ts';
import { apiHandler } from '../../shared/platform/http/lambda.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { variable } from '../environment.ts';
import { foundationWithLinks } from '../links.ts';

export const handler = apiHandler(createTelemetry('messages-api'), () => {
  const base = foundationWithLinks();
  const appointments = appointmentsFor(base);
  const outbox = createOutbox(new SQSClient({}), variable('OUTBOX_QUEUE_URL'));
  return [
    ...messageBindings({ ...base, store: messagesFor(base), addresseeOf: appointments.get }),
    ...journeyBindings({ ...base, appointments, outbox }),
    ...templateBindings({ ...base, editor: createCatalogueEditor(base) }),
  ];
});
