import type { Channel } from '../platform/fields.ts';
import { day, type Instant } from '../platform/time/time.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';

const stopEmailPurpose = 'stop-email';
const stopSmsPurpose = 'stop-sms';

/** Laws want an unsubscribe link to work for at least 30 days (CAN-SPAM); a year costs nothing. */
const lifetime = 365 * day;

/** Opens the page of what is sent by one channel to whoever the subject, 16 characters, stands for. */
export const stopToken = (tokens: Tokens, channel: Channel, subject: string, now: Instant): Promise<string> =>
  tokens.sign(channel === 'email' ? stopEmailPurpose : stopSmsPurpose, subject, now + lifetime);

/** The absolute address that stops messages by one channel to the subject. */
export const stopLink = async (
  { tokens, publicUrl }: { tokens: Tokens; publicUrl: string },
  channel: Channel,
  subject: string,
  now: Instant,
): Promise<string> => `${publicUrl}/u/${await stopToken(tokens, channel, subject, now)}`;

/** Contents of such a link. Throws link_invalid, link_expired. */
export const behindStopLink = async (tokens: Tokens, token: string): Promise<{ channel: Channel; subject: string }> => {
  const { subject, purpose } = await tokens.verify(token, stopEmailPurpose, stopSmsPurpose);
  return { channel: purpose === stopEmailPurpose ? 'email' : 'sms', subject };
};
