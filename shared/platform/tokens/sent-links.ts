import { type Channel, channels } from '../fields.ts';
import type { Instant } from '../time/time.ts';
import type { Purpose, Tokens } from './tokens.ts';

/**
 * Purposes of one kind of link. `answer`: it is handed out in an answer, and says nothing about whose the addresses are.
 * By channel: it stands in a message, and whoever presses it reads what is sent there.
 */
export type LinkPurposes = Readonly<Record<Channel | 'answer', Purpose>>;

/** The token of a link. `writtenTo`: the channel of the message in which it stands; absent for one of an answer. */
export const signLink = (
  tokens: Tokens,
  purposes: LinkPurposes,
  subject: string,
  expiresAt: Instant,
  writtenTo: Channel | undefined,
): Promise<string> => tokens.sign(purposes[writtenTo ?? 'answer'], subject, expiresAt);

export interface LinkBehind {
  id: string;
  /** The channel by which the link was sent; undefined for one of an answer. */
  writtenTo: Channel | undefined;
}

/** The subject of a link, and the channel by which it was sent, whether or not it has expired. Throws link_invalid. */
export const readLink = async (
  tokens: Tokens,
  purposes: LinkPurposes,
  token: string,
): Promise<LinkBehind & { expiresAt: Instant }> => {
  const { subject, purpose, expiresAt } = await tokens.read(token, purposes.answer, purposes.email, purposes.sms);
  return { id: subject, writtenTo: channels.find((channel) => purposes[channel] === purpose), expiresAt };
};

/** Does what `readLink` does for a link that is still good. Throws link_invalid, link_expired. */
export const behindLink = async (tokens: Tokens, purposes: LinkPurposes, token: string): Promise<LinkBehind> => {
  const { subject, purpose } = await tokens.verify(token, purposes.answer, purposes.email, purposes.sms);
  return { id: subject, writtenTo: channels.find((channel) => purposes[channel] === purpose) };
};
