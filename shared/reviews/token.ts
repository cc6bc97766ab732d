import type { Channel } from '../platform/fields.ts';
import { day } from '../platform/time/time.ts';
import { behindLink, signLink } from '../platform/tokens/sent-links.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';

/** Purpose of links from before they told their channel. */
const reviewPurpose = 'review';
const reviewEmailPurpose = 'review-email';
const reviewSmsPurpose = 'review-sms';
const reviewLink = { answer: reviewPurpose, email: reviewEmailPurpose, sms: reviewSmsPurpose };

/** A review link works until two months after the visit. `writtenTo`: the channel of the message in which it stands. */
export const reviewToken = (
  tokens: Tokens,
  { id, endsAt }: { id: string; endsAt: number },
  writtenTo: Channel,
): Promise<string> => signLink(tokens, reviewLink, id, endsAt + 60 * day, writtenTo);

/** The visit that a review link opens, and the channel by which it was sent. Throws link_invalid, link_expired. */
export const behindReviewLink = (
  tokens: Tokens,
  token: string,
): Promise<{ id: string; writtenTo: Channel | undefined }> => behindLink(tokens, reviewLink, token);
