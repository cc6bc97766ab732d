import * as z from 'zod';
import { appointmentAnswer, formGuardInput, visitClient, visitInput, visitLocation } from '../booking/contract.ts';
import { bookingRefused, timeTaken, timeUnavailable } from '../booking/problems.ts';
import { clientInput } from '../clients/input.ts';
import { desk } from '../diary/override.ts';
import {
  either,
  id,
  instantText,
  language,
  line,
  linkParams,
  linkQuery,
  localDate,
  named,
  slug,
  wallTime,
  zone,
} from '../platform/fields.ts';
import { bodyErrors, idempotencyErrors, linkErrors, roles, route, staffErrors } from '../platform/http/contract.ts';
import { weekdays } from '../platform/time/time.ts';
import { offerExpired } from './problems.ts';

/** `waiting`: for a time. `offered`: one is kept for the client. `lapsed`: the last day has passed. */
const waitingStates = ['waiting', 'offered', 'booked', 'left', 'lapsed'] as const;

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
  client: clientInput,
  source: line(100).optional(),
  ...formGuardInput,
});
export type WaitingInput = z.output<typeof waitingInput>;

const deskWaitingInput = z
  .object({
    ...wanted,
    client: clientInput.optional(),
    clientId: id.optional().meta({ description: 'Of a client who is known already. Either this or `client`.' }),
    source: line(100).optional(),
  })
  .refine(...either('client', 'clientId'));
export type DeskWaitingInput = z.output<typeof deskWaitingInput>;
export type Wanted = Omit<DeskWaitingInput, 'client' | 'clientId' | 'source'>;

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

/** What whoever holds the link sees: nothing personal beyond the first name. */
export const waitingAnswer = z.object({
  ...entry,
  firstName: z.string(),
  language,
  location: visitLocation,
  token: z.string().meta({ description: 'Opens this place on the list by link: API `/v1/waiting/{token}`.' }),
});

const freeNow = z
  .array(z.object({ startsAt: instantText }))
  .meta({ description: 'The first times that would do and are free already: they can be booked at once.' });

export const waitingEntryAnswer = z.object({
  ...entry,
  locationId: slug,
  clientId: id,
  client: visitClient,
  since: instantText,
});

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
    'A time that becomes free is offered to those who wait for such a one, in the order in which they came, each for some minutes (`offerMinutes` of the settings).',
  status: 201,
  answer: waitingAnswer.extend({ freeNow }),
  errors: [
    'invalid_request',
    'unprocessable',
    ...bodyErrors,
    ...idempotencyErrors,
    'form_rejected',
    bookingRefused,
    'too_many_requests',
    'busy',
  ],
});

const byLink = { tag: 'waiting list', caller: 'link', params: linkParams } as const;
const actErrors = [...linkErrors, 'status_conflict', 'busy'] as const;
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

export const leaveWaitingList = route({
  ...byLink,
  id: 'leaveWaitingList',
  method: 'POST',
  path: '/v1/waiting/{token}/leave',
  summary: 'Wait no longer; what is offered goes to the next one',
  description: 'Leaving twice is the same as once.',
  status: 200,
  answer: waitingAnswer,
  errors: actErrors,
});

export const listWaiting = route({
  id: 'listWaiting',
  method: 'GET',
  path: '/v1/waiting-list',
  tag: 'waiting list',
  caller: roles,
  query: z.object({ locationId: slug }),
  summary: 'Who waits for a time at a location, in the order in which they came',
  status: 200,
  answer: z.object({ entries: z.array(waitingEntryAnswer) }),
  errors: [...staffErrors, 'unprocessable'],
});

export const addToWaitingList = route({
  id: 'addToWaitingList',
  method: 'POST',
  path: '/v1/diary/waiting-list',
  tag: 'waiting list',
  caller: roles,
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

export const waitingRoutes = [joinWaitingList, getWaiting, takeOffer, declineOffer, leaveWaitingList] as const;
export const waitingDeskRoutes = [listWaiting, addToWaitingList, removeWaiting] as const;
