import type { ClientRecord } from '../store.ts';
import { fold } from './fold.ts';
import type { Sharers } from './lookup-store.ts';

/**
 * Finds the client with the addresses, the phone first: whose phone it is, else whose e-mail. Where a family shares it: the one of that first name, else the one who has
 * the e-mail too, else the holder.
 */
export const createFind =
  (deps: {
    lookUp: (addresses: readonly string[]) => Promise<(Sharers | undefined)[]>;
    get: (clientId: string) => Promise<ClientRecord | undefined>;
  }) =>
  async (addresses: readonly string[], firstName: string | undefined): Promise<string | undefined> => {
    const found = (await deps.lookUp(addresses)).filter((sharers) => sharers !== undefined);
    const [first, second] = found;
    if (!first) return undefined;
    const [holder, ...others] = first.clientIds;
    if (others.length === 0) return holder;
    const name = fold(firstName ?? '');
    const cards = await Promise.all(first.clientIds.map((clientId) => deps.get(clientId)));
    const namesakes = cards.flatMap((card) => (card && fold(card.firstName) === name ? [card.id] : []));
    const alsoThere = first.clientIds.filter((clientId) => second?.clientIds.includes(clientId));
    const sure = [namesakes, alsoThere].find((candidates) => candidates.length === 1);
    return sure?.[0] ?? holder;
  };
