import type { Channel, Language } from '../platform/fields.ts';
import type { Message, MessageKey, MessageStore, Told } from './send/store.ts';

export type { Message, MessageKey, MessageStore, Told };

/** Nothing has come of it yet. */
export const isOpen = ({ status }: Pick<Message, 'status'>): boolean => status === 'sending' || status === 'retrying';

/** It waits for room in the budget of its address. */
export const isHeld = ({ status, reason }: Pick<Message, 'status' | 'reason'>): boolean =>
  status === 'retrying' && reason === 'over_budget';

export interface Recipient {
  channel: Channel;
  /** E-mail address, or phone in E.164. */
  address: string;
}

/** A message that somebody wants sent; its key is its purpose. */
export interface OutgoingMessage {
  key: MessageKey;
  template: Message['template'];
  language: Language;
  /** A crash between sending and recording: a service message then goes once more, marketing never. */
  purpose: 'service' | 'marketing';
  /** Carries an unsubscribe link, so whoever has pressed it gets no more of these. */
  stoppable: boolean;
  /** Answers a stop, or a call for help: carriers want it sent although the address wants no more. */
  despiteStop?: true;
  /**
   * Origin of the message. `client`: somebody pressed something on a page. `visit`: it is due around a visit, as a reminder
   * is. `business`: staff, or a change of the business.
   */
  cause: 'client' | 'visit' | 'business';
  /** Its subject was booked on a page: as long as the address is not proven it draws on a small budget of its own. */
  isOnline?: boolean | undefined;
  /** Member of staff who had it sent again. */
  by?: string | undefined;
  /** Facts that it tells of each appointment that it is about. */
  told?: readonly Told[] | undefined;
  /** Days after which its record goes. */
  keptDays: number;
  /** In order of preference. */
  recipients: readonly Recipient[];
  /** The whole mail to the address, as MIME. Throws AddressFault for an address that can't stand in a header. */
  mail(address: string): Promise<Uint8Array>;
  /** `first`: of all to the number, so that it must say how to stop. */
  text(first?: boolean): { text: string; parts: number };
}
