import type { Message, MessageKey, MessageStore } from '../../../shared/messages/store.ts';

const nameOf = ({ clientId, appointmentId, touchpoint, occurrence }: MessageKey): string =>
  [clientId, appointmentId, touchpoint, occurrence].join('#');

/** The store of messages in memory, with the conditions of the real one. */
export const memoryStore = () => {
  const messages = new Map<string, Message>();
  const suppressed = new Map<string, string>();
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
    suppress: async (address, reason) => void suppressed.set(address, reason),
    isSuppressed: async (address) => suppressed.has(address),
    ofClient: async () => ({ messages: [...messages.values()], last: undefined }),
  };
  return { store, messages, suppressed };
};
