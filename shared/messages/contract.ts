import * as z from 'zod';
import { messageTemplates, replyTemplates, templateSchema } from '../business/catalogue.ts';
import { channel, id, language, linkParams, paging, slug } from '../platform/fields.ts';
import {
  bodyErrors,
  linkActErrors,
  linkErrors,
  roles,
  route,
  staffErrors,
  versionErrors,
} from '../platform/http/contract.ts';

import { notResumable } from './problems.ts';

export { messageTemplates };

/**
 * `sending`: claimed. `retrying`: the provider was busy; it goes again. `sent`: the provider took it. `delivered`, `bounced`, `complained`: what the provider reported since.
 * `skipped`: rightly not sent, `reason` says why. `failed`: could not be sent on any channel. `unknown`: a crash between sending and recording.
 */
export const messageStatuses = [
  'sending',
  'retrying',
  'sent',
  'delivered',
  'bounced',
  'complained',
  'skipped',
  'failed',
  'unknown',
] as const;
const messageStatus = z.enum(messageStatuses);

export type ReplyTemplate = (typeof replyTemplates)[number];

export const sentTemplates = [...messageTemplates, ...replyTemplates] as const;

const skipReasons = [
  'cancelled',
  'moved',
  'superseded',
  'too_late',
  'not_completed',
  'has_booking',
  'already_confirmed',
  'no_address',
  'no_consent',
  'suppressed',
  'frequency_cap',
  'over_budget',
  'sms_country',
  'joined',
  'not_notified',
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** Identity of a message: with its client, all that tells it from every other. */
export const messageName = z.object({
  appointmentId: id.meta({
    description: 'What it is about; of an offer of the waiting list or an answer to a text its own id.',
  }),
  touchpoint: slug,
  occurrence: z
    .int()
    .min(0)
    .meta({ description: 'How often the appointment had been moved or cancelled; of a review its revision.' }),
});

const messageAnswer = messageName.extend({
  resend: z.int().optional().meta({ description: 'It repeats that message: 1 the first time.' }),
  by: z.string().optional().meta({ description: 'Who among staff had it sent again.' }),
  template: z.enum(sentTemplates),
  status: messageStatus,
  reason: z.string().optional(),
  channel: channel.optional(),
  parts: z.int().optional().meta({ description: 'SMS parts.' }),
  at: z.string().meta({ description: 'UTC; of the latest change.' }),
});

export const listMessages = route({
  id: 'listMessages',
  method: 'GET',
  path: '/v1/clients/{clientId}/messages',
  tag: 'messages',
  caller: roles,
  params: z.object({ clientId: id }),
  query: z.object({
    appointmentId: id.optional(),
    ...paging,
  }),
  summary: 'What was sent to a client, and what became of it, the newest first',
  status: 200,
  answer: z.object({ messages: z.array(messageAnswer), cursor: z.string().optional() }),
  errors: staffErrors,
});

const templateParams = z.object({ template: z.enum(messageTemplates), language });
const { subject, email, sms } = templateSchema.shape;
const templateText = z.object({ subject, email, sms });

const templateAnswer = z.object({
  subject: z.string(),
  email: z.string(),
  sms: z.string(),
  ...templateParams.shape,
  own: z.boolean().meta({ description: 'Whether the business has put its own words in place of the standard ones.' }),
  usable: z
    .boolean()
    .meta({ description: 'False for own words that became unfit since they were saved: the standard ones are sent.' }),
  version: z.int().meta({ description: 'For If-Match; 0 of a standard template.' }),
});

const placeholderAnswer = z.object({
  name: z.string(),
  about: z.string(),
  optional: z.boolean().meta({ description: 'May be empty; the line on which it stands is then left out.' }),
  required: z.boolean().meta({ description: 'E-mail and text must carry it.' }),
});

export const listTemplates = route({
  id: 'listTemplates',
  method: 'GET',
  path: '/v1/templates',
  tag: 'messages',
  caller: ['owner', 'manager', 'reception'],
  summary: 'What each message says, in every language, and what it may ask for',
  status: 200,
  answer: z.object({
    templates: z.array(
      z.object({
        template: z.enum(messageTemplates),
        placeholders: z.array(placeholderAnswer),
        texts: z.array(templateAnswer),
      }),
    ),
  }),
  errors: ['invalid_request', 'unauthenticated', 'forbidden'],
});
export const putTemplate = route({
  id: 'putTemplate',
  method: 'PUT',
  path: '/v1/templates/{template}/{language}',
  tag: 'messages',
  caller: ['owner', 'manager'],
  params: templateParams,
  body: templateText,
  precondition: 'required',
  summary: 'The business’s own words in place of the standard ones',
  description: 'In force within a minute, for messages planned before, too. If-Match: "0" where there are none yet.',
  status: 200,
  answer: templateAnswer,
  errors: [...staffErrors, ...versionErrors, 'unprocessable', ...bodyErrors, 'busy'],
});
export const deleteTemplate = route({
  id: 'deleteTemplate',
  method: 'DELETE',
  path: '/v1/templates/{template}/{language}',
  tag: 'messages',
  caller: ['owner', 'manager'],
  params: templateParams,
  precondition: 'required',
  summary: 'Back to the standard words',
  status: 200,
  answer: templateAnswer,
  errors: [...staffErrors, ...versionErrors, 'busy'],
});
export const previewTemplate = route({
  id: 'previewTemplate',
  method: 'POST',
  path: '/v1/templates/preview',
  tag: 'messages',
  caller: ['owner', 'manager', 'reception'],
  body: templateText.extend(templateParams.shape),
  summary: 'How a template would read on every channel, with made-up values; nothing is saved',
  status: 200,
  answer: z.object({
    subject: z.string(),
    html: z.string(),
    text: z.string(),
    sms: z.object({
      text: z.string(),
      parts: z.int().meta({ description: 'What the provider bills.' }),
      encoding: z.enum(['gsm-7', 'ucs-2']),
      charactersLeft: z.int().meta({ description: 'Until one more part begins.' }),
    }),
    warnings: z.array(z.object({ part: z.enum(['subject', 'email', 'sms']), message: z.string() })),
  }),
  errors: [...staffErrors, 'unprocessable', ...bodyErrors],
});

const subscriptionAnswer = z.object({
  channel,
  language,
  business: z.string(),
  marketing: z.boolean().meta({ description: 'Whether offers and invitations to come back may be sent.' }),
  reviews: z.boolean().meta({ description: 'Whether review requests may be sent.' }),
  all: z.boolean().meta({ description: 'Whether reminders and other service messages may be sent.' }),
  resumable: z.boolean().meta({
    description: 'They may not, and the link can change that; a bounce or a complaint only the business can lift.',
  }),
});

export const getSubscription = route({
  id: 'getSubscription',
  method: 'GET',
  path: '/v1/subscriptions/{token}',
  tag: 'by link',
  caller: 'link',
  params: linkParams,
  summary: 'What is sent to the address behind an unsubscribe link',
  status: 200,
  answer: subscriptionAnswer,
  errors: linkErrors,
});
export const unsubscribe = route({
  id: 'unsubscribe',
  method: 'POST',
  path: '/v1/subscriptions/{token}/unsubscribe',
  tag: 'by link',
  caller: 'link',
  params: linkParams,
  body: z.object({ scope: z.enum(['marketing', 'all']).default('marketing') }),
  summary: 'Stop messages to the address behind the link',
  description: 'Twice is the same as once.',
  neverRefused: true,
  status: 200,
  answer: subscriptionAnswer,
  errors: [...linkErrors, ...bodyErrors],
});
export const resumeSubscription = route({
  id: 'resumeSubscription',
  method: 'POST',
  path: '/v1/subscriptions/{token}/resume',
  tag: 'by link',
  caller: 'link',
  params: linkParams,
  summary: 'Send messages about visits to the address behind the link again',
  description: 'Advertising and review requests stay stopped. Twice is the same as once.',
  status: 200,
  answer: subscriptionAnswer,
  errors: [...linkActErrors, notResumable],
});
export const unsubscribeOneClick = route({
  id: 'unsubscribeOneClick',
  method: 'POST',
  path: '/v1/subscriptions/{token}/one-click',
  tag: 'by link',
  caller: 'link',
  params: linkParams,
  bodyType: 'application/x-www-form-urlencoded',
  body: z.object({ 'List-Unsubscribe': z.literal('One-Click') }),
  summary: 'One-click unsubscribing from a mail program (RFC 8058)',
  neverRefused: true,
  status: 200,
  contentType: 'text/plain; charset=utf-8',
  errors: [...linkErrors, ...bodyErrors],
});

export const messageRoutes = [listMessages, listTemplates, putTemplate, deleteTemplate, previewTemplate] as const;
export const subscriptionRoutes = [getSubscription, unsubscribe, resumeSubscription, unsubscribeOneClick] as const;
