import * as z from 'zod';
import { anyone } from '../business/catalogue.ts';
import { consentsInput, formClientInput } from '../clients/input.ts';
import {
  channel,
  commaList,
  id,
  instantText,
  language,
  line,
  linkParams,
  linkQuery,
  localDate,
  money,
  named,
  paragraph,
  slug,
  zone,
} from '../platform/fields.ts';
import { bodyErrors, idempotencyErrors, linkActErrors, linkErrors, route } from '../platform/http/contract.ts';
import { bookingRefused, cutOffPassed, formUsed, timeTaken, timeUnavailable, tooManyMoves } from './problems.ts';

export { anyone };

/** `pending`: booked, the client has not confirmed yet. */
export const statuses = ['pending', 'confirmed', 'arrived', 'completed', 'cancelled', 'no_show'] as const;
export const status = z.enum(statuses);
export type Status = z.output<typeof status>;

/** The client is still expected: neither here yet nor called off. */
export const isExpected = ({ status }: { status: Status }): boolean => status === 'pending' || status === 'confirmed';

/** The side that has yet to approve it. Whoever has come meanwhile needs no approval any more. */
export const needsApproval = ({ status, awaiting }: { status: Status; awaiting?: 'business' | undefined }) =>
  status === 'pending' ? awaiting : undefined;

/** Local (`2026-11-24T10:00`) in the location's zone, or with an offset. */
export const moment = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?$/,
    'must be a time as 2026-11-24T10:00 or 2026-11-24T10:00+00:00',
  )
  .meta({
    description:
      'Local time of the location, or with an offset. A time that the spring clock change skips is refused; of one that the autumn change repeats the earlier is taken.',
  });

export const availabilityQuery = z.object({
  location: slug,
  services: commaList(slug, 8).meta({
    description: 'Ids of the services of one visit, in order, separated by commas.',
  }),
  staff: commaList(slug, 8).optional().meta({
    description:
      'One person for the whole visit, or as many as services; `anyone` where it does not matter. Absent: anyone.',
  }),
  from: localDate,
  to: localDate.meta({ description: 'Included; at most 61 days after `from`.' }),
  seats: z.coerce.number().int().min(1).max(100).default(1).meta({ description: 'Of a group lesson.' }),
});

export const availabilityAnswer = z.object({
  zone,
  days: z.array(
    z.object({
      date: localDate,
      times: z.array(
        z.object({
          startsAt: instantText,
          endsAt: instantText,
          staff: z.array(slug).meta({ description: 'Who would perform the services, one for each.' }),
          seatsLeft: z.int().optional().meta({ description: 'Of a group lesson: seats still free.' }),
        }),
      ),
    }),
  ),
});

const freeTimes = 'Free times for one or several services in one visit';
export const getAvailability = route({
  id: 'getAvailability',
  method: 'GET',
  path: '/v1/availability',
  tag: 'booking',
  caller: 'public',
  query: availabilityQuery,
  summary: freeTimes,
  description:
    'Times by the location’s clock with its offset, on the step of the settings, between the earliest notice and the horizon.',
  status: 200,
  answer: availabilityAnswer,
  errors: ['invalid_request', 'unprocessable'],
});

export const getAvailabilityForForm = route({
  id: 'getAvailabilityForForm',
  method: 'GET',
  path: '/v1/forms/{token}/availability',
  tag: 'booking',
  caller: 'public',
  params: linkParams,
  query: availabilityQuery,
  summary: 'Free times for whoever fills a form that keeps a time',
  description: 'As `getAvailability`, but the time that the form with this token keeps counts as free.',
  status: 200,
  answer: availabilityAnswer,
  errors: ['invalid_request', 'form_rejected', 'unprocessable'],
});

const formTokenAnswer = z.object({
  formToken: z.string(),
  usableFrom: z.string().meta({ description: 'UTC. A form sent earlier is refused: nobody fills it that fast.' }),
  expiresAt: z.string().meta({ description: 'UTC.' }),
});
export const getFormToken = route({
  id: 'getFormToken',
  method: 'GET',
  path: '/v1/form-token',
  tag: 'booking',
  caller: 'public',
  summary: 'A token that a public form must carry',
  status: 200,
  answer: formTokenAnswer,
  errors: ['invalid_request'],
});

/** The wish, with its place and time; public forms, the front desk and series ask alike. */
export const visitInput = {
  locationId: slug,
  startsAt: moment,
  services: z
    .array(
      z.object({
        serviceId: slug,
        staffId: slug.default(anyone).meta({ description: '`anyone` where it does not matter.' }),
      }),
    )
    .min(1)
    .max(8),
  seats: z.int().min(1).max(100).default(1).meta({ description: 'Of a group lesson: one client may book several.' }),
};

const formToken = z.string().max(200);

/** Tells a person's form from a bot's. */
export const formGuardInput = {
  formToken,
  website: z
    .string()
    .max(200)
    .default('')
    .meta({ description: 'Leave empty: people never see this field, bots fill it.' }),
};

