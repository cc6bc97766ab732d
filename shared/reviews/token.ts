import { day } from '../platform/time/time.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';

/** A review link works until two months after the visit. */
export const reviewToken = (tokens: Tokens, { id, endsAt }: { id: string; endsAt: number }): Promise<string> =>
  tokens.sign('review', id, endsAt + 60 * day);
