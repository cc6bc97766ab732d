import { bookingBindings } from '../../shared/booking/routes.ts';
import { apiHandler } from '../../shared/platform/http/lambda.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { waitingBindings } from '../../shared/waiting-list/routes.ts';
import { foundationWithLinks } from '../links.ts';

export const handler = apiHandler(createTelemetry('booking-api'), () => [
  ...bookingBindings(foundationWithLinks()),
  ...waitingBindings(foundationWithLinks()),
]);
