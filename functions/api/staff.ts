import { capabilitiesHandler } from '../../shared/platform/http/handlers.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { foundation } from '../environment.ts';

const diary = async () => (await import('../../shared/diary/routes.ts')).diaryBindings(foundation());
const waitingList = async () => (await import('../../shared/waiting-list/routes.ts')).waitingDeskBindings(foundation());

/** Each capability is loaded when somebody first asks for a path below its own. */
export const handler = capabilitiesHandler(createTelemetry('staff'), {
  '/v1/journey': async () =>
    (await import('../../shared/business/routes.ts')).businessDeskBindings(foundation().catalogue),
  '/v1/diary': diary,
  '/v1/diary/waiting-list': waitingList,
  '/v1/appointments': diary,
  '/v1/series': async () => (await import('../../shared/series/routes.ts')).seriesBindings(foundation()),
  '/v1/waiting-list': waitingList,
  '/v1/clients': async () => (await import('../../shared/clients/routes.ts')).clientBindings(foundation()),
  '/v1/clients/{clientId}/messages': async () => (await import('./messages.ts')).messages(),
  '/v1/templates': async () => (await import('./messages.ts')).templates(),
  '/v1/reviews': async () => (await import('../../shared/reviews/routes.ts')).reviewBindings(foundation()),
});
