import * as z from 'zod';
import { templates } from '../business/catalogue.ts';
import { roles, route } from '../platform/contract.ts';
import { channel, id, language, linkParams, slug } from '../platform/fields.ts';

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
export const messageStatus = z.enum(messageStatuses);

export const messageTemplates = [...templates, 'low-score'] as const;

export const skipReasons = [
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
] as const;

export const messageAnswer = z.object({
  appointmentId: id,
  touchpoint: slug,
  template: z.enum(messageTemplates),
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
    limit: z.coerce.number().int().min(1).max(100).default(50),
    cursor: z.string().max(500).optional(),
  }),
  summary: 'What was sent to a client, and what became of it',
  status: 200,
  answer: z.object({ messages: z.array(messageAnswer), cursor: z.string().optional() }),
  errors: ['invalid_request', 'unauthenticated', 'forbidden'],
});

export const subscriptionAnswer = z.object({
  channel,
  language,
  business: z.string(),
  marketing: z.boolean().meta({ description: 'Whether offers and invitations to come back may be sent.' }),
  reviews: z.boolean().meta({ description: 'Whether review requests may be sent.' }),
  all: z.boolean().meta({ description: 'Whether reminders and other service messages may be sent.' }),
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
  errors: ['invalid_request', 'link_invalid', 'link_expired'],
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
  status: 200,
  answer: subscriptionAnswer,
  errors: ['invalid_request', 'link_invalid', 'link_expired', 'body_too_large', 'unsupported_media_type'],
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
  status: 200,
  contentType: 'text/plain; charset=utf-8',
  errors: ['invalid_request', 'link_invalid', 'link_expired', 'body_too_large', 'unsupported_media_type'],
});

export const messageRoutes = [listMessages, getSubscription, unsubscribe, unsubscribeOneClick] as const;
