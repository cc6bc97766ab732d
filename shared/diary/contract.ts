import * as z from 'zod';
import { status, visitService } from '../booking/contract.ts';
import { roles, route } from '../platform/contract.ts';
import { id, instantText, language, localDate, slug, zone } from '../platform/fields.ts';

export const diaryAppointment = z.object({
  id,
  clientId: id,
  status,
  startsAt: instantText,
  endsAt: instantText,
  client: z.object({
    firstName: z.string(),
    lastName: z.string().optional(),
    phone: z.string().optional(),
    email: z.string().optional(),
    language,
  }),
  services: z.array(visitService),
  notes: z.string().optional(),
  source: z.string().optional(),
  bookedAt: instantText,
});
export type DiaryAppointment = z.output<typeof diaryAppointment>;

export const getDiary = route({
  id: 'getDiary',
  method: 'GET',
  path: '/v1/diary',
  tag: 'diary',
  caller: roles,
  query: z.object({ locationId: slug, date: localDate }),
  summary: 'The day of a location: its appointments in order of time, cancelled ones too',
  status: 200,
  answer: z.object({ locationId: slug, date: localDate, zone, appointments: z.array(diaryAppointment) }),
  errors: ['invalid_request', 'unauthenticated', 'forbidden', 'unprocessable'],
});

export const markAppointment = route({
  id: 'markAppointment',
  method: 'POST',
  path: '/v1/appointments/{appointmentId}/mark',
  tag: 'diary',
  caller: roles,
  params: z.object({ appointmentId: id }),
  body: z.object({ status: z.enum(['arrived', 'completed', 'no_show', 'cancelled']) }),
  summary: 'Staff mark an appointment',
  description:
    'Marking the same twice is the same as once. `arrived` from the day of the visit, `completed` and `no_show` from its start; what is completed, cancelled or a no-show stays so.',
  status: 200,
  answer: diaryAppointment,
  errors: [
    'invalid_request',
    'unauthenticated',
    'forbidden',
    'not_found',
    'status_conflict',
    'body_too_large',
    'unsupported_media_type',
    'busy',
  ],
});

export const diaryRoutes = [getDiary, markAppointment] as const;