const holdInput = z.object({ ...visitInput, formToken });
export type HoldInput = z.output<typeof holdInput>;

export const holdTime = route({
  id: 'holdTime',
  method: 'POST',
  path: '/v1/holds',
  tag: 'booking',
  caller: 'public',
  body: holdInput,
  summary: 'Keep a chosen time while the form is filled',
  description:
    'One form keeps one time, until it has booked: choosing another gives the first one up, and the booking with the same form token takes it over. After some minutes (`holdMinutes` of the settings) it is free again by itself. One address may keep a few.',
  status: 200,
  answer: z.object({
    startsAt: instantText,
    endsAt: instantText,
    staff: z.array(slug),
    heldUntil: z.string().meta({ description: 'UTC.' }),
  }),
  errors: [
    'invalid_request',
    'form_rejected',
    formUsed,
    timeTaken,
    timeUnavailable,
    'unprocessable',
    ...bodyErrors,
    'too_many_requests',
    'busy',
  ],
});

export const bookingInput = z.object({
  ...visitInput,
  client: formClientInput,
  consents: consentsInput,
  notes: paragraph(500).optional(),
  source: line(100).optional().meta({ description: 'Where the client heard of the business.' }),
  ...formGuardInput,
});
export type BookingInput = z.output<typeof bookingInput>;

/** One service of a visit, with who performs it. */
export const visitService = z
  .object({
    id: slug,
    name: z.string(),
    staff: named,
    startsAt: instantText,
    durationMinutes: z.int(),
    price: money.meta({ description: 'Of a group lesson: of all seats together.' }),
  })
  .meta({ id: 'VisitService' });

/** Whom a visit is for, as staff see them. */
export const visitClient = z
  .object({
    firstName: z.string(),
    lastName: z.string().optional(),
    phone: z.string().optional(),
    email: z.string().optional(),
    language,
  })
  .meta({ id: 'VisitClient' });

/** Address to come to. */
export const visitLocation = named.extend({ address: z.string(), phone: z.string().optional() });

/** Address to which a link was sent. */
export const sentAddress = z
  .object({
    channel,
    state: z.enum(['given', 'proven']),
    stopped: z.boolean().meta({ description: 'Nothing is sent to it.' }),
    subscription: z
      .string()
      .meta({ description: 'Opens what is sent to it: page `/u/{token}`, API `/v1/subscriptions/{token}`.' }),
  })
  .meta({ id: 'Address' });

const opensByLink = z
  .string()
  .meta({ description: 'Opens this appointment by link: page `/a/{token}`, API `/v1/links/{token}`.' });

/** One of a series, as its client sees it. */
export const seriesMate = z
  .object({
    id,
    status,
    awaiting: z.literal('business').optional(),
    startsAt: instantText,
    endsAt: instantText,
    token: opensByLink,
  })
  .meta({ id: 'SeriesDate' });

/** View for whoever holds the link: nothing personal beyond the first name, and by a link that was sent the client's own notes. */
export const appointmentAnswer = z
  .object({
    id,
    status,
    firstName: z.string(),
    language,
    startsAt: instantText,
    endsAt: instantText,
    zone,
    location: visitLocation,
    services: z.array(visitService),
    seats: z.int().optional().meta({ description: 'Of a group lesson.' }),
    series: z
      .object({
        id,
        index: z.int(),
        count: z.int(),
        appointments: z.array(seriesMate).meta({ description: 'All of them in order of time, this one included.' }),
      })
      .optional()
      .meta({ description: 'One of a series; the first that was booked has index 0. Moving may change their order.' }),
    awaiting: z.literal('business').optional().meta({ description: 'The business must approve it first.' }),
    confirmBy: instantText.optional().meta({ description: 'Unless the client confirms until then it is cancelled.' }),
    total: money,
    changeableUntil: instantText.meta({ description: 'The cut-off: until then the client can move or cancel.' }),
    may: z.object({ confirm: z.boolean(), move: z.boolean(), cancel: z.boolean() }),
    address: sentAddress
      .extend({
        asked: z
          .string()
          .optional()
          .meta({ description: 'The words beside the box that was ticked for it, until the client agrees.' }),
      })
      .optional()
      .meta({
        description:
          'To which the link was sent, and whether it is known to be the client’s own; absent for the link of a booking’s answer.',
      }),
    sentTo: z.object({ channel, address: z.string() }).optional().meta({
      description:
        'Where the confirmation goes, shortened (`n…@example.com`, `…0177`); only by the link of a booking’s answer, and absent where none is sent.',
    }),
    notes: z.string().optional().meta({
      description:
        'What the client wrote when booking; only by a link that was sent to an address known to be the client’s own.',
    }),
    token: opensByLink,
  })
  .meta({ id: 'Appointment' });
export type AppointmentAnswer = z.output<typeof appointmentAnswer>;

