import * as z from 'zod';
import { moment, status, visitClient, visitInput, visitService } from '../booking/contract.ts';
import { timeTaken, timeUnavailable } from '../booking/problems.ts';
import { consentsInput, forWhom, newOneShares, oneClient } from '../clients/input.ts';
import {
  channel,
  either,
  id,
  instantText,
  line,
  localDate,
  named,
  namedStaff,
  paragraph,
  slug,
  zone,
} from '../platform/fields.ts';
import { bodyErrors, idempotencyErrors, roles, route, staffErrors, versionErrors } from '../platform/http/contract.ts';
import { lessonRoutes } from './lessons/contract.ts';
import { desk, notifyInput, overrideInput as override } from './override.ts';

const utc = z.string().meta({ description: 'UTC.' });

export const diaryAppointment = z
  .object({
    id,
    version: z.int().meta({ description: 'For `If-Match` of a change.' }),
    clientId: id,
    locationId: slug,
    status,
    startsAt: instantText,
    endsAt: instantText,
    client: visitClient,
    services: z.array(
      visitService.extend({
        resources: z.array(named).meta({ description: 'Rooms and equipment that it takes.' }),
      }),
    ),
    seats: z.int().optional().meta({ description: 'Of a group lesson.' }),
    series: z.object({ id, index: z.int(), count: z.int() }).optional(),
    awaiting: z.literal('business').optional().meta({ description: 'Staff must approve it, or cancel it.' }),
    confirmBy: instantText.optional().meta({ description: 'Unless the client confirms until then it is cancelled.' }),
    noShows: z.int().meta({ description: 'How often the client had not come when it was booked.' }),
    notes: z.string().optional(),
    source: z.string().optional(),
    bookedAt: instantText,
    bookedBy: z.string().optional().meta({ description: '`client`, or the `sub` of a member of staff.' }),
    cancelledBy: z.string().optional().meta({ description: '`client`, `system`, or the `sub` of a member of staff.' }),
    updatedAt: utc,
    undo: z
      .object({ status, until: utc })
      .optional()
      .meta({ description: 'What undoing the latest mark leads back to, and until when it can be undone.' }),
  })
  .meta({ id: 'DiaryAppointment' });
export type DiaryAppointment = z.output<typeof diaryAppointment>;

const block = z.object({
  id,
  staffId: slug.optional(),
  resourceId: slug.optional(),
  from: instantText,
  until: instantText,
  reason: z.string().optional(),
  by: z.string().meta({ description: 'The `sub` of whoever blocked it.' }),
  at: utc,
});
export type BlockAnswer = z.output<typeof block>;

const taken = z.object({ id, startsAt: instantText, endsAt: instantText, staff: z.array(slug) });
export type TakenTime = z.output<typeof taken>;

const span = z.object({ from: instantText, until: instantText });

export const getDiary = route({
  id: 'getDiary',
  method: 'GET',
  path: '/v1/diary',
  tag: 'diary',
  caller: roles,
  query: z
    .object({
      locationId: slug,
      date: localDate.optional().meta({ description: 'One day; or give `from` and `to`.', format: 'date' }),
      from: localDate.optional(),
      to: localDate.optional().meta({ description: 'Included; at most 30 days after `from`.', format: 'date' }),
      staffId: slug.optional().meta({ description: 'Only what this person has to do.' }),
      resourceId: slug.optional().meta({ description: 'Only what takes this room or piece of equipment.' }),
      since: z.iso
        .datetime({ offset: true, error: 'must be an instant as 2026-11-24T10:00:00Z' })
        .optional()
        .meta({ description: 'Only what has changed since: `asOf` of the answer before, at most a day old.' }),
    })
    .refine(({ date, from, to }) => (date === undefined ? from !== undefined && to !== undefined : !from && !to), {
      path: ['date'],
      error: 'give either `date`, or `from` and `to`',
    }),
  summary: 'A day, or some days, of a location: what is booked and blocked, who works when',
  description:
    'Appointments in order of time, cancelled ones too. With `since` only what has changed: what is listed anew replaces what was known under its id, what stands in `gone` has left the days or the filter. A change may be told twice, and an index may lag a second behind, which `asOf` allows for.',
  status: 200,
  answer: z.object({
    locationId: slug,
    from: localDate,
    to: localDate,
    zone,
    asOf: utc.meta({ description: 'For `since` of the next request.' }),
    open: z.array(span).meta({ description: 'When the location is open, without breaks and holidays.' }),
    staff: z
      .array(named.extend({ working: z.array(span) }))
      .meta({ description: 'Who works there and when: their hours, without days off.' }),
    resources: z
      .array(named.extend({ kind: slug, closed: z.array(span) }))
      .meta({ description: 'Rooms and equipment, and when they can’t be used.' }),
    appointments: z.array(diaryAppointment),
    taken: z.array(taken).meta({
      description:
        'Others’ appointments, for plain staff who may see that a time is taken, but not by whom (`console.staffSee` is `names`).',
    }),
    blocks: z.array(block),
    gone: z.array(z.object({ id })).meta({ description: 'Appointments and blocks; empty without `since`.' }),
  }),
  errors: [...staffErrors, 'unprocessable'],
});

