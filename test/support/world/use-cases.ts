import { randomUUID } from 'node:crypto';
import { visitorBindings } from '../../../functions/visitors.ts';
import { demoCatalogue } from '../../../infra/local/demo.ts';
import { createAudit } from '../../../shared/audit/audit.ts';
import { createManyReads } from '../../../shared/audit/many-reads.ts';
import { availabilityRoutes, bookingRoutes } from '../../../shared/booking/contract.ts';
import { availabilityBindings } from '../../../shared/booking/routes.ts';
import { appointmentsFor, ownClientsFor, reachFor } from '../../../shared/booking/wiring.ts';
import type { Catalogue } from '../../../shared/business/catalogue.ts';
import { businessDeskRoutes, businessRoutes } from '../../../shared/business/contract.ts';
import { createCatalogueReader } from '../../../shared/business/reader.ts';
import { businessBindings, businessDeskBindings } from '../../../shared/business/routes.ts';
import { createClients } from '../../../shared/clients/clients.ts';
import { clientRoutes } from '../../../shared/clients/contract.ts';
import { clientBindings } from '../../../shared/clients/routes.ts';
import { diaryRoutes } from '../../../shared/diary/contract.ts';
import { diaryBindings } from '../../../shared/diary/routes.ts';
import { journeyRoutes } from '../../../shared/journey/contract.ts';
import { journeyFollowersFor, touchpointDeliveryFor } from '../../../shared/journey/wiring.ts';
import { messageRoutes, subscriptionRoutes } from '../../../shared/messages/contract.ts';
import { createComposer } from '../../../shared/messages/outgoing.ts';
import { messageBindings } from '../../../shared/messages/routes.ts';
import { dispatchFor, messagesFor } from '../../../shared/messages/wiring.ts';
import { createClient } from '../../../shared/platform/http/client.ts';
import { inProcess } from '../../../shared/platform/http/server.ts';
import { newId, systemRandom } from '../../../shared/platform/ids.ts';
import { silent } from '../../../shared/platform/telemetry.ts';
import { newLinkKey } from '../../../shared/platform/tokens/link-keys.ts';
import { createTokens } from '../../../shared/platform/tokens/tokens.ts';
import { reviewLinkRoutes, reviewRoutes } from '../../../shared/reviews/contract.ts';
import { reviewBindings } from '../../../shared/reviews/routes.ts';
import { seriesRoutes } from '../../../shared/series/contract.ts';
import { seriesBindings } from '../../../shared/series/routes.ts';
import { seed } from '../../../shared/settings/seed.ts';
import { waitingDeskRoutes, waitingRoutes } from '../../../shared/waiting-list/contract.ts';
import { waitingOffersFor } from '../../../shared/waiting-list/offers/wiring.ts';
import { waitingDeskBindings } from '../../../shared/waiting-list/routes.ts';
import { dataOf } from '../outcomes.ts';
import { startTable } from './table.ts';

/** Sunday, 22 November 2026, 10:00 in New York. */
export const start = Date.parse('2026-11-22T15:00:00Z');
export const people = ['amina', 'marco', 'nina', 'oscar', 'petra'];

/** The demo salon with five people who cut in Brooklyn, six days a week, no holidays. */
const fivePeople = (catalogue: Catalogue): Catalogue => {
  const [amina] = catalogue.staff;
  if (!amina) throw new Error('The demo salon has no staff');
  const others = catalogue.staff.filter(({ locations }) => !locations.includes('brooklyn'));
  return {
    ...catalogue,
    settings: {
      ...catalogue.settings,
      settleSeconds: 0,
      publicLimits: {
        perHour: 10_000,
        perDay: 10_000,
        slowPerHour: 36,
        ipv4Factor: 1,
        perTokenPerMinute: 10_000,
        perTokenPerHour: 10_000,
        perTokenPerDay: 10_000,
        openUnproven: 1_000,
      },
      publicForms: { perAddressPerMinute: 12, openPerClient: 10, holdsPerAddress: 4, minimumSeconds: 0 },
    },
    locations: catalogue.locations.map((location) => ({ ...location, holidays: [] })),
    staff: [...people.map((id) => ({ ...amina, id, name: id, hours: {} })), ...others],
  };
};

