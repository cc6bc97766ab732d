import { appointmentsFor } from '../../shared/booking/routes.ts';
import { apiHandler } from '../../shared/platform/http/lambda.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { reviewBindings } from '../../shared/reviews/reviews.ts';
import { foundation } from '../environment.ts';

export const handler = apiHandler(createTelemetry('reviews-api'), () =>
  reviewBindings({ ...foundation(), appointments: appointmentsFor(foundation()) }),
);
