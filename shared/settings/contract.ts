import * as z from 'zod';
import {
  categorySchema,
  journeySchema,
  locationSchema,
  resourceSchema,
  serviceSchema,
  settingsSchema,
  staffSchema,
} from '../business/catalogue.ts';
import { id, slug } from '../platform/fields.ts';
import { bodyErrors, type Role, route, staffErrors, versionErrors } from '../platform/http/contract.ts';
import { appointmentsAffected, stillUsed } from './problems.ts';

const version = z.int().meta({ description: 'Rises with every change; what If-Match must carry.' });
const stored = <S extends z.ZodType>(value: S) => z.object({ version, value });

const decision = z.enum(['keep', 'cancel']).optional().meta({
  description:
    'What becomes of appointments ahead that would no longer fit: `keep` leaves them as they are, `cancel` cancels them and tells the clients. Needed only once the answer was `appointments_affected`.',
});
const zoneChange = z.enum(['localTime', 'instant']).optional().meta({
  description:
    'What a new time zone means for appointments ahead: `localTime` keeps the time by the clock that clients were told, `instant` keeps the moment. Needed only when there are any.',
});

const job = z.object({ id, kind: z.enum(['cancel', 'replan', 'rezone']) });
const jobs = z.array(job).optional().meta({
  description:
    'Work on what is booked already that the change has started; `GET /v1/settings/jobs/{jobId}` follows it.',
});
const saved = <S extends z.ZodType>(value: S) => z.object({ version, value, jobs });

const managers = ['owner', 'manager'] as const satisfies readonly Role[];
const owner = ['owner'] as const satisfies readonly Role[];

const errors = [...staffErrors, 'unprocessable', 'busy'] as const;
const changeErrors = [...errors, ...versionErrors, appointmentsAffected] as const;

/** The routes of one list: a row is created, changed and retired. */
const rows = <
  const Kind extends string,
  const One extends string,
  S extends z.ZodType,
  const Creators extends readonly Role[],
>(
  kind: Kind,
  one: One,
  texts: { create: string; change: string; retire: string; about?: string },
  schema: S,
  creators: Creators,
  changeBody: z.ZodObject<{ value: S }>,
) => {
  const params = z.object({ id: slug });
  const about = texts.about ? { description: texts.about } : {};
  const path = `/v1/settings/${kind}` as const;
  return {
    create: route({
      id: `create${one}` as const,
      method: 'POST',
      path,
      tag: 'settings',
      caller: creators,
      body: z.object({ value: schema }),
      summary: texts.create,
      ...about,
      status: 201,
      answer: saved(schema),
      errors: [...errors, ...bodyErrors, 'already_exists'],
    }),
    change: route({
      id: `put${one}` as const,
      method: 'PUT',
      path: `${path}/{id}` as const,
      tag: 'settings',
      caller: managers,
      params,
      body: changeBody,
      precondition: 'required',
      summary: texts.change,
      ...about,
      status: 200,
      answer: saved(schema),
      errors: [...changeErrors, ...bodyErrors, 'not_found'],
    }),
    retire: route({
      id: `delete${one}` as const,
      method: 'DELETE',
      path: `${path}/{id}` as const,
      tag: 'settings',
      caller: creators,
      params,
      query: z.object({ decision }),
      precondition: 'required',
      summary: texts.retire,
      ...about,
      status: 200,
      answer: saved(schema),
      errors: [...changeErrors, 'not_found', stillUsed],
    }),
  };
};

const deciding = <S extends z.ZodType>(value: S) => z.object({ value, decision });
const retiring = 'It stays on old appointments and comes back with `retired: false`.';

export const locationRoutes = rows(
  'locations',
  'Location',
  {
    create: 'Open a location',
    change: 'Change a location: hours, breaks, holidays; the rest is for the owner',
    retire: 'Retire a location',
    about: `A manager may change hours, breaks and holidays; everything else is for the owner. ${retiring}`,
  },
  locationSchema,
  owner,
  z.object({ value: locationSchema, decision, zoneChange }),
);
export const staffRoutes = rows(
  'staff',
  'StaffMember',
  {
    create: 'Take on a person',
    change: 'Change a person: skills, locations, hours, days off',
    retire: 'Retire a person',
    about: `The first location, home, can’t change: the diary lies there. ${retiring}`,
  },
  staffSchema,
  managers,
  deciding(staffSchema),
);
export const categoryRoutes = rows(
  'categories',
  'Category',
  {
    create: 'Add a category of services',
    change: 'Rename a category',
    retire: 'Delete a category that no service uses',
  },
  categorySchema,
  managers,
  deciding(categorySchema),
);
export const serviceRoutes = rows(
  'services',
  'Service',
  {
    create: 'Add a service',
    change: 'Change a service',
    retire: 'Retire a service',
    about: `What is booked keeps its price and duration. ${retiring}`,
  },
  serviceSchema,
  managers,
  deciding(serviceSchema),
);
export const resourceRoutes = rows(
  'resources',
  'Resource',
  {
    create: 'Add a room or a piece of equipment',
    change: 'Change a room or a piece of equipment',
    retire: 'Retire a room or a piece of equipment',
    about: `Its location can’t change: its diary lies there. ${retiring}`,
  },
  resourceSchema,
  managers,
  deciding(resourceSchema),
);

