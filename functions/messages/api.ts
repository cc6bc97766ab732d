import { appointmentsFor } from '../../shared/booking/booking.ts';
import { messageBindings } from '../../shared/messages/routes.ts';
import { createMessageStore } from '../../shared/messages/store.ts';
import { apiHandler } from '../../shared/platform/lambda.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { foundation } from '../environment.ts';

export const handler = apiHandler(createTelemetry('messages-api'), () => {
  const base = foundation();
  return messageBindings({ ...base, store: createMessageStore(base.table), appointments: appointmentsFor(base) });
});
