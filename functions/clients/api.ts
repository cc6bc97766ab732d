import { clientBindings } from '../../shared/clients/routes.ts';
import { apiHandler } from '../../shared/platform/http/lambda.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { foundation } from '../environment.ts';

export const handler = apiHandler(createTelemetry('clients-api'), () => clientBindings(foundation()));
