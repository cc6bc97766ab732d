import type { Channel } from '../platform/fields.ts';
import type { Message, MessageKey, MessageStore } from './send/store.ts';

export type { Message, MessageKey, MessageStore };

/** Nothing has come of it yet. */
export const isOpen = ({ status }: Pick<Message, 'status'>): boolean => status === 'sending' || status === 'retrying';

export interface Recipient {
  channel: Channel;
  /** E-mail address, or phone in E.164. */
  address: string;
}

/** A message that somebody wants sent; its key is its purpose. */
export interface OutgoingMessage {
  key: MessageKey;
  template: Message['template'];
  /** A crash between sending and recording: a service message then goes once more, marketing never. */
  purpose: 'service' | 'marketing';
  /** Carries an unsubscribe link, so whoever has pressed it gets no more of these. */
  stoppable: boolean;
  /** Answers a stop, or a call for help: carriers want it sent although the address wants no more. */
  despiteStop?: true;
  /** Who among staff had it sent again. */
  by?: string | undefined;
  /** In order of preference. */
  recipients: readonly Recipient[];
  /** The whole mail to the address, as MIME. Throws AddressFault for an address that can't stand in a header. */
  mail(address: string): Promise<Uint8Array>;
  text(): { text: string; parts: number };
}
