import * as z from 'zod';
import { moment, status } from '../../booking/contract.ts';
import { timeTaken, timeUnavailable } from '../../booking/problems.ts';
import { id, instantText, localDate, named, slug, zone } from '../../platform/fields.ts';
import {
  bodyErrors,
  idempotencyErrors,
  roles,
  route,
  staffErrors,
  versionErrors,
} from '../../platform/http/contract.ts';
import { notifyInput, overrideInput as override } from '../override.ts';

const lessonId = z
  .string()
  .regex(/^[a-z0-9-]{1,40}\.[a-z0-9-]{1,40}\.[a-z0-9-]{1,40}\.[a-z0-9]{1,7}$/, 'must be the id of a lesson')
  .meta({ description: 'Of the list of lessons; another teacher or time gives the lesson another id.' });

const lesson = z
  .object({
    id: lessonId,
    version: z.string().meta({ description: 'For `If-Match`; it changes with whatever changes of who comes.' }),
    service: named,
    staff: named,
    resources: z.array(named),
    startsAt: instantText,
    endsAt: instantText,
    seats: z.int(),
    taken: z.int(),
    clients: z.array(
      z.object({
        appointmentId: id,
        clientId: id,
        firstName: z.string(),
        lastName: z.string().optional(),
        phone: z.string().optional(),
        seats: z.int(),
        status,
        noShows: z.int(),
        notes: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'Lesson' });
export type LessonAnswer = z.input<typeof lesson>;

export const listLessons = route({
  id: 'listLessons',
  method: 'GET',
  path: '/v1/diary/lessons',
  tag: 'diary',
  caller: roles,
  query: z.object({ locationId: slug, date: localDate }),
  summary: 'Group lessons of a day and who comes',
  status: 200,
  answer: z.object({ zone, lessons: z.array(lesson) }),
  errors: [...staffErrors, 'unprocessable'],
});

const params = z.object({ lessonId });
const acting = [
  ...staffErrors,
  ...bodyErrors,
  ...versionErrors,
  ...idempotencyErrors,
  'not_found',
  'status_conflict',
  'unprocessable',
  'busy',
] as const;

export const changeLesson = route({
  id: 'changeLesson',
  method: 'POST',
  path: '/v1/diary/lessons/{lessonId}/change',
  tag: 'diary',
  caller: roles,
  params,
  body: z.object({
    staffId: slug.optional().meta({ description: 'Another teacher.' }),
    startsAt: moment.optional().meta({ description: 'Another time, on the same or another day.' }),
    resources: z
      .array(slug)
      .min(1)
      .max(10)
      .optional()
      .meta({ description: 'Rooms or equipment in place of those of their kind; others stay where they can.' }),
    override,
    notify: notifyInput,
  }),
  precondition: 'required',
  idempotency: 'required',
  summary: 'Give a lesson another teacher, room or time, for all who come or for none',
  description:
    'What is absent stays as it is. Each client hears of it as of a change of their own appointment. What is in the way is listed. Off its timetable it needs `override`; its free seats are offered wherever it is given.',
  status: 200,
  answer: lesson,
  errors: [...acting, timeTaken, timeUnavailable],
});

export const cancelLesson = route({
  id: 'cancelLesson',
  method: 'POST',
  path: '/v1/diary/lessons/{lessonId}/cancel',
  tag: 'diary',
  caller: roles,
  params,
  body: z.object({
    block: z.boolean().default(true).meta({
      description:
        'Blocks the teacher’s time, so that nobody books the lesson anew and nobody who waits is offered a seat.',
    }),
    notify: notifyInput,
  }),
  precondition: 'required',
  idempotency: 'required',
  summary: 'Cancel a lesson for all who come',
  description: 'Each client gets one message. The block that it leaves can be removed like any other.',
  status: 200,
  answer: lesson.extend({ blockId: id.optional() }),
  errors: acting,
});

export const lessonRoutes = [listLessons, changeLesson, cancelLesson] as const;
