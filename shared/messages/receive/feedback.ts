import * as z from 'zod';
import type { Clock } from '../../platform/time/clock.ts';
import type { Message, MessageStore } from '../send/store.ts';
import { keyOfTags } from '../send/tags.ts';

const tag = z.tuple([z.string()], z.string());

/** Notice that SES publishes through the configuration set, as far as we use it. */
export const sesEvent = z.object({
  eventType: z.string(),
  mail: z.object({
    messageId: z.string(),
    tags: z.object({ client: tag.optional(), message: tag.optional() }).default({}),
  }),
  bounce: z
    .object({ bounceType: z.string(), bouncedRecipients: z.array(z.object({ emailAddress: z.string() })) })
    .optional(),
  complaint: z
    .object({
      complainedRecipients: z.array(z.object({ emailAddress: z.string() })),
      complaintFeedbackType: z.string().nullish(),
    })
    .optional(),
});
export type SesEvent = z.output<typeof sesEvent>;

const recipients = ({ bounce, complaint }: SesEvent): string[] =>
  [...(bounce?.bouncedRecipients ?? []), ...(complaint?.complainedRecipients ?? [])].map(({ emailAddress }) =>
    // SES reports an address as it stood in the header: `Name <address>` is possible.
    (/<([^>]+)>/.exec(emailAddress)?.[1] ?? emailAddress).toLowerCase(),
  );

/** Report that takes an earlier complaint back: the mail was sorted as spam by mistake. */
const isForgiving = ({ complaint }: SesEvent): boolean => complaint?.complaintFeedbackType === 'not-spam';

const outcomeOf = (event: SesEvent): Message['status'] | undefined =>
  (({ Complaint: 'complained', Bounce: 'bounced', Delivery: 'delivered', Reject: 'failed' }) as const)[event.eventType];

/** Order of reports: a late one of delivery hides no bounce, but tells that what seemed to have failed arrived. */
const precedence: readonly Message['status'][] = [
  'sending',
  'retrying',
  'unknown',
  'sent',
  'failed',
  'delivered',
  'bounced',
  'complained',
];

/**
 * Records what became of a message, and never again writes to an address that does not exist or that complained, until
 * the provider reports that the complaint was none.
 */
export const createFeedback = ({ store, now }: { store: MessageStore; now: Clock }) => {
  const record = async (event: SesEvent, status: Message['status'], isSoft: boolean): Promise<void> => {
    const { client, message } = event.mail.tags;
    const key = client && message ? keyOfTags(client[0], message[0]) : undefined;
    const seen = key && (await store.get(key));
    if (!key || !seen || precedence.indexOf(status) <= precedence.indexOf(seen.status)) return;
    // An answer of a mailbox that has taken the mail, such as a note of absence, comes as a soft bounce, too.
    if (isSoft && seen.status === 'delivered') return;
    // The report may be faster than whoever sent the mail and is about to record the channel.
    const written = await store.update(key, seen, { status, channel: 'email', at: now() });
    if (!written) throw new Error('The message changed while its feedback was recorded');
  };

  const forgive = async (address: string): Promise<void> => {
    const { suppression } = await store.statusOf(address);
    if (suppression?.reason === 'complained') await store.lift(address, 'not-spam', now());
  };

  return async (event: SesEvent): Promise<void> => {
    if (isForgiving(event)) return void (await Promise.all(recipients(event).map(forgive)));
    const status = outcomeOf(event);
    if (!status) return;
    const isSoft = status === 'bounced' && event.bounce?.bounceType !== 'Permanent';
    if (status === 'complained' || (status === 'bounced' && !isSoft))
      for (const address of recipients(event)) await store.suppress(address, { reason: status, at: now() });
    await record(event, status, isSoft);
  };
};
