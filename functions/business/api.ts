import { businessBindings } from '../../shared/business/routes.ts';
import { apiHandler } from '../../shared/platform/http/lambda.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { foundation } from '../environment.ts';

export const handler = apiHandler(createTelemetry('business-api'), () => businessBindings(foundation().catalogue));