const lengthInput = z.int().min(5).max(720).optional();

const deskBookingInput = z
  .object({
    ...visitInput,
    services: z
      .array(
        visitInput.services.element.extend({
          durationMinutes: lengthInput.meta({ description: 'Absent: as long as the service takes.' }),
        }),
      )
      .min(1)
      .max(8),
    ...forWhom,
    consents: consentsInput,
    notes: paragraph(500).optional(),
    override,
    notify: notifyInput,
  })
  .refine(...oneClient)
  .refine(...newOneShares);

const writing = [...staffErrors, ...bodyErrors] as const;
const placing = [timeTaken, timeUnavailable, 'unprocessable', 'busy'] as const;

export const bookAtDesk = route({
  id: 'bookAtDesk',
  method: 'POST',
  path: '/v1/diary/appointments',
  tag: 'diary',
  caller: roles,
  body: deskBookingInput,
  idempotency: 'required',
  summary: 'Staff book for a client who calls or stands there',
  description: 'Any whole minute of today or later. No-show policy and the limits of public forms don’t apply.',
  status: 201,
  answer: diaryAppointment.extend({
    addresses: z.array(z.object({ channel, state: z.enum(['given', 'proven']) })).meta({
      description:
        'Where messages about it go, in that order, and whether each address is known to be the client’s own; ask for another where none is `proven`.',
    }),
  }),
  errors: [...writing, ...placing, ...idempotencyErrors],
});

const params = z.object({ appointmentId: id });

export const getAppointment = route({
  id: 'getAppointment',
  method: 'GET',
  path: '/v1/appointments/{appointmentId}',
  tag: 'diary',
  caller: roles,
  params,
  summary: 'An appointment as staff see it',
  status: 200,
  answer: diaryAppointment,
  errors: [...staffErrors, 'not_found'],
});

export const getAppointmentHistory = route({
  id: 'getAppointmentHistory',
  method: 'GET',
  path: '/v1/appointments/{appointmentId}/history',
  tag: 'diary',
  caller: roles,
  params,
  summary: 'What has happened with an appointment, and by whom',
  status: 200,
  answer: z.object({
    entries: z.array(
      z.object({
        at: instantText,
        type: z.string().meta({ description: '`appointment.booked`, `appointment.moved`, …' }),
        by: z.string().meta({ description: '`client`, `system`, or the `sub` of a member of staff.' }),
        startsAt: instantText.optional().meta({ description: 'When the appointment was to be from then on.' }),
      }),
    ),
    people: namedStaff,
  }),
  errors: [...staffErrors, 'not_found'],
});

