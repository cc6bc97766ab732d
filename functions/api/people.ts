import { createPool } from '../../shared/people/pool.ts';
import { peopleBindings } from '../../shared/people/routes.ts';
import { createCognito } from '../../shared/platform/aws/cognito.ts';
import { behindEdge } from '../../shared/platform/http/edge.ts';
import { apiHandler } from '../../shared/platform/http/handlers.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { edgeSecret, endpointOf, variable } from '../environment.ts';
import { foundation } from '../foundation.ts';
import { identify } from './identify.ts';

const people = () => {
  const base = foundation();
  const cognito = createCognito(base.table.getDocumentClient().config, endpointOf('COGNITO_IDENTITY_PROVIDER'));
  return peopleBindings({ ...base, pool: createPool(cognito, variable('USER_POOL_ID')) });
};

export const handler = behindEdge(edgeSecret, apiHandler(createTelemetry('people'), people, identify));
