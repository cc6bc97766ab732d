import type { Args, RouteContract } from './contract.ts';

/** A request that a route takes, as the document of the API shows it; headers are not part of it. */
type Example<R extends RouteContract> = Omit<Args<R>, 'idempotencyKey' | 'ifMatch'>;

/** An example for each of the routes. They stand in `document`, not in contracts, so that functions do without them. */
export type Examples<Routes extends readonly RouteContract[]> = {
  [R in Routes[number] as R['id']]: Example<R>;
};

/** An example as whoever goes through all of them sees it. */
export interface AnyExample {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}
