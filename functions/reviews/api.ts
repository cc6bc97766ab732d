import { appointmentsFor } from '../../shared/booking/routes.ts';
import { apiHandler } from '../../shared/platform/http/lambda.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { reviewBindings } from '../../shared/reviews/routes.ts';
import { foundationWithLinks } from '../links.ts';

export const handler = apiHandler(createTelemetry('reviews-api'), () =>
  reviewBindings({ ...foundationWithLinks(), appointments: appointmentsFor(foundationWithLinks()) }),
);
