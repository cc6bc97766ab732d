import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { json } from 'node:stream/consumers';
import { addressOf, availabilityQueries, bookingBody, slotsOf, workdays } from './salon.ts';

/**
 * The load, in a process of its own: `node load.ts` reads a LoadOrder as JSON, and prints a LoadResult as JSON.
 * Bookings are each for another time, person, client and address; availability asks for varied weeks, services, people.
 */
export interface LoadOrder {
  url: string;
  kind: 'availability' | 'booking' | 'plain';
  people: number;
  days: number;
  connections: number;
  seconds: number;
  /** Of the slots in their order, how many were taken by loads before. */
  skip: number;
  /** Tokens of booking forms: a form books once. */
  forms: readonly string[];
}

export interface LoadResult {
  answers: number;
  perSecond: number;
  p50: number;
  p99: number;
  /** Answers by status. */
  statuses: Record<string, number>;
  /** Milliseconds of processor time that making the load took. */
  cpu: number;
  /** Slots handed out. */
  used: number;
}

interface Request {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
  setupRequest?: (request: Request) => Request;
}

interface Outcome {
  duration: number;
  latency: { p50: number; p99: number };
  statusCodeStats: Record<string, { count: number }>;
}

type Autocannon = (options: {
  url: string;
  connections: number;
  duration: number;
  requests: Request[];
}) => Promise<Outcome>;

/** Autocannon counts in whole milliseconds; times of single answers are kept here, finer. */
const run = async ({ url, kind, people, days, connections, seconds, skip, forms }: LoadOrder): Promise<LoadResult> => {
  const autocannon = createRequire(import.meta.url)('autocannon') as Autocannon & ((...args: never[]) => never);
  let used = 0;
  const bookings = (): Request[] => {
    const slots = slotsOf(people, workdays(days), 1).slice(skip);
    return [
      {
        method: 'POST',
        path: '/v1/appointments',
        setupRequest: (request) => {
          const [slot, formToken] = [slots[used], forms[used]];
          if (formToken === undefined) throw new Error('All forms are used up; give the bench more of them');
          if (!slot) throw new Error('The salon is full; give the bench more days or people');
          used += 1;
          const number = skip + used;
          return {
            ...request,
            headers: {
              'content-type': 'application/json',
              'idempotency-key': randomUUID(),
              'x-bench-address': addressOf(number),
            },
            body: JSON.stringify(bookingBody(slot, number, formToken)),
          };
        },
      },
    ];
  };
  const searches = (): Request[] =>
    availabilityQueries(people, 500, 3).map((query) => ({
      method: 'GET',
      path: `/v1/availability?${new URLSearchParams(query)}`,
    }));
  const requests =
    kind === 'booking' ? bookings() : kind === 'availability' ? searches() : [{ method: 'GET', path: '/plain' }];
  const before = process.cpuUsage();
  const { duration, latency, statusCodeStats } = await autocannon({ url, connections, duration: seconds, requests });
  const { user, system } = process.cpuUsage(before);
  const statuses = Object.fromEntries(
    Object.entries(statusCodeStats).map(([status, { count }]) => [status, count] as const),
  );
  const answers = Object.values(statuses).reduce((sum, count) => sum + count, 0);
  return {
    answers,
    perSecond: answers / duration,
    p50: latency.p50,
    p99: latency.p99,
    statuses,
    cpu: (user + system) / 1000,
    used,
  };
};

if (import.meta.main) console.log(JSON.stringify(await run((await json(process.stdin)) as LoadOrder)));
