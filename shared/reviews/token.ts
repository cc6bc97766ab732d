import { day } from '../platform/time/time.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';

export const reviewPurpose = 'review';

/** A review link works until two months after the visit. */
export const reviewToken = (tokens: Tokens, { id, endsAt }: { id: string; endsAt: number }): Promise<string> =>
  tokens.sign(reviewPurpose, id, endsAt + 60 * day);
