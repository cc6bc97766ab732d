import { SQSClient } from '@aws-sdk/client-sqs';
import { createAudit } from '../../shared/audit/audit.ts';
import { createOutbox } from '../../shared/background/queue.ts';
import { appointmentsFor } from '../../shared/booking/routes.ts';
import { createCatalogueEditor } from '../../shared/business/editor.ts';
import { resendBindings } from '../../shared/journey/resend.ts';
import { messageBindings } from '../../shared/messages/routes.ts';
import { createMessageStore } from '../../shared/messages/send/store.ts';
import { templateBindings } from '../../shared/messages/templates/routes.ts';
import { apiHandler } from '../../shared/platform/http/lambda.ts';
import { createIdempotency } from '../../shared/platform/idempotency.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { variable } from '../environment.ts';
import { foundationWithLinks } from '../links.ts';

export const handler = apiHandler(createTelemetry('messages-api'), () => {
  const base = foundationWithLinks();
  const deps = {
    ...base,
    store: createMessageStore(base.table),
    appointments: appointmentsFor(base),
    audit: createAudit(base.table, base.random),
  };
  return [
    ...messageBindings(deps),
    ...resendBindings({
      ...deps,
      idempotency: createIdempotency(base.table),
      outbox: createOutbox(new SQSClient({}), variable('OUTBOX_QUEUE_URL')),
    }),
    ...templateBindings({ ...deps, editor: createCatalogueEditor(base) }),
  ];
});
