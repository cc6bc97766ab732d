import * as z from 'zod';
import { channel, id, language } from '../platform/fields.ts';
import { roles, route, staffErrors } from '../platform/http/contract.ts';

const clientAnswer = z
  .object({
    id,
    firstName: z.string(),
    lastName: z.string().optional(),
    phone: z.string().optional().meta({ description: 'E.164.' }),
    email: z.string().optional(),
    language,
    addresses: z.array(z.object({ channel, address: z.string(), state: z.enum(['given', 'proven']) })).meta({
      description:
        '`proven`: known to be the client’s own, as somebody has pressed a link in a message to it, came for a visit that was booked with it alone, or told staff. `given`: anybody may have entered it.',
    }),
    preferredChannel: channel.optional(),
    source: z.string().optional().meta({ description: 'Where the client heard of the business.' }),
    noShows: z.int().meta({ description: 'Visits that the client did not come to, since staff last lifted them.' }),
    noShowsLiftedAt: z.string().optional().meta({ description: 'UTC.' }),
    createdAt: z.string().meta({ description: 'UTC.' }),
  })
  .meta({ id: 'Client' });
export type ClientAnswer = z.output<typeof clientAnswer>;

const params = z.object({ clientId: id });

export const getClient = route({
  id: 'getClient',
  method: 'GET',
  path: '/v1/clients/{clientId}',
  tag: 'clients',
  caller: roles,
  params,
  summary: 'A client',
  status: 200,
  answer: clientAnswer,
  errors: [...staffErrors, 'not_found'],
});

export const liftNoShows = route({
  id: 'liftNoShows',
  method: 'POST',
  path: '/v1/clients/{clientId}/no-shows/lift',
  tag: 'clients',
  caller: ['owner', 'manager', 'reception'],
  params,
  summary: 'What the client did not come to counts no more',
  description: 'From now on the client books online like everyone else. Lifting twice is the same as once.',
  status: 200,
  answer: clientAnswer,
  errors: [...staffErrors, 'not_found', 'busy'],
});

export const proveAddress = route({
  id: 'proveAddress',
  method: 'POST',
  path: '/v1/clients/{clientId}/addresses/{channel}/prove',
  tag: 'clients',
  caller: ['owner', 'manager', 'reception'],
  params: params.extend({ channel }),
  summary: 'Staff have made sure that an address is the client’s own',
  description: 'For whoever stands there or calls from that number; recorded. Doing it twice is the same as once.',
  status: 200,
  answer: clientAnswer,
  errors: [...staffErrors, 'not_found', 'unprocessable', 'busy'],
});

export const clientRoutes = [getClient, liftNoShows, proveAddress] as const;
