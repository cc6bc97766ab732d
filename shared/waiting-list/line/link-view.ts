import type * as z from 'zod';
import { createSentAddress } from '../../booking/sent-address.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import type { MessageStore } from '../../messages/message.ts';
import type { Channel } from '../../platform/fields.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { Tokens } from '../../platform/tokens/tokens.ts';
import type { waitingAnswer } from '../contract.ts';
import { asJoined, isOfAnswer, rankingOf } from '../rules.ts';
import type { Waiting } from '../store.ts';
import { waitingToken, waitingView } from '../view.ts';
import type { Rank } from './rank.ts';

/**
 * Shows an entry to whoever holds its link. `writtenTo`: the channel of the message in which it stood; whoever has it from
 * the answer to joining learns nothing of the address. Entries from before were sent such a link, too.
 */
export const createLinkView = (deps: {
  catalogue: Pick<CatalogueReader, 'recent'>;
  rank: Pick<Rank, 'seen'>;
  addresses: Pick<MessageStore, 'statusOf'>;
  tokens: Tokens;
  now: Clock;
}) => {
  const { catalogue, rank, tokens, now } = deps;
  const sentAddress = createSentAddress(deps);
  const ofSentLink = async (waiting: Waiting, channel: Channel) => ({
    ranking: rankingOf(await rank.seen(waiting)),
    address: await sentAddress(waiting, channel),
  });
  return async (
    waiting: Waiting,
    writtenTo: Channel | undefined,
    language = waiting.contact.language,
  ): Promise<z.input<typeof waitingAnswer>> => {
    return {
      ...waitingView(
        await catalogue.recent(),
        isOfAnswer(waiting, writtenTo) ? asJoined(waiting) : waiting,
        language,
        now(),
      ),
      ...(writtenTo ? await ofSentLink(waiting, writtenTo) : {}),
      token: await waitingToken(tokens, waiting, writtenTo),
    };
  };
};
