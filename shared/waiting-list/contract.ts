import * as z from 'zod';
import {
  appointmentAnswer,
  formGuardInput,
  sentAddress,
  visitClient,
  visitInput,
  visitLocation,
} from '../booking/contract.ts';
import { bookingRefused, timeTaken, timeUnavailable } from '../booking/problems.ts';
import { formClientInput, forWhom, newOneShares, oneClient } from '../clients/input.ts';
import { desk } from '../diary/override.ts';
import {
  id,
  instantText,
  language,
  line,
  linkParams,
  linkQuery,
  localDate,
  named,
  paging,
  slug,
  wallTime,
  zone,
} from '../platform/fields.ts';
import {
  bodyErrors,
  idempotencyErrors,
  linkActErrors,
  linkErrors,
  route,
  staffErrors,
} from '../platform/http/contract.ts';
import { weekdays } from '../platform/time/time.ts';
import { offerExpired } from './problems.ts';

/** `waiting`: for a time. `offered`: one is kept for the client. `lapsed`: the last day has passed. */
const waitingStates = ['waiting', 'offered', 'booked', 'left', 'lapsed'] as const;

/** `unproven`: nobody has proved the address yet. `rests`: the last offers were left unanswered. */
const rankings = ['ranks', 'unproven', 'rests'] as const;
export type Ranking = (typeof rankings)[number];

/** From the first day to the last. */
export const maxWaitDays = 90;

const wanted = {
  locationId: slug,
  services: z.array(slug).min(1).max(8).meta({ description: 'Ids of the services of one visit, in order.' }),
  staff: z
    .array(slug)
    .max(20)
    .refine((people) => new Set(people).size === people.length, 'must not name anybody twice')
    .default([])
    .meta({ description: 'Any of these people will do; empty: anyone.' }),
  seats: visitInput.seats,
  from: localDate,
  to: localDate.meta({ description: `Included; at most ${maxWaitDays} days after \`from\`.` }),
  weekdays: z.array(z.enum(weekdays)).min(1).max(7).optional().meta({ description: 'Absent: any.' }),
  timesOfDay: z.object({ from: wallTime, until: wallTime }).optional().meta({
    description: 'When the visit may start, by the location’s clock; `until` is not in it. Absent: at any time.',
  }),
};

const waitingInput = z.object({
  ...wanted,
  client: formClientInput,
  source: line(100).optional(),
  ...formGuardInput,
});
export type WaitingInput = z.output<typeof waitingInput>;

const deskWaitingInput = z
  .object({
    ...wanted,
    ...forWhom,
  })
  .refine(...oneClient)
  .refine(...newOneShares);
export type DeskWaitingInput = z.output<typeof deskWaitingInput>;
export type Wanted = Omit<DeskWaitingInput, keyof typeof forWhom>;

const ranking = z.enum(rankings);

const entry = {
  id,
  status: z.enum(waitingStates),
  zone,
  services: z.array(named),
  staff: z.array(named).meta({ description: 'Empty: anyone.' }),
  seats: z.int(),
  from: localDate,
  to: localDate,
  weekdays: wanted.weekdays,
  timesOfDay: wanted.timesOfDay,
  offer: z
    .object({
      id,
      startsAt: instantText,
      endsAt: instantText,
      staff: z.array(named),
      expiresAt: instantText.meta({ description: 'The time is kept until then, and goes to the next one after it.' }),
    })
    .optional(),
  lastOffer: z
    .object({ startsAt: instantText, outcome: z.enum(['declined', 'missed']) })
    .optional()
    .meta({ description: 'The latest one that was not taken.' }),
};

/** View for whoever holds the link: nothing personal beyond the first name. */
export const waitingAnswer = z
  .object({
    ...entry,
    firstName: z.string(),
    language,
    location: visitLocation,
    ranking: ranking.optional().meta({
      description:
        'Whether times are offered: `ranks`; `unproven`: not before its client has said by this link that the address is theirs; `rests`: not before its client has asked for more. Absent for the link of the answer to joining.',
    }),
    address: sentAddress.optional().meta({
      description: 'To which the link was sent; absent for the link of the answer to joining.',
    }),
    token: z.string().meta({ description: 'Opens this place on the list by link: API `/v1/waiting/{token}`.' }),
  })
  .meta({ id: 'WaitingListPlace' });

const freeNow = z
  .array(z.object({ startsAt: instantText }))
  .meta({ description: 'The first times that would do and are free already: they can be booked at once.' });

export const waitingEntryAnswer = z
  .object({
    ...entry,
    locationId: slug,
    clientId: id,
    client: visitClient,
    ranking: ranking.meta({
      description:
        '`ranks`: times are offered. `unproven`: not before its client has pressed a link in our message, or staff have proved the address. `rests`: its client has left the last offers unanswered.',
    }),
    since: instantText,
  })
  .meta({ id: 'WaitingListEntry' });