let addresses = 0;

/** The use cases as warm functions hold them, on a table of the real engine; nothing of AWS but the table. */
export const openSalon = async () => {
  const started = await startTable();
  const { table } = started;
  let clock = start;
  const now = () => clock;
  const random = systemRandom;
  await seed(table, fivePeople(await demoCatalogue()), now());

  const base = {
    table,
    now,
    random,
    clients: createClients(table),
    audit: createAudit(table, random),
    publicUrl: 'https://salon.example',
  };
  const freshCatalogue = () => createCatalogueReader(table, now);
  const linkKey = newLinkKey(random);
  const deps = { ...base, catalogue: freshCatalogue(), tokens: createTokens({ load: async () => [linkKey] }, now) };
  const appointments = appointmentsFor(deps);
  const isOwnClient = ownClientsFor(deps);
  const bindings = [
    ...businessBindings(deps.catalogue),
    ...businessDeskBindings(deps.catalogue),
    ...availabilityBindings(deps),
    ...diaryBindings(deps),
    ...seriesBindings(deps),
    ...waitingDeskBindings(deps),
    ...clientBindings({ ...deps, isOwnClient, reachOf: reachFor(deps), noteCard: createManyReads(table, silent) }),
    ...messageBindings({ ...deps, store: messagesFor(deps), isOwnClient }),
    ...reviewBindings(deps),
    ...visitorBindings(deps, { count: () => {}, error: console.error }),
  ];
  const routes = [
    ...businessRoutes,
    ...businessDeskRoutes,
    ...availabilityRoutes,
    ...bookingRoutes,
    ...diaryRoutes,
    ...seriesRoutes,
    ...waitingRoutes,
    ...waitingDeskRoutes,
    ...clientRoutes,
    ...messageRoutes,
    ...journeyRoutes,
    ...subscriptionRoutes,
    ...reviewRoutes,
    ...reviewLinkRoutes,
  ];
  /** Each from an address of its own. */
  const visitor = (staff?: { id: string; roles: ['owner'] }) => {
    addresses += 1;
    const context = { sourceIp: `2001:db8:${addresses.toString(16)}::1`, staff };
    return createClient(routes, inProcess(bindings, context, console.error));
  };

  const schedules = { put: async () => {}, remove: async () => {} };
  const outbox = { send: async () => {} };
  const channels = { mail: async () => newId(random), text: async () => newId(random) };
  const compose = createComposer({ ...deps, senderAddress: 'hello@salon.example' });

  /** A booking by somebody new unless `client` says who. */
  const book = async (startsAt: string, staffId: string, changes: Record<string, unknown> = {}) => {
    const { formToken } = dataOf(await visitor().getFormToken({}));
    const phone = `+1718555${String(1000 + addresses).slice(-4)}`;
    const client = {
      firstName: 'Nadia',
      lastName: 'Karim',
      phone,
      email: `nadia${addresses}@example.com`,
      language: 'en' as const,
    };
    const body = {
      locationId: 'brooklyn',
      startsAt,
      services: [{ serviceId: 'cut', staffId }],
      client,
      formToken,
      ...changes,
    };
    return () => visitor().createAppointment({ idempotencyKey: randomUUID(), body }).then(dataOf);
  };

  return {
    ...started,
    ...deps,
    appointments,
    freshCatalogue,
    visitor,
    owner: visitor({ id: 'owner', roles: ['owner'] }),
    book,
    followers: journeyFollowersFor({ ...deps, appointments, schedules, outbox }),
    deliver: touchpointDeliveryFor({
      ...deps,
      appointments,
      compose,
      publicUrl: 'https://salon.example',
      dispatch: dispatchFor({ ...deps, channels }),
      schedules,
    }),
    waitingOffers: waitingOffersFor({ ...deps, schedules }),
    setClock: (instant: number) => {
      clock = instant;
    },
  };
};
export type Salon = Awaited<ReturnType<typeof openSalon>>;
