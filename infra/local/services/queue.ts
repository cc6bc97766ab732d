import { randomUUID } from 'node:crypto';
import { maxReceives } from '../../manifest.ts';

export interface QueuedMessage {
  id: string;
  body: string;
  /** Instants in milliseconds. */
  sentAt: number;
  visibleAt: number;
  firstReceivedAt?: number;
  receives: number;
}

export interface QueueState {
  waiting: QueuedMessage[];
  dead: QueuedMessage[];
}

/** A queue of due work as SQS keeps it. */
export interface Queue {
  send(body: string, delaySeconds: number): QueuedMessage;
  /** Up to `max` visible messages; they turn invisible for the visibility timeout, or go to the dead letters. */
  receive(max: number): QueuedMessage[];
  remove(id: string): void;
  /** The next instant at which a message that can't be seen now can be. */
  nextVisible(): number | undefined;
  waiting(): readonly QueuedMessage[];
  dead(): readonly QueuedMessage[];
  /** Makes the dead letters visible again, as new messages; answers how many. */
  redrive(): number;
  state(): QueueState;
}

export interface QueueOptions {
  now: () => number;
  /** Called after every change. */
  changed: () => void;
  visibilityTimeoutMs: number;
  state?: QueueState | undefined;
}

export const createQueue = ({ now, changed, visibilityTimeoutMs, state }: QueueOptions): Queue => {
  const waiting = new Map((state?.waiting ?? []).map((message) => [message.id, message]));
  const dead = [...(state?.dead ?? [])];

  const bury = (message: QueuedMessage): void => {
    waiting.delete(message.id);
    dead.push(message);
    console.error(`A queue gives up on a message after ${message.receives} deliveries: ${message.body}`);
  };

  return {
    send: (body, delaySeconds) => {
      const sentAt = now();
      const message = { id: randomUUID(), body, sentAt, visibleAt: sentAt + delaySeconds * 1000, receives: 0 };
      waiting.set(message.id, message);
      changed();
      return message;
    },
    receive: (max) => {
      const at = now();
      const visible = [...waiting.values()].filter((message) => message.visibleAt <= at);
      const received: QueuedMessage[] = [];
      for (const message of visible) {
        if (received.length === max) break;
        if (message.receives >= maxReceives) {
          bury(message);
          continue;
        }
        message.receives += 1;
        message.firstReceivedAt ??= at;
        message.visibleAt = at + visibilityTimeoutMs;
        received.push(message);
      }
      if (visible.length > 0) changed();
      return received;
    },
    remove: (id) => {
      if (waiting.delete(id)) changed();
    },
    nextVisible: () => {
      const at = now();
      const later = [...waiting.values()].map((message) => message.visibleAt).filter((visibleAt) => visibleAt > at);
      return later.length === 0 ? undefined : later.reduce((a, b) => Math.min(a, b));
    },
    waiting: () => [...waiting.values()],
    dead: () => dead,
    redrive: () => {
      const buried = dead.splice(0);
      for (const { id, body } of buried) waiting.set(id, { id, body, sentAt: now(), visibleAt: now(), receives: 0 });
      if (buried.length > 0) changed();
      return buried.length;
    },
    state: () => ({ waiting: [...waiting.values()], dead }),
  };
};