export const joinWaitingList = route({
  id: 'joinWaitingList',
  method: 'POST',
  path: '/v1/waiting-list',
  tag: 'waiting list',
  caller: 'public',
  body: waitingInput,
  idempotency: 'required',
  summary: 'Wait for a time; the client is created, or found by phone, in the same act',
  description:
    'A time that becomes free is offered to those who wait for such a one, in the order in which they came, each for some minutes (`offerMinutes` of the settings). The client gets a message with a link, and nothing is offered before it is opened and pressed (`POST /v1/waiting/{token}/stay`). The answer is the same whoever’s the address is, and its own link tells nothing more and works for a week at most.',
  status: 201,
  answer: waitingAnswer.extend({ freeNow }),
  errors: [
    'invalid_request',
    'unprocessable',
    ...bodyErrors,
    ...idempotencyErrors,
    'form_rejected',
    'too_many_requests',
    'busy',
  ],
});

const byLink = { tag: 'waiting list', caller: 'link', params: linkParams } as const;
const actErrors = [...linkActErrors, 'status_conflict', 'busy'] as const;
const ofOffer = z.object({ offerId: id.meta({ description: 'The one that the client has seen.' }) });
const offerErrors = [...actErrors, offerExpired, ...bodyErrors] as const;

export const getWaiting = route({
  ...byLink,
  id: 'getWaiting',
  method: 'GET',
  path: '/v1/waiting/{token}',
  summary: 'The place on the waiting list behind a link, with the time that is offered now',
  status: 200,
  query: linkQuery,
  answer: waitingAnswer,
  errors: linkErrors,
});

export const takeOffer = route({
  ...byLink,
  id: 'takeOffer',
  method: 'POST',
  path: '/v1/waiting/{token}/take',
  body: ofOffer,
  summary: 'Take the time that is offered: it is booked',
  description: 'Taking twice is the same as once.',
  status: 200,
  answer: appointmentAnswer,
  errors: [...offerErrors, bookingRefused, timeTaken, timeUnavailable],
});

export const declineOffer = route({
  ...byLink,
  id: 'declineOffer',
  method: 'POST',
  path: '/v1/waiting/{token}/decline',
  body: ofOffer,
  summary: 'Let the time that is offered go to the next one, and go on waiting',
  description: 'Declining twice is the same as once.',
  status: 200,
  answer: waitingAnswer,
  errors: offerErrors,
});

export const stayOnWaitingList = route({
  ...byLink,
  id: 'stayOnWaitingList',
  method: 'POST',
  path: '/v1/waiting/{token}/stay',
  summary: 'The address is the client’s own, and the client waits: times are offered from now on',
  description:
    'By a link that was sent; also after offers that were left unanswered. Doing it twice is the same as once.',
  status: 200,
  answer: waitingAnswer,
  errors: actErrors,
});

export const leaveWaitingList = route({
  ...byLink,
  id: 'leaveWaitingList',
  method: 'POST',
  path: '/v1/waiting/{token}/leave',
  summary: 'Wait no longer; what is offered goes to the next one',
  description:
    'Leaving twice is the same as once. By the link of the answer to joining, an appointment that the client has taken meanwhile stays booked.',
  status: 200,
  answer: waitingAnswer,
  errors: actErrors,
});

export const listWaiting = route({
  id: 'listWaiting',
  method: 'GET',
  path: '/v1/waiting-list',
  tag: 'waiting list',
  caller: desk,
  query: z.object({ locationId: slug, ...paging }),
  summary: 'Who waits for a time at a location',
  description:
    'First those to whom times are offered, in the order in which they came, then those whose address nobody has proved yet.',
  status: 200,
  answer: z.object({ entries: z.array(waitingEntryAnswer), cursor: z.string().optional() }),
  errors: [...staffErrors, 'unprocessable'],
});

export const addToWaitingList = route({
  id: 'addToWaitingList',
  method: 'POST',
  path: '/v1/diary/waiting-list',
  tag: 'waiting list',
  caller: desk,
  body: deskWaitingInput,
  idempotency: 'required',
  summary: 'Staff put a caller on the waiting list',
  status: 201,
  answer: waitingEntryAnswer.extend({ freeNow }),
  errors: [...staffErrors, 'unprocessable', ...bodyErrors, ...idempotencyErrors, 'busy'],
});

export const removeWaiting = route({
  id: 'removeWaiting',
  method: 'DELETE',
  path: '/v1/waiting-list/{waitingId}',
  tag: 'waiting list',
  caller: desk,
  params: z.object({ waitingId: id }),
  summary: 'Staff take somebody off the waiting list; what is offered goes to the next one',
  description: 'Doing it twice is the same as once.',
  status: 200,
  answer: waitingEntryAnswer,
  errors: [...staffErrors, 'not_found', 'status_conflict', 'busy'],
});

export const waitingRoutes = [
  joinWaitingList,
  getWaiting,
  takeOffer,
  declineOffer,
  stayOnWaitingList,
  leaveWaitingList,
] as const;
export const waitingDeskRoutes = [listWaiting, addToWaitingList, removeWaiting] as const;
