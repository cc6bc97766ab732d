import type { Consumers } from '../background/kinds.ts';
import { textReplyFor } from './wiring.ts';

/** Answers to clients' texts that fall due. */
export const textReplies = (deps: Parameters<typeof textReplyFor>[0]): Pick<Consumers, 'text-reply'> => ({
  'text-reply': textReplyFor(deps),
});