export const getSettings = route({
  id: 'getSettings',
  method: 'GET',
  path: '/v1/settings',
  tag: 'settings',
  caller: managers,
  summary: 'Everything that can be set, with the version of each row; what has retired, too',
  status: 200,
  answer: z.object({
    business: stored(settingsSchema),
    locations: z.array(stored(locationSchema)),
    staff: z.array(stored(staffSchema)),
    categories: z.array(stored(categorySchema)),
    services: z.array(stored(serviceSchema)),
    resources: z.array(stored(resourceSchema)),
    journey: stored(journeySchema),
  }),
  errors: ['invalid_request', 'unauthenticated', 'forbidden'],
});
export const putBusiness = route({
  id: 'putBusiness',
  method: 'PUT',
  path: '/v1/settings/business',
  tag: 'settings',
  caller: owner,
  body: z.object({ value: settingsSchema }),
  precondition: 'required',
  summary: 'Change the business: name, languages, rules of booking, quiet hours',
  description: 'Other quiet hours re-plan the messages of what is booked already.',
  status: 200,
  answer: saved(settingsSchema),
  errors: [...errors, ...bodyErrors, ...versionErrors],
});
export const putJourney = route({
  id: 'putJourney',
  method: 'PUT',
  path: '/v1/settings/journey',
  tag: 'settings',
  caller: managers,
  body: z.object({ value: journeySchema }),
  precondition: 'required',
  summary: 'Replace the journey: all its touchpoints, in order',
  description:
    'Messages of what is booked already are planned anew; one whose new time has passed is not sent, and none is sent twice.',
  status: 200,
  answer: saved(journeySchema),
  errors: [...errors, ...bodyErrors, ...versionErrors],
});

const jobParams = z.object({ jobId: id });
const jobAnswer = z
  .object({
    ...job.shape,
    why: z.string().meta({ description: 'What was changed: `journey`, `locations/brooklyn`.' }),
    startedAt: z.string().meta({ description: 'UTC.' }),
    total: z.int().meta({ description: 'Pieces of work: days of locations, or appointments.' }),
    done: z.int(),
    finishedAt: z.string().optional().meta({ description: 'UTC.' }),
    stoppedAt: z
      .string()
      .optional()
      .meta({ description: 'UTC. The pieces that are not done wait until it is resumed.' }),
    conflicts: z.array(id).meta({
      description:
        'Appointments and blocked times that were left as they are, since another has the time that would be theirs.',
    }),
  })
  .meta({ id: 'Job' });
const jobErrors = [...staffErrors, 'not_found'] as const;

export const getJob = route({
  id: 'getJob',
  method: 'GET',
  path: '/v1/settings/jobs/{jobId}',
  tag: 'settings',
  caller: managers,
  params: jobParams,
  summary: 'How far work on what is booked already has come',
  status: 200,
  answer: jobAnswer,
  errors: jobErrors,
});
export const resumeJob = route({
  id: 'resumeJob',
  method: 'POST',
  path: '/v1/settings/jobs/{jobId}/resume',
  tag: 'settings',
  caller: managers,
  params: jobParams,
  summary: 'Start the pieces again that are not done',
  description:
    'Doing a piece twice does no harm; a job that is finished stays as it is, and one that was stopped goes on.',
  status: 200,
  answer: jobAnswer,
  errors: [...jobErrors, 'busy'],
});
export const stopJob = route({
  id: 'stopJob',
  method: 'POST',
  path: '/v1/settings/jobs/{jobId}/stop',
  tag: 'settings',
  caller: managers,
  params: jobParams,
  summary: 'Leave the pieces undone that are not done yet',
  description: 'What is done stays as it is. Stopping twice is once; `resume` lets the job go on.',
  status: 200,
  answer: jobAnswer,
  errors: [...jobErrors, 'busy'],
});

const routesOf = <T extends Record<'create' | 'change' | 'retire', unknown>>({ create, change, retire }: T) =>
  [create, change, retire] as [T['create'], T['change'], T['retire']];

export const settingsRoutes = [
  getSettings,
  putBusiness,
  putJourney,
  ...routesOf(locationRoutes),
  ...routesOf(staffRoutes),
  ...routesOf(categoryRoutes),
  ...routesOf(serviceRoutes),
  ...routesOf(resourceRoutes),
  getJob,
  resumeJob,
  stopJob,
] as const;
