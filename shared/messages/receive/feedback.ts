import * as z from 'zod';
import type { Clock } from '../../platform/time/clock.ts';
import type { Message, MessageStore } from '../send/store.ts';
import { keyOfTags } from '../send/tags.ts';

const tag = z.tuple([z.string()], z.string());

/** What SES publishes through the configuration set, as far as we use it. */
export const sesEvent = z.object({
  eventType: z.string(),
  mail: z.object({
    messageId: z.string(),
    tags: z.object({ client: tag.optional(), message: tag.optional() }).default({}),
  }),
  bounce: z
    .object({ bounceType: z.string(), bouncedRecipients: z.array(z.object({ emailAddress: z.string() })) })
    .optional(),
  complaint: z.object({ complainedRecipients: z.array(z.object({ emailAddress: z.string() })) }).optional(),
});
export type SesEvent = z.output<typeof sesEvent>;

const recipients = ({ bounce, complaint }: SesEvent): string[] =>
  [...(bounce?.bouncedRecipients ?? []), ...(complaint?.complainedRecipients ?? [])].map(({ emailAddress }) =>
    // SES reports an address as it stood in the header: `Name <address>` is possible.
    (/<([^>]+)>/.exec(emailAddress)?.[1] ?? emailAddress).toLowerCase(),
  );

const outcomeOf = (event: SesEvent): Message['status'] | undefined => {
  if (event.eventType === 'Complaint') return 'complained';
  if (event.eventType === 'Bounce') return 'bounced';
  return event.eventType === 'Delivery' ? 'delivered' : undefined;
};

/** What may follow what: a late report of delivery never hides a bounce. */
const precedence: readonly Message['status'][] = [
  'sending',
  'retrying',
  'unknown',
  'sent',
  'delivered',
  'bounced',
  'complained',
];

/** Records what became of a message, and never again writes to an address that does not exist or that complained. */
export const createFeedback = ({ store, now }: { store: MessageStore; now: Clock }) => {
  const record = async (event: SesEvent, status: Message['status']): Promise<void> => {
    const { client, message } = event.mail.tags;
    const key = client && message ? keyOfTags(client[0], message[0]) : undefined;
    const seen = key && (await store.get(key));
    if (!key || !seen || precedence.indexOf(status) <= precedence.indexOf(seen.status)) return;
    // The report may be faster than whoever sent the mail and is about to record the channel.
    const written = await store.update(key, seen, { status, channel: 'email', at: now() });
    if (!written) throw new Error('The message changed while its feedback was recorded');
  };

  return async (event: SesEvent): Promise<void> => {
    const status = outcomeOf(event);
    if (!status) return;
    const final = status === 'complained' || event.bounce?.bounceType === 'Permanent';
    if (final) for (const address of recipients(event)) await store.suppress(address, { reason: status, at: now() });
    if (status !== 'bounced' || final) await record(event, status);
  };
};
