import * as z from 'zod';
import { channel, either, email, id, language, line, requiredLine, zone } from '../platform/fields.ts';

/** A client as forms and staff enter one. */
export const clientInput = z
  .object({
    firstName: requiredLine(60),
    lastName: line(60).optional(),
    phone: line(40).optional().meta({ description: 'As people write it, any digits; kept in E.164.' }),
    email: email.optional(),
    language: language.optional(),
    preferredChannel: channel.optional(),
    zone: zone
      .optional()
      .meta({ description: 'The client’s own time zone, where the form knows it; quiet hours are by it.' }),
  })
  .refine((client) => Boolean(client.phone) || Boolean(client.email), {
    path: ['phone'],
    error: 'a phone or an e-mail address is needed',
  });

/** Five digits of any script and more, whatever stands between them: a number to call. */
const isNumber = (name: string): boolean => /\p{Nd}(?:[^\p{L}\p{Nd}]*\p{Nd}){4}/u.test(name);

/** A client as public forms enter one: messages carry the name to whoever has the address, so it holds no number to call. */
export const formClientInput = clientInput.superRefine((client, context) => {
  for (const field of ['firstName', 'lastName'] as const) {
    if (!isNumber(client[field] ?? '')) continue;
    context.addIssue({ code: 'custom', path: [field], message: 'must not hold a number of more than four digits' });
  }
});

/** Fields by which staff say for whom they book; with `refine` of `oneClient` and `newOneShares`. */
export const forWhom = {
  client: clientInput.optional().meta({ description: 'Found by phone or e-mail, or new.' }),
  clientId: id.optional().meta({ description: 'Of a client who is known already. Either this or `client`.' }),
  shareWith: id.optional().meta({
    description:
      'A client who has the phone or e-mail of `client` already: the new one is somebody else of the family and gets a card of their own. Up to eight share one.',
  }),
  source: line(100).optional().meta({ description: 'Where the client heard of the business.' }),
};

export const oneClient = either('client', 'clientId');

export const newOneShares: [
  check: (input: { clientId?: unknown; shareWith?: unknown }) => boolean,
  fault: { path: string[]; error: string },
] = [
  ({ clientId, shareWith }) => clientId === undefined || shareWith === undefined,
  { path: ['shareWith'], error: 'goes with `client`, not with `clientId`' },
];

/** Boxes that the client ticked beside the form; absent: none. */
export const consentsInput = z
  .array(
    z.object({
      channel,
      purpose: z.literal('marketing'),
      words: line(500).optional().meta({
        description: 'Ignored: the words on record are ours, by id and version. Forms of before send theirs.',
      }),
    }),
  )
  .max(2)
  .refine(
    (consents) => new Set(consents.map(({ channel }) => channel)).size === consents.length,
    'must not name a channel twice',
  )
  .default([]);
