import { bookingBindings } from '../../shared/booking/routes.ts';
import { appointmentsFor } from '../../shared/booking/wiring.ts';
import { subscriptionBindings } from '../../shared/messages/routes.ts';
import { messagesFor } from '../../shared/messages/wiring.ts';
import { apiHandler } from '../../shared/platform/http/handlers.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { reviewLinkBindings } from '../../shared/reviews/routes.ts';
import { waitingBindings } from '../../shared/waiting-list/routes.ts';
import { foundationWithLinks } from '../links.ts';

export const handler = apiHandler(createTelemetry('public'), () => {
  const base = foundationWithLinks();
  const appointments = appointmentsFor(base);
  return [
    ...bookingBindings(base),
    ...waitingBindings(base),
    ...reviewLinkBindings({ ...base, appointments }),
    ...subscriptionBindings({ ...base, store: messagesFor(base), addresseeOf: appointments.get }),
  ];
});
