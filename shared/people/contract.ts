import * as z from 'zod';
import { email, slug } from '../platform/fields.ts';
import { bodyErrors, roles, route, signedIn, staffErrors } from '../platform/http/contract.ts';
import { lastOwner, personExists } from './problems.ts';

const sub = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .meta({ description: 'Of the person in the user pool.' });
const role = z.enum(roles);
const staffId = slug.meta({ description: 'The row of staff that this person is.' });
const locations = z
  .array(slug)
  .min(1)
  .max(50)
  .meta({ description: 'Where the person works; absent: everywhere. An owner works everywhere.' });

const personAnswer = z.object({
  sub,
  email: z.string(),
  role: role.optional().meta({ description: 'Absent: none, so the person may do nothing.' }),
  staffId: staffId.optional(),
  locations: locations.optional(),
  disabled: z.boolean().meta({ description: 'Can’t sign in.' }),
  invited: z.boolean().meta({ description: 'Has not chosen a password yet.' }),
});
export type PersonAnswer = z.input<typeof personAnswer>;

export const getMe = route({
  id: 'getMe',
  method: 'GET',
  path: '/v1/me',
  tag: 'people',
  caller: signedIn,
  summary: 'Who is signed in, and what they may do',
  status: 200,
  answer: z.object({
    sub,
    name: z.string().meta({ description: 'Of the row of staff; of who is none, the email address.' }),
    email: z.string().optional(),
    roles: z.array(role).meta({ description: 'Empty for owner and manager until their authenticator is on.' }),
    staffId: staffId.optional(),
    locations: locations.optional(),
    may: z.object({
      see: z.enum(['own', 'names', 'all']).meta({ description: 'Whose appointments.' }),
      act: z
        .enum(['look', 'mark', 'change'])
        .meta({ description: 'With the appointments that are seen; plain staff with their own alone.' }),
      addresses: z.boolean().meta({ description: 'Sees clients’ telephones and email addresses.' }),
      desk: z
        .boolean()
        .meta({ description: 'Overrides hours, approves, runs the waiting list, reads clients’ cards.' }),
      settings: z.boolean(),
      people: z.boolean().meta({ description: 'Invites and removes people, reads the record.' }),
    }),
    lockMinutes: z.int().meta({ description: 'The console locks itself after so many minutes; 0: never.' }),
    now: z.string().meta({ description: 'UTC, by the clock of the server.' }),
  }),
  errors: staffErrors,
});

const owner = { tag: 'people', caller: ['owner'] } as const;
const params = z.object({ sub });
const errors = [...staffErrors, 'not_found', 'busy'] as const;

export const listPeople = route({
  ...owner,
  id: 'listPeople',
  method: 'GET',
  path: '/v1/people',
  summary: 'Who may sign in',
  status: 200,
  answer: z.object({ people: z.array(personAnswer) }),
  errors: staffErrors,
});

export const invitePerson = route({
  ...owner,
  id: 'invitePerson',
  method: 'POST',
  path: '/v1/people',
  body: z.object({ email, role, staffId: staffId.optional(), locations: locations.optional() }),
  summary: 'Invite somebody, who gets a mail with a password for once',
  description:
    'A second request for the same email address answers 409, so a repetition invites nobody twice. Locations and row must exist.',
  status: 201,
  answer: personAnswer,
  errors: [...staffErrors, ...bodyErrors, 'unprocessable', personExists, 'busy'],
});

export const changePerson = route({
  ...owner,
  id: 'changePerson',
  method: 'PATCH',
  path: '/v1/people/{sub}',
  params,
  body: z.object({
    role: role.optional(),
    staffId: staffId.nullable().optional().meta({ description: '`null`: nobody of the staff.' }),
    locations: locations.nullable().optional().meta({ description: '`null`: everywhere.' }),
    disabled: z.boolean().optional().meta({ description: '`true` is the same as removing.' }),
  }),
  summary: 'Give somebody another role, row of staff or locations; shut them out, or let them in again',
  description:
    'What is absent stays as it is. Another role ends the tokens that are out: the person’s next request signs in anew, within a minute.',
  status: 200,
  answer: personAnswer,
  errors: [...errors, ...bodyErrors, 'unprocessable', lastOwner],
});

export const removePerson = route({
  ...owner,
  id: 'removePerson',
  method: 'DELETE',
  path: '/v1/people/{sub}',
  params,
  summary: 'Shut somebody out: signed out everywhere, and no way in',
  description: 'Within a minute no token of theirs counts. Twice is once. What they did stays under their `sub`.',
  status: 200,
  answer: personAnswer,
  errors: [...errors, lastOwner],
});

export const invitePersonAgain = route({
  ...owner,
  id: 'invitePersonAgain',
  method: 'POST',
  path: '/v1/people/{sub}/invite-again',
  params,
  summary: 'Mail the invitation again, to who has not chosen a password yet',
  status: 200,
  answer: personAnswer,
  errors: [...errors, 'status_conflict'],
});

export const signOutPerson = route({
  ...owner,
  id: 'signOutPerson',
  method: 'POST',
  path: '/v1/people/{sub}/sign-out',
  params,
  summary: 'Sign somebody out everywhere; they may sign in again',
  status: 200,
  answer: personAnswer,
  errors,
});

export const meRoutes = [getMe] as const;
export const peopleRoutes = [
  listPeople,
  invitePerson,
  changePerson,
  removePerson,
  invitePersonAgain,
  signOutPerson,
] as const;
