import type {
  Api,
  Appointment,
  Availability,
  Business,
  Person,
  Place,
  Review,
  Service,
  Subscription,
  Waiting,
} from '../../../web/api.ts';

/** A salon with two places, three people and three services; names that would break a careless page. */

export const now = Date.parse('2026-11-24T08:00:00Z');

export const business: Business = {
  name: 'Linden & Rose',
  languages: ['en', 'bn', 'hi', 'ru'],
  currency: 'GBP',
  country: 'GB',
  booking: { stepMinutes: 15, earliestNoticeMinutes: 60, horizonDays: 90, cutOffMinutes: 720 },
  embedOrigins: ['*'],
};

const place = (id: string, name: string): Place => ({
  id,
  name,
  zone: 'Europe/London',
  address: '12 Marylebone Lane, London',
  phone: '+44 20 7946 0000',
  hours: {},
  breaks: {},
  holidays: [],
});
export const places = [place('soho', 'Soho'), place('mayfair', 'Mayfair')];

const service = (id: string, name: string, locations: string[], staff: string[]): Service => ({
  id,
  name,
  category: { id: 'hair', name: 'Hair' },
  durationMinutes: 45,
  price: { amount: 5500, currency: 'GBP' },
  locations,
  staff,
});
export const services = [
  service('cut', 'Cut', ['soho', 'mayfair'], ['mira', 'tom']),
  service('colour', '<b>Colour</b>', ['soho'], ['mira', 'ana']),
  service('beard', 'Beard', ['mayfair'], ['tom']),
];

const person = (id: string, name: string, locations: string[], skills: string[]): Person => ({
  id,
  name,
  locations,
  services: skills,
});
export const people = [
  person('mira', 'Mira', ['soho'], ['cut', 'colour']),
  person('ana', 'Ana', ['soho'], ['colour']),
  person('tom', 'Tom', ['soho', 'mayfair'], ['cut', 'beard']),
];

export const offer = { services, places, people };

export const appointment: Appointment = {
  id: '0123456789abcdef',
  status: 'pending',
  firstName: 'Asha',
  language: 'en',
  startsAt: '2026-11-26T10:00:00+00:00',
  endsAt: '2026-11-26T10:45:00+00:00',
  zone: 'Europe/London',
  location: { id: 'soho', name: 'Soho', address: '12 Marylebone Lane, London', phone: '+44 20 7946 0000' },
  services: [
    {
      id: 'cut',
      name: 'Cut',
      staff: { id: 'mira', name: 'Mira' },
      startsAt: '2026-11-26T10:00:00+00:00',
      durationMinutes: 45,
      price: { amount: 5500, currency: 'GBP' },
    },
  ],
  total: { amount: 5500, currency: 'GBP' },
  changeableUntil: '2026-11-25T22:00:00+00:00',
  may: { confirm: true, move: true, cancel: true },
  token: 'tok',
};

export const review: Review = {
  firstName: 'Asha',
  language: 'en',
  business: 'Linden & Rose',
  visitedAt: '2026-11-20T10:00:00+00:00',
  staff: [
    { id: 'mira', name: 'Mira', services: ['Cut'] },
    { id: 'ana', name: 'Ana', services: ['Colour'] },
  ],
  publicReviewUrl: 'https://reviews.example/soho',
};

export const waiting: Waiting = {
  id: '0123456789abcdef',
  status: 'offered',
  firstName: 'Asha',
  language: 'en',
  zone: 'Europe/London',
  location: { id: 'soho', name: 'Soho', address: '12 Marylebone Lane, London', phone: '+44 20 7946 0000' },
  services: [{ id: 'cut', name: 'Cut' }],
  staff: [],
  seats: 1,
  from: '2026-11-25',
  to: '2026-12-02',
  offer: {
    id: 'fedcba9876543210',
    startsAt: '2026-11-26T10:00:00+00:00',
    endsAt: '2026-11-26T10:45:00+00:00',
    staff: [{ id: 'mira', name: 'Mira' }],
    expiresAt: '2026-11-24T12:30:00+00:00',
  },
  token: 'tok',
};

export const subscription: Subscription = {
  channel: 'email',
  language: 'en',
  business: 'Linden & Rose',
  marketing: true,
  reviews: true,
  all: true,
  resumable: false,
};

