import { randomUUID } from 'node:crypto';
import { demoCatalogue } from '../../infra/local/demo.ts';
import type { Catalogue } from '../../shared/business/catalogue.ts';
import { addDays, weekdayOf } from '../../shared/platform/time/time.ts';
import { seeded, shuffled } from './support/samples.ts';

/** Sunday, 22 November 2026, 10:00 in New York: where the clock of every bench stands. */
export const start = Date.parse('2026-11-22T15:00:00Z');
export const firstDay = '2026-11-23';

export const peopleOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `person-${String(index + 1).padStart(3, '0')}`);

/** The demo salon with so many people in Brooklyn who all do hair, six days a week, no holidays, no lessons, forms without limits. */
export const salonOf = async (people: number): Promise<Catalogue> => {
  const catalogue = await demoCatalogue();
  const [pattern] = catalogue.staff;
  if (!pattern) throw new Error('The demo salon has no staff');
  const lessons = new Set(catalogue.services.filter(({ seats }) => seats !== undefined).map(({ id }) => id));
  const elsewhere = catalogue.staff.filter(({ locations }) => !locations.includes('brooklyn'));
  return {
    ...catalogue,
    settings: {
      ...catalogue.settings,
      publicLimits: {
        perHour: 1_000_000,
        perDay: 1_000_000,
        slowPerHour: 36,
        ipv4Factor: 1,
        perTokenPerMinute: 1_000_000,
        perTokenPerHour: 1_000_000,
        perTokenPerDay: 1_000_000,
        openUnproven: 1_000,
      },
      publicForms: { perAddressPerMinute: 10_000, openPerClient: 1_000, holdsPerAddress: 10_000, minimumSeconds: 0 },
    },
    locations: catalogue.locations.map((location) => ({ ...location, holidays: [] })),
    services: catalogue.services.filter(({ seats }) => seats === undefined),
    staff: [...peopleOf(people).map((id) => ({ ...pattern, id, name: id, hours: {}, daysOff: [] })), ...elsewhere].map(
      (person) => ({
        ...person,
        skills: person.skills.filter((skill) => !lessons.has(skill)),
      }),
    ),
  };
};

export interface Slot {
  staffId: string;
  /** `YYYY-MM-DDTHH:MM` by the salon's clock. */
  startsAt: string;
}

const startsOfDay = ['09:00', '10:15', '11:30', '12:45', '14:00', '15:15', '16:30', '17:45'];

/** Working days from the first day of the bench on. */
export const workdays = (count: number): string[] => {
  const days: string[] = [];
  for (let date = firstDay; days.length < count; date = addDays(date, 1))
    if (weekdayOf(date) !== 'sun') days.push(date);
  return days;
};

/** Every time for a cut with every person over the days, in an order made from the seed. */
export const slotsOf = (people: number, days: readonly string[], seed: number): Slot[] =>
  shuffled(
    days.flatMap((date) =>
      peopleOf(people).flatMap((staffId) => startsOfDay.map((time) => ({ staffId, startsAt: `${date}T${time}` }))),
    ),
    seeded(seed),
  );

/** The body of a booking by a client of its own, whom `number` makes. */
export const bookingBody = ({ staffId, startsAt }: Slot, number: number, formToken: string) => ({
  locationId: 'brooklyn',
  startsAt,
  services: [{ serviceId: 'cut', staffId }],
  client: {
    firstName: 'Nadia',
    lastName: 'Karim',
    phone: `+1718${String(2_000_000 + number)}`,
    email: `nadia.${number}@example.com`,
    language: 'en' as const,
  },
  notes: 'First visit.',
  source: 'instagram',
  formToken,
  website: '',
});

export const addressOf = (number: number): string =>
  `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;

const services = ['cut', 'cut-short', 'blow-dry', 'colour', 'cut,blow-dry'];

/** What a visitor of the page asks: a service, anyone or one of the people, a week somewhere in the next ten. */
export const availabilityQueries = (people: number, count: number, seed: number): Record<string, string>[] => {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => {
    const from = addDays(firstDay, Math.floor(random() * 70));
    const service = services[Math.floor(random() * services.length)] ?? 'cut';
    const person = peopleOf(people)[Math.floor(random() * people)] ?? '';
    return {
      location: 'brooklyn',
      services: service,
      ...(index % 4 === 3 ? { staff: person } : {}),
      from,
      to: addDays(from, 6),
    };
  });
};

/** As above, every week and service by anyone, each twice but in other words: no two are the same question. */
export const newQuestions = (seed: number): Record<string, string>[] => {
  const weeks = Array.from({ length: 70 }, (_, index) => addDays(firstDay, index));
  const words: Record<string, string>[] = [{}, { staff: 'anyone' }];
  const questions = weeks.flatMap((from) =>
    services.flatMap((service) =>
      words.map((staff) => ({
        location: 'brooklyn',
        services: service,
        ...staff,
        from,
        to: addDays(from, 6),
      })),
    ),
  );
  return shuffled(questions, seeded(seed));
};

const userAgent =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1';

/** An event of an HTTP API, payload format 2.0, as a browser's request would become. */
export const httpEventOf = (
  method: string,
  path: string,
  { query, body, sourceIp = '203.0.113.42' }: { query?: Record<string, string>; body?: unknown; sourceIp?: string },
) => ({
  version: '2.0',
  routeKey: `${method} ${path}`,
  rawPath: path,
  rawQueryString: new URLSearchParams(query).toString(),
  headers: {
    accept: 'application/json',
    'accept-encoding': 'gzip, br',
    'accept-language': 'en-US,en;q=0.9',
    host: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
    'user-agent': userAgent,
    'x-forwarded-for': sourceIp,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
  },
  ...(query ? { queryStringParameters: query } : {}),
  requestContext: {
    accountId: '123456789012',
    apiId: 'a1b2c3d4e5',
    domainName: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
    domainPrefix: 'a1b2c3d4e5',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent },
    requestId: randomUUID(),
    routeKey: `${method} ${path}`,
    stage: '$default',
    time: '22/Nov/2026:15:00:00 +0000',
    timeEpoch: start,
  },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  isBase64Encoded: false,
});
