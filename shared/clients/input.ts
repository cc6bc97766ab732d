import * as z from 'zod';
import { channel, email, language, line, requiredLine, zone } from '../platform/fields.ts';

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

/** Boxes that the client ticked beside the form; absent: none. */
export const consentsInput = z
  .array(
    z.object({
      channel,
      purpose: z.literal('marketing'),
      words: requiredLine(500).meta({ description: 'The exact words beside the box that the client ticked.' }),
    }),
  )
  .max(2)
  .refine(
    (consents) => new Set(consents.map(({ channel }) => channel)).size === consents.length,
    'must not name a channel twice',
  )
  .default([]);