export const freeDays = (from: string, to: string, free: (date: string) => boolean): Availability => {
  const days: Availability['days'] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    const times = ['09:30', '13:00', '18:15'].map((time) => ({
      startsAt: `${date}T${time}:00+00:00`,
      endsAt: `${date}T${time}:00+00:00`,
      staff: ['mira'],
    }));
    days.push({ date, times: free(date) ? times : [] });
  }
  return { zone: 'Europe/London', days };
};

/** What holds for the address to which a link was sent. */
export const linkAddress = { channel: 'email', state: 'proven', stopped: false, subscription: 'sub' } as const;

/** Token of every new form. */
export const freshToken = 'fresh-token-of-a-new-form';

/** Routes whose calls change something. */
const changing = new Set<string>([
  'holdTime',
  'createAppointment',
  'joinWaitingList',
  'takeOffer',
  'declineOffer',
  'stayOnWaitingList',
  'leaveWaitingList',
  'confirmByLink',
  'proveByLink',
  'agreeByLink',
  'moveByLink',
  'cancelByLink',
  'putReviewByLink',
  'resumeSubscription',
  'unsubscribe',
  'unsubscribeOneClick',
]);

export interface FakeApi {
  api: Api;
  /** Names of the methods called, in order. */
  calls: string[];
  changes: () => string[];
}

const ok = <T>(data: T, status = 200) => Promise.resolve({ ok: true as const, status, data });

/** The real client's shape, without anything behind it; give what should answer otherwise. */
export const fakeApi = (answers: Partial<Api> = {}): FakeApi => {
  const calls: string[] = [];
  const all: Api = {
    getBusiness: () => ok(business),
    listLocations: () => ok({ locations: places }),
    listServices: () => ok({ services }),
    listStaff: () => ok({ staff: people }),
    getAvailability: ({ query }) => ok(freeDays(query.from, query.to, () => true)),
    getAvailabilityForForm: ({ query }) => ok(freeDays(query.from, query.to, () => true)),
    getFormToken: () => ok({ formToken: freshToken, usableFrom: '', expiresAt: '' }),
    holdTime: () => ok({ startsAt: '', endsAt: '', staff: ['mira'], heldUntil: '2026-11-24T08:05:00Z' }),
    createAppointment: () => ok(appointment, 201),
    getByLink: () => ok(appointment),
    getAvailabilityByLink: ({ query }) => ok(freeDays(query.from, query.to, () => true)),
    confirmByLink: () => ok({ ...appointment, status: 'confirmed' as const }),
    proveByLink: () => ok({ ...appointment, address: linkAddress }),
    agreeByLink: () => ok({ ...appointment, address: linkAddress }),
    moveByLink: ({ body }) => ok({ ...appointment, startsAt: body.startsAt }),
    cancelByLink: () => ok({ ...appointment, status: 'cancelled' as const }),
    getCalendarByLink: () => ok('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'),
    joinWaitingList: () => ok({ ...waiting, status: 'waiting' as const, offer: undefined, freeNow: [] }, 201),
    getWaiting: () => ok(waiting),
    takeOffer: () => ok(appointment),
    declineOffer: () => ok({ ...waiting, status: 'waiting' as const, offer: undefined }),
    stayOnWaitingList: () =>
      ok({ ...waiting, status: 'waiting' as const, ranking: 'ranks' as const, offer: undefined }),
    leaveWaitingList: () => ok({ ...waiting, status: 'left' as const, offer: undefined }),
    getReviewByLink: () => ok(review),
    putReviewByLink: () => ok(review),
    getSubscription: () => ok(subscription),
    resumeSubscription: () => ok(subscription),
    unsubscribe: () => ok({ ...subscription, marketing: false }),
    unsubscribeOneClick: () => ok('unsubscribed'),
    ...answers,
  };
  const watched = Object.fromEntries(
    Object.entries(all).map(([name, method]) => [
      name,
      (args: never) => {
        calls.push(name);
        return method(args);
      },
    ]),
  ) as unknown as Api;
  return { api: watched, calls, changes: () => calls.filter((name) => changing.has(name)) };
};
