import type { Channel } from '../platform/fields.ts';
import { day, type Instant } from '../platform/time/time.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';

const stopEmailPurpose = 'stop-email';
const stopSmsPurpose = 'stop-sms';

/** Laws want an unsubscribe link to work for at least 30 days (CAN-SPAM); a year costs nothing. */
const lifetime = 365 * day;

/** The absolute address that stops messages by one channel to whoever the subject, 16 characters, stands for. */
export const stopLink = async (
  { tokens, publicUrl }: { tokens: Tokens; publicUrl: string },
  channel: Channel,
  subject: string,
  now: Instant,
): Promise<string> =>
  `${publicUrl}/u/${await tokens.sign(channel === 'email' ? stopEmailPurpose : stopSmsPurpose, subject, now + lifetime)}`;

/** What stands in such a link. Throws link_invalid, link_expired. */
export const behindStopLink = async (tokens: Tokens, token: string): Promise<{ channel: Channel; subject: string }> => {
  const { subject, purpose } = await tokens.verify(token, stopEmailPurpose, stopSmsPurpose);
  return { channel: purpose === stopEmailPurpose ? 'email' : 'sms', subject };
};
