import * as z from 'zod';
import { channel, email, id, instantText, line, paging } from '../../platform/fields.ts';
import { bodyErrors, route, staffErrors } from '../../platform/http/contract.ts';
import { providerUnavailable } from '../problems.ts';
import { resumeReasons, stopReasons } from './rules.ts';

const reception = ['owner', 'manager', 'reception'] as const;

const receivedText = z.object({
  id,
  at: instantText,
  from: z.string().meta({ description: 'The phone that sent it, E.164, as its network tells it.' }),
  words: z.string(),
  understoodAs: z.enum(['stop', 'start', 'help']).optional().meta({ description: 'Absent: words for people to read.' }),
  clientId: id
    .optional()
    .meta({ description: 'Whose phone it was when the text came; absent: nobody’s that is known.' }),
});

export const listInbox = route({
  id: 'listInbox',
  method: 'GET',
  path: '/v1/inbox',
  tag: 'messages',
  caller: reception,
  query: z.object({ clientId: id.optional(), ...paging }),
  summary: 'What people have texted to the business, or one client, the newest first',
  description: 'Kept for as long as `retention.textsDays` of the settings says, a year unless you change it.',
  status: 200,
  answer: z.object({
    texts: z.array(receivedText),
    cursor: z.string().optional().meta({ description: 'Of the next page; absent on the last one.' }),
  }),
  errors: staffErrors,
});

/** In the body, never in the path: paths stand in logs. */
const named = {
  channel,
  address: line(254).meta({ description: 'An e-mail address, or a phone as people write it; by `channel`.' }),
};
const isAddress: [
  check: (body: { channel: string; address: string }) => boolean,
  fault: { path: string[]; error: string },
] = [
  ({ channel: by, address }) => by === 'sms' || email.safeParse(address.trim()).success,
  { path: ['address'], error: 'must be an e-mail address' },
];

const addressAnswer = z.object({
  channel,
  address: z.string().meta({ description: 'As it is compared: lower case, or E.164.' }),
  stopped: z
    .object({
      reason: z.string().meta({
        description:
          '`bounced` or `complained`, as the mail provider tells; `unsubscribed` or `stopped`, by its owner; `staff`.',
      }),
      at: instantText,
    })
    .optional()
    .meta({ description: 'Nothing is sent to it. Absent: messages go.' }),
  advertisingRefusedAt: instantText
    .optional()
    .meta({ description: 'Advertising goes only where it was agreed to later.' }),
});

export const lookUpAddress = route({
  id: 'lookUpAddress',
  method: 'POST',
  path: '/v1/addresses/status',
  tag: 'messages',
  caller: reception,
  body: z.object(named).refine(...isAddress),
  summary: 'Whether messages go to an address, and why not',
  status: 200,
  answer: addressAnswer,
  errors: [...staffErrors, ...bodyErrors, 'unprocessable'],
});

export const stopAddress = route({
  id: 'stopAddress',
  method: 'POST',
  path: '/v1/addresses/stop',
  tag: 'messages',
  caller: reception,
  body: z
    .object({
      ...named,
      reason: z.enum(stopReasons).meta({ description: '`not_theirs`: the address is not the client’s.' }),
    })
    .refine(...isAddress),
  summary: 'Send nothing more to an address, whichever client’s it is',
  description: 'For a wish that was told to people. Twice is the same as once. The reason stands in the audit.',
  status: 200,
  answer: addressAnswer,
  errors: [...staffErrors, ...bodyErrors, 'unprocessable', 'busy'],
});

export const resumeAddress = route({
  id: 'resumeAddress',
  method: 'POST',
  path: '/v1/addresses/resume',
  tag: 'messages',
  caller: reception,
  body: z
    .object({
      ...named,
      reason: z.enum(resumeReasons).meta({
        description:
          '`client_asked` lifts every stop; `mended` one for a bounce, and `mistake` one for a bounce or by staff.',
      }),
    })
    .refine(...isAddress),
  summary: 'Send messages about appointments to an address again',
  description:
    'Takes a bounced or complained address off the mail provider’s own list, too. Advertising still needs a fresh consent.',
  status: 200,
  answer: addressAnswer,
  errors: [...staffErrors, ...bodyErrors, 'unprocessable', providerUnavailable, 'busy'],
});

export const messageDeskRoutes = [listInbox, lookUpAddress, stopAddress, resumeAddress] as const;