export const changeAppointment = route({
  id: 'changeAppointment',
  method: 'PATCH',
  path: '/v1/appointments/{appointmentId}',
  tag: 'diary',
  caller: roles,
  params,
  precondition: 'required',
  body: z.object({
    locationId: slug.optional(),
    startsAt: moment.optional(),
    services: z
      .array(
        z.object({
          serviceId: slug,
          staffId: slug.meta({ description: '`anyone` where it does not matter.' }),
          durationMinutes: lengthInput.meta({ description: 'Absent: as before, or as long as the service takes.' }),
        }),
      )
      .min(1)
      .max(8)
      .optional()
      .meta({ description: 'All of them, in order; prices of those that stay don’t change.' }),
    seats: z.int().min(1).max(100).optional().meta({ description: 'Of a group lesson.' }),
    override,
    notify: notifyInput,
  }),
  summary: 'Staff move an appointment, give it to somebody else, make it longer or shorter, change its services',
  description:
    'What is absent stays as it is. No cut-off. What begins at another time or place waits to be confirmed again, and the client is told; also of another service, and of another person than the one asked for.',
  status: 200,
  answer: diaryAppointment,
  errors: [...writing, ...versionErrors, 'not_found', 'status_conflict', ...placing],
});

export const markAppointment = route({
  id: 'markAppointment',
  method: 'POST',
  path: '/v1/appointments/{appointmentId}/mark',
  tag: 'diary',
  caller: roles,
  params,
  body: z.object({ status: z.enum(['arrived', 'completed', 'no_show', 'cancelled']), notify: notifyInput }),
  summary: 'Staff mark an appointment',
  description:
    'Marking the same twice is the same as once. `arrived` from the day of the visit, `completed` and `no_show` from its start; what is completed, cancelled or a no-show stays so, unless the mark is undone.',
  status: 200,
  answer: diaryAppointment,
  errors: [...writing, 'not_found', 'status_conflict', 'busy'],
});

export const undoMark = route({
  id: 'undoMark',
  method: 'POST',
  path: '/v1/appointments/{appointmentId}/undo',
  tag: 'diary',
  caller: roles,
  params,
  summary: 'Undo the latest mark of an appointment',
  description:
    'For a week after the mark. What was cancelled, by whomever, takes the same time with the same people and rooms again, if that is still free.',
  status: 200,
  answer: diaryAppointment,
  errors: [...staffErrors, 'not_found', 'status_conflict', timeTaken, 'busy'],
});

export const approveAppointment = route({
  id: 'approveAppointment',
  method: 'POST',
  path: '/v1/appointments/{appointmentId}/approve',
  tag: 'diary',
  caller: desk,
  params,
  summary: 'Approve an appointment that waits for the business',
  description: 'The client is told then. Approving twice is the same as once; to refuse, mark it `cancelled`.',
  status: 200,
  answer: diaryAppointment,
  errors: [...staffErrors, 'not_found', 'status_conflict', 'busy'],
});

export const createBlock = route({
  id: 'createBlock',
  method: 'POST',
  path: '/v1/diary/blocks',
  tag: 'diary',
  caller: roles,
  body: z
    .object({
      staffId: slug.optional(),
      resourceId: slug.optional(),
      from: moment,
      until: moment.meta({ description: 'As `from`; at most 14 days after it, less for who works at many locations.' }),
      reason: line(200).optional(),
    })
    .refine(...either('staffId', 'resourceId')),
  idempotency: 'required',
  summary: 'Block time of a person, a room or a piece of equipment',
  description:
    'Plain staff block their own, where the settings let them change their diary. Local times are of the first location of the person. What is booked already is in the way, and listed.',
  status: 201,
  answer: block,
  errors: [...writing, ...placing, ...idempotencyErrors],
});

export const removeBlock = route({
  id: 'removeBlock',
  method: 'DELETE',
  path: '/v1/diary/blocks/{blockId}',
  tag: 'diary',
  caller: roles,
  params: z.object({ blockId: id }),
  summary: 'Give blocked time back',
  status: 200,
  answer: block,
  errors: [...staffErrors, 'not_found', 'busy'],
});

export const diaryRoutes = [
  getDiary,
  bookAtDesk,
  ...lessonRoutes,
  createBlock,
  removeBlock,
  getAppointment,
  getAppointmentHistory,
  changeAppointment,
  markAppointment,
  undoMark,
  approveAppointment,
] as const;
