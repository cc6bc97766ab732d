import type { Budget } from '../../../shared/messages/send/budget.ts';
import type { Message, MessageKey, MessageStore } from '../../../shared/messages/send/store.ts';

const nameOf = ({ clientId, appointmentId, touchpoint, occurrence, resend }: MessageKey): string =>
  [clientId, appointmentId, touchpoint, occurrence, resend].join('#');

const onlyInTransactions = (): never => {
  throw new Error('Only the real store has transactions');
};

/** The store of messages in memory, with the conditions of the real one. */
export const memoryStore = () => {
  const messages = new Map<string, Message>();
  const suppressed = new Map<string, string>();
  /** When advertising was refused at an address. */
  const refused = new Map<string, number>();
  /** Marketing messages of late by client and by address. */
  const windows = new Map<string, string[]>();
  /** Service messages of late by count and address. */
  const spent = new Map<string, { id: string; at: number }[]>();
  const store: MessageStore = {
    get: async (key) => messages.get(nameOf(key)),
    putNew: async (created) => {
      if (messages.has(nameOf(created))) return false;
      messages.set(nameOf(created), created);
      return true;
    },
    update: async (key, seen, outcome) => {
      const current = messages.get(nameOf(key));
      if (!current || current.status !== seen.status || current.attempts !== seen.attempts) return false;
      messages.set(nameOf(key), { ...current, ...outcome });
      return true;
    },
    statusOf: async (address) => {
      const reason = suppressed.get(address);
      return { ...(reason ? { suppression: { reason, at: 0 } } : {}), refusedAt: refused.get(address), provenFor: [] };
    },
    suppress: async (address, { reason }) => void suppressed.set(address, reason),
    stop: async (address) => void suppressed.set(address, 'stopped'),
    lift: async (address) => void suppressed.delete(address),
    isFirstTo: async () => false,
    stopping: onlyInTransactions,
    resuming: onlyInTransactions,
    refuse: async (address, _, at) => void refused.set(address, at),
    ofClient: async () => [...messages.values()],
    countResend: onlyInTransactions,
    reserve: async ({ id, clientId, address }, cap) => {
      const owners = [clientId, address].map((owner) => [owner, windows.get(owner) ?? []] as const);
      if (owners.some(([, sends]) => !sends.includes(id) && sends.length >= cap.messages)) return false;
      for (const [owner, sends] of owners) if (!sends.includes(id)) windows.set(owner, [...sends, id]);
      return true;
    },
    refund: async ({ id, clientId, address }) => {
      for (const owner of [clientId, address])
        windows.set(
          owner,
          (windows.get(owner) ?? []).filter((other) => other !== id),
        );
      return true;
    },
  };
  const budget: Budget = {
    spend: async ({ address, message, at }, { of, limits }) => {
      const name = `${of} ${address}`;
      const counted = spent.get(name) ?? [];
      if (counted.some(({ id }) => id === message)) return { freeAt: undefined };
      const ofLate = counted.filter((send) => send.at > at - 3_600_000);
      if (limits && ofLate.length >= limits.perHour)
        return { freeAt: (ofLate.at(-limits.perHour)?.at ?? at) + 3_600_000 };
      spent.set(name, [...counted, { id: message, at }]);
      return { freeAt: undefined };
    },
    giveBack: async ({ address, message }) => {
      for (const name of [`sends ${address}`, `unproven ${address}`])
        spent.set(
          name,
          (spent.get(name) ?? []).filter(({ id }) => id !== message),
        );
    },
  };
  return { store, budget, messages, suppressed, refused, windows, spent };
};
