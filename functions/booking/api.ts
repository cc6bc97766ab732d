import { bookingBindings } from '../../shared/booking/booking.ts';
import { waitingBindings } from '../../shared/booking/waiting.ts';
import { apiHandler } from '../../shared/platform/lambda.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { foundation } from '../environment.ts';

export const handler = apiHandler(createTelemetry('booking-api'), () => [
  ...bookingBindings(foundation()),
  ...waitingBindings(foundation()),
]);
