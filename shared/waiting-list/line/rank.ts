import type { OutboxMessage } from '../../background/kinds.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import type { ReachOf } from '../../clients/addresses/reach.ts';
import type { Random } from '../../platform/ids.ts';
import { retry } from '../../platform/table/retry.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { stateOf, takesRoom } from '../rules.ts';
import type { Waiting, WaitingStore } from '../store.ts';
import { ahead, isAwaitingProof, isOffered } from './ahead.ts';
import type { Crowd } from './crowd.ts';
import { provenChannel } from './proven-channel.ts';

type Proven = Extract<OutboxMessage, { kind: 'address-proven' }>;

/** Settles which entries rank: those whose address has become the client's own, and those from before that was asked. */
export const createRank = (deps: {
  table: RegularsTable;
  catalogue: Pick<CatalogueReader, 'recent'>;
  store: WaitingStore;
  reachOf: ReachOf;
  crowd: Crowd;
  now: Clock;
  random: Random;
}) => {
  const { table, catalogue, store, reachOf, crowd, now, random } = deps;

  const put = async (to: Waiting): Promise<boolean> => (await transact(table, [store.replace(to)])).committed;

  /** The address of what stood there has been proved: somebody else has the room. */
  const roomLeft = async (waiting: Waiting): Promise<void> => {
    if (takesRoom(waiting)) await crowd.giveBack(waiting, waiting.createdAt);
  };

  /** `undefined`: somebody was faster. */
  const rank = async (id: string): Promise<boolean | undefined> => {
    const waiting = await store.get(id);
    if (!waiting || !isAwaitingProof(waiting) || stateOf(waiting, now()) !== 'waiting') return false;
    const proven = await provenChannel(reachOf, waiting.clientId, waiting.contact);
    if (!proven) return false;
    if (!(await put({ ...waiting, ranking: 'ranks', proven, updatedAt: now() }))) return undefined;
    await roomLeft(waiting);
    return true;
  };

  /** Decides about an entry from before there were rankings; `ranking` stays absent where too many are being asked already. */
  const decide = async (waiting: Waiting): Promise<Waiting> => {
    const proven = await provenChannel(reachOf, waiting.clientId, waiting.contact);
    if (proven) return { ...waiting, ranking: 'ranks', proven };
    const { settings } = await catalogue.recent();
    return (await crowd.takeRoom(waiting, now(), settings.waitingList)) ? { ...waiting, ranking: 'unproven' } : waiting;
  };

  return {
    roomLeft,

    /** Has what waits for the proof rank, as much as one client may wait for. Harmless when it comes twice. */
    async addressProven({ clientId, onlyParked }: Proven): Promise<'ranked' | 'nothing'> {
      const { settings } = await catalogue.recent();
      const all = await ahead(store, clientId, now());
      let room = settings.publicForms.openPerClient - all.filter(isOffered).length;
      let ranked = false;
      const awaiting = all.filter((each) => (onlyParked ? each.ranking === 'parked' : isAwaitingProof(each)));
      for (const { id } of awaiting) {
        if (room <= 0 || !(await retry(random, () => rank(id)))) continue;
        room -= 1;
        ranked = true;
      }
      return ranked ? 'ranked' : 'nothing';
    },

    /** The entry with the ranking that it has, or, from before, would have. */
    async seen(waiting: Waiting): Promise<Waiting> {
      if (waiting.ranking !== undefined) return waiting;
      const proven = await provenChannel(reachOf, waiting.clientId, waiting.contact);
      return { ...waiting, ranking: proven ? 'ranks' : 'unproven' };
    },

    /** The entry with its ranking; one from before is written down, and its client asked for a proof where none is known. */
    async settled(waiting: Waiting): Promise<Waiting> {
      if (waiting.ranking !== undefined) return waiting;
      const to = { ...(await decide(waiting)), updatedAt: now() };
      if (to.ranking !== undefined) await put(to);
      return to;
    },
  };
};
export type Rank = ReturnType<typeof createRank>;
