import type { Message } from '../../../../infra/local/services/mailbox.ts';
import type { Catalogue } from '../../../../shared/business/catalogue.ts';
import { expectedOf, type Pace } from '../../journey/expected.ts';
import type { Life } from '../../journey/life.ts';

const named = (tag: string | undefined): string => {
  const [, touchpoint, occurrence] = /^[0-9a-z]{16}_(.+)_(\d+)$/.exec(tag ?? '') ?? [];
  return `${touchpoint} ${occurrence}`;
};

/** What is wrong with the order in which the mails about one appointment went, or with how often. */
export const orderFaults = (
  life: Life,
  others: readonly Life[],
  catalogue: Catalogue,
  mails: readonly Message[],
  now: number,
  pace: Pace,
): string[] => {
  const { messages } = expectedOf(life, others, catalogue, now, pace);
  const sent = mails.map(({ tags }) => named(tags['message']));
  const inOrder = messages
    .toSorted((a, b) => a.due - b.due)
    .map(({ touchpoint, occurrence }) => `${touchpoint} ${occurrence}`)
    .filter((message) => sent.includes(message));
  return sent.join() === inOrder.join() ? [] : [`${life.id}: ${sent.join()} went, where ${inOrder.join()} was right`];
};