export const createAppointment = route({
  id: 'createAppointment',
  method: 'POST',
  path: '/v1/appointments',
  tag: 'booking',
  caller: 'public',
  body: bookingInput,
  idempotency: 'required',
  summary: 'Book; the client is created, or found by phone, in the same act',
  description:
    'One form books once. Sent again with the same phone and email it answers what it has booked; with others, `form_used`.',
  status: 201,
  answer: appointmentAnswer,
  errors: [
    'invalid_request',
    'form_rejected',
    formUsed,
    timeTaken,
    timeUnavailable,
    'unprocessable',
    ...idempotencyErrors,
    ...bodyErrors,
    'too_many_requests',
    'busy',
  ],
});

export const getByLink = route({
  id: 'getByLink',
  method: 'GET',
  path: '/v1/links/{token}',
  tag: 'by link',
  caller: 'link',
  params: linkParams,
  query: linkQuery,
  summary: 'The appointment behind a link',
  status: 200,
  answer: appointmentAnswer,
  errors: linkErrors,
});
export const getAvailabilityByLink = route({
  id: 'getAvailabilityByLink',
  method: 'GET',
  path: '/v1/links/{token}/availability',
  tag: 'by link',
  caller: 'link',
  params: linkParams,
  query: z.object({ from: localDate, to: localDate }),
  summary: 'Free times to which the appointment could move',
  status: 200,
  answer: availabilityAnswer,
  errors: [...linkErrors, 'unprocessable'],
});
export const confirmByLink = route({
  id: 'confirmByLink',
  method: 'POST',
  path: '/v1/links/{token}/confirm',
  tag: 'by link',
  caller: 'link',
  params: linkParams,
  summary: 'The client confirms',
  description:
    'Confirming twice is the same as once. Where the client is asked to confirm by a certain time, only the link in a message does.',
  status: 200,
  answer: appointmentAnswer,
  errors: [...linkActErrors, 'status_conflict', bookingRefused, 'busy'],
});
export const proveByLink = route({
  id: 'proveByLink',
  method: 'POST',
  path: '/v1/links/{token}/prove',
  tag: 'by link',
  caller: 'link',
  params: linkParams,
  summary: 'The client says: this is my address',
  description:
    'Takes a link that stands in a message; the one in the answer to a booking proves nothing, and is refused. Proving twice is the same as once.',
  status: 200,
  answer: appointmentAnswer,
  errors: [...linkActErrors, 'status_conflict', 'busy'],
});
export const agreeByLink = route({
  id: 'agreeByLink',
  method: 'POST',
  path: '/v1/links/{token}/agree',
  tag: 'by link',
  caller: 'link',
  params: linkParams,
  summary: 'The client agrees to what was ticked when the appointment was booked',
  description:
    'A box on a form counts from then on, as anybody can fill a form with anybody’s address. Takes a link that stands in a message, and proves the address, too. Agreeing twice is the same as once; unsubscribing takes it back.',
  status: 200,
  answer: appointmentAnswer,
  errors: [...linkActErrors, 'status_conflict', 'busy'],
});
export const moveByLink = route({
  id: 'moveByLink',
  method: 'POST',
  path: '/v1/links/{token}/move',
  tag: 'by link',
  caller: 'link',
  params: linkParams,
  body: z.object({ startsAt: moment }),
  summary: 'The client moves the appointment, until the cut-off',
  description:
    'A few times (`movesOnline` of the settings), then they are asked to call. The first move is told at once; of more within an hour the last, two minutes after it.',
  status: 200,
  answer: appointmentAnswer,
  errors: [
    ...linkActErrors,
    'status_conflict',
    cutOffPassed,
    tooManyMoves,
    timeTaken,
    timeUnavailable,
    'unprocessable',
    ...bodyErrors,
    'busy',
  ],
});
export const cancelByLink = route({
  id: 'cancelByLink',
  method: 'POST',
  path: '/v1/links/{token}/cancel',
  tag: 'by link',
  caller: 'link',
  params: linkParams,
  summary: 'The client cancels, until the cut-off',
  description: 'Cancelling twice is the same as once.',
  status: 200,
  answer: appointmentAnswer,
  errors: [...linkActErrors, 'status_conflict', cutOffPassed, 'busy'],
});
export const getCalendarByLink = route({
  id: 'getCalendarByLink',
  method: 'GET',
  path: '/v1/links/{token}/calendar.ics',
  tag: 'by link',
  caller: 'link',
  params: linkParams,
  summary: 'The appointment as a calendar file',
  description:
    'Of a series all of them, an event each. The UID stays; SEQUENCE rises with each move; a cancelled appointment has STATUS:CANCELLED.',
  status: 200,
  contentType: 'text/calendar; charset=utf-8',
  errors: linkErrors,
});

export const availabilityRoutes = [getAvailability] as const;
export const bookingRoutes = [
  getFormToken,
  getAvailabilityForForm,
  holdTime,
  createAppointment,
  getByLink,
  getAvailabilityByLink,
  confirmByLink,
  proveByLink,
  agreeByLink,
  moveByLink,
  cancelByLink,
  getCalendarByLink,
] as const;
