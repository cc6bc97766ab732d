import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BookingInput } from '../../shared/booking/contract.ts';
import { contracts } from '../../shared/contracts.ts';
import { createClient, httpTransport, type Outcome } from '../../shared/platform/http/client.ts';
import type { RouteContract } from '../../shared/platform/http/contract.ts';
import { location, type Staff, service } from './emulator/catalogue.ts';

export const createApi = (origin: string, token?: string) =>
  createClient(contracts, httpTransport(origin, token ? { authorization: `Bearer ${token}` } : {}));
export type Api = ReturnType<typeof createApi>;

/** The answer, or an error that tells the problem. */
export const must = async <R extends RouteContract>(asked: Promise<Outcome<R>>) => {
  const outcome = await asked;
  if (outcome.ok) return outcome.data;
  throw new Error(`Answered ${outcome.status}: ${JSON.stringify(outcome.problem)}`);
};

/** The link in a message: `/a/…` opens an appointment, `/r/…` a review, `/u/…` a subscription, `/w/…` a place on the waiting list. */
export const tokenIn = (text: string, kind: 'a' | 'r' | 'u' | 'w'): string => {
  const found = new RegExp(`/${kind}/([^\\s"'<>/?]+)`).exec(text)?.[1];
  if (!found) throw new Error(`There is no link /${kind}/… in:\n${text}`);
  return found;
};

export interface Wish {
  startsAt: number;
  staff: Staff;
  /** A trim, where nothing else is said. */
  service?: string;
  client: BookingInput['client'];
  consents?: BookingInput['consents'];
  idempotencyKey?: string;
}

/** Books as a person does: gets a form, takes the time that it asks for, sends it. */
export const createBooker =
  (api: Api) =>
  async ({
    startsAt,
    staff,
    service: serviceId = service,
    client,
    consents = [],
    idempotencyKey = randomUUID(),
  }: Wish) => {
    const { formToken, usableFrom } = await must(api.getFormToken({}));
    await sleep(Math.max(0, Date.parse(usableFrom) - Date.now()));
    return api.createAppointment({
      idempotencyKey,
      body: {
        locationId: location,
        startsAt: new Date(startsAt).toISOString().replace('.000Z', 'Z'),
        services: [{ serviceId, staffId: staff }],
        client,
        consents,
        formToken,
      },
    });
  };
export type Book = ReturnType<typeof createBooker>;
