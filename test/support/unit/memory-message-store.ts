import type { Message, MessageKey, MessageStore } from '../../../shared/messages/send/store.ts';

const nameOf = ({ clientId, appointmentId, touchpoint, occurrence, resend }: MessageKey): string =>
  [clientId, appointmentId, touchpoint, occurrence, resend].join('#');

/** The store of messages in memory, with the conditions of the real one. */
export const memoryStore = () => {
  const messages = new Map<string, Message>();
  const suppressed = new Map<string, string>();
  /** When advertising was refused at an address. */
  const refused = new Map<string, number>();
  /** Marketing messages of late by client and by address. */
  const windows = new Map<string, string[]>();
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
      return { ...(reason ? { suppression: { reason, at: 0 } } : {}), refusedAt: refused.get(address) };
    },
    suppress: async (address, { reason }) => void suppressed.set(address, reason),
    stop: async (address) => void suppressed.set(address, 'stopped'),
    lift: async (address) => void suppressed.delete(address),
    refuse: async (address, _, at) => void refused.set(address, at),
    ofClient: async () => [...messages.values()],
    countResend: () => {
      throw new Error('Only the real store has transactions');
    },
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
  return { store, messages, suppressed, refused, windows };
};
