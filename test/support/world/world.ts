import { randomUUID } from 'node:crypto';
import { demoCatalogue, seedSystem } from '../../../infra/local/demo.ts';
import { type System, type SystemOptions, startSystem } from '../../../infra/local/system.ts';
import type { Catalogue } from '../../../shared/business/catalogue.ts';
import { contracts } from '../../../shared/contracts.ts';
import { createClient, httpTransport } from '../../../shared/platform/http/client.ts';
import type { Role } from '../../../shared/platform/http/contract.ts';

/** Sunday, 22 November 2026, 10:00 in New York. */
const start = Date.parse('2026-11-22T15:00:00Z');

export type Api = ReturnType<typeof apiOf>;

const apiOf = (url: string, headers: Record<string, string> = {}) =>
  createClient(contracts, httpTransport(url, headers));

/** Lets texts go to the countries whose numbers tests use. */
export const abroad = ({ settings }: Catalogue): void => {
  settings.smsCountries = ['US', 'AR', 'BD', 'BR', 'CA', 'GB', 'MX'];
};

/**
 * The whole system in memory with the demo salon, its public API and one for each role. Functions may take ten times as
 * long as in AWS: crowds of them share one processor here, and other tests have a part of it.
 */
export const startWorld = async (options: SystemOptions = {}, change: (catalogue: Catalogue) => void = () => {}) => {
  const system = await startSystem({ startAt: start, patience: 10, ...options });
  const catalogue = await demoCatalogue();
  // Tests stand at one address and type fast.
  catalogue.settings.publicForms = {
    perAddressPerMinute: 10_000,
    openPerClient: 1_000,
    holdsPerAddress: 1_000,
    minimumSeconds: 0,
  };
  // Tests do in a minute what clients do in a month.
  catalogue.settings.messageBudget = { perHour: 1_000, perDay: 1_000, unprovenPerHour: 1_000, unprovenPerDay: 1_000 };
  // What staff do is told at once, but where a test is about that.
  catalogue.settings.settleSeconds = 0;
  catalogue.settings.waitingList.unprovenPerDay = 10_000;
  catalogue.settings.booking.movesOnline = 1_000;
  catalogue.settings.publicLimits = {
    perHour: 100_000,
    perDay: 100_000,
    slowPerHour: 36,
    ipv4Factor: 1,
    perTokenPerMinute: 100_000,
    perTokenPerHour: 100_000,
    perTokenPerDay: 100_000,
    openUnproven: 1_000,
  };
  change(catalogue);
  await seedSystem(system, catalogue);
  return {
    system,
    catalogue,
    api: apiOf(system.url),
    as: (role: Role, email?: string) => apiOf(system.url, { authorization: `Bearer ${system.token(role, email)}` }),
    mails: (subject?: RegExp) =>
      system.mailbox.list({ channel: 'email' }).filter((mail) => !subject || subject.test(mail.subject ?? '')),
    texts: () => system.mailbox.list({ channel: 'text' }),
  };
};
export type World = Awaited<ReturnType<typeof startWorld>>;

let people = 0;

/** A booking that works: a cut by Amina on Tuesday at ten, by a client of her own. */
export const bookingOf = async (api: Api, changes: Record<string, unknown> = {}) => {
  people += 1;
  const person = people;
  const token = await api.getFormToken({});
  if (!token.ok) throw new Error('no form token');
  return {
    locationId: 'brooklyn',
    startsAt: '2026-11-24T10:00',
    services: [{ serviceId: 'cut', staffId: 'amina' }],
    client: {
      firstName: 'Nadia',
      lastName: 'Karim',
      phone: `+1718555${String(1000 + person)}`,
      email: `nadia${person}@example.com`,
      language: 'en' as const,
    },
    formToken: token.data.formToken,
    ...changes,
  };
};

export const book = async (api: Api, changes: Record<string, unknown> = {}, idempotencyKey: string = randomUUID()) =>
  api.createAppointment({ body: await bookingOf(api, changes), idempotencyKey });

/** As `book`, where anything but success is a fault of the test. */
export const mustBook = async (api: Api, changes: Record<string, unknown> = {}) => {
  const outcome = await book(api, changes);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.data;
};

export type { System };
