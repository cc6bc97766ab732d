import { isOver } from '../../shared/people/end-sessions.ts';
import { endSessionsFor, keepNameFor, namesFor, personsFor } from '../../shared/people/wiring.ts';
import { createPublicCognito } from '../../shared/platform/aws/cognito-public.ts';
import { behindEdge } from '../../shared/platform/http/edge.ts';
import { apiHandler } from '../../shared/platform/http/handlers.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { createSignInPool } from '../../shared/session/pool.ts';
import { sessionBindings } from '../../shared/session/routes.ts';
import { edgeSecret, endpointOf, variable } from '../environment.ts';
import { foundationWithLinks } from '../links.ts';
import { identify } from './identify.ts';

const telemetry = createTelemetry('session');

const session = () => {
  const base = foundationWithLinks();
  const persons = personsFor(base);
  const cognito = createPublicCognito(variable('AWS_REGION'), endpointOf('COGNITO_IDENTITY_PROVIDER'));
  return sessionBindings({
    ...base,
    telemetry,
    pool: createSignInPool(cognito, variable('USER_POOL_CLIENT_ID')),
    isEnded: async (sub, beganAt) => {
      const consistent = { consistent: true };
      const [held, signedOutAt] = await Promise.all([
        persons.get(sub, consistent),
        persons.signedOutAt(sub, consistent),
      ]);
      return held?.disabledAt !== undefined || isOver(signedOutAt, beganAt);
    },
    endSessions: endSessionsFor(base),
    namesFor: namesFor(base),
    keepName: keepNameFor(base),
  });
};

export const handler = behindEdge(edgeSecret, apiHandler(telemetry, session, identify));
