import { behindEdge } from '../../shared/platform/http/edge.ts';
import { type Capabilities, capabilitiesHandler } from '../../shared/platform/http/handlers.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { edgeSecret } from '../environment.ts';
import { foundation } from '../foundation.ts';
import { identify } from './identify.ts';

const telemetry = createTelemetry('staff');

const diary = async () => (await import('../../shared/diary/routes.ts')).diaryBindings(foundation());
const clients = async () => {
  const { clientBindings } = await import('../../shared/clients/routes.ts');
  const { createManyReads } = await import('../../shared/audit/many-reads.ts');
  const { ownClientsFor, reachFor } = await import('../../shared/booking/wiring.ts');
  const base = foundation();
  const noteCard = createManyReads(base.table, telemetry);
  return clientBindings({ ...base, isOwnClient: ownClientsFor(base), reachOf: reachFor(base), noteCard });
};
const waitingList = async () => (await import('../../shared/waiting-list/routes.ts')).waitingDeskBindings(foundation());

const messageDesk = async () => (await import('./messages.ts')).messageDesk();

/** Each capability is loaded when somebody first asks for a path below its own. */
const capabilities: Capabilities = {
  '/v1/online-bookings': async () =>
    (await import('../../shared/online-bookings/routes.ts')).onlineBookingsBindings(foundation()),
  '/v1/me': async () => (await import('../../shared/people/routes.ts')).meBindings(foundation()),
  '/v1/journey': async () =>
    (await import('../../shared/business/routes.ts')).businessDeskBindings(foundation().catalogue),
  '/v1/diary': diary,
  '/v1/diary/waiting-list': waitingList,
  '/v1/appointments': diary,
  '/v1/series': async () => (await import('../../shared/series/routes.ts')).seriesBindings(foundation()),
  '/v1/waiting-list': waitingList,
  '/v1/clients': clients,
  '/v1/clients/{clientId}/messages': async () => (await import('./messages.ts')).messages(),
  '/v1/inbox': messageDesk,
  '/v1/addresses': messageDesk,
  '/v1/templates': async () => (await import('./messages.ts')).templates(),
  '/v1/reviews': async () => (await import('../../shared/reviews/routes.ts')).reviewBindings(foundation()),
};

export const handler = behindEdge(edgeSecret, capabilitiesHandler(telemetry, capabilities, identify));
