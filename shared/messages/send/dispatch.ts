import { Later } from '../../background/later.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import type { Clients } from '../../clients/clients.ts';
import type { SkipReason } from '../../journey/applies.ts';
import type { Channel } from '../../platform/fields.ts';
import { newId, type Random } from '../../platform/ids.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { minute } from '../../platform/time/time.ts';
import { AddressFault } from '../compose/mail.ts';
import { type Channels, SendingRefused } from './channels.ts';
import { createWelcome } from './eligibility.ts';
import { isOpen, type Message, type MessageKey, type MessageStore } from './store.ts';
import { messageTag } from './tags.ts';

export interface Recipient {
  channel: Channel;
  /** E-mail address, or phone in E.164. */
  address: string;
}

/** A message that somebody wants sent; its key is its purpose. */
export interface Letter {
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
  mail(address: string): Promise<Uint8Array>;
  text(): { text: string; parts: number };
}

/** Another invocation is sending it at this moment. */
const beingSent = (): Later => new Later('BeingSent');

/** Longer than the function's time limit: whoever claimed it before that is dead. */
const lease = 1.5 * minute;

/** An address that can't stand in a mail header is as good as refused. */
const composed = async (letter: Letter, address: string): Promise<Uint8Array> => {
  try {
    return await letter.mail(address);
  } catch (error) {
    if (error instanceof AddressFault) throw new SendingRefused(error.name);
    throw error;
  }
};

/** The one door: consent, suppression, frequency cap, claim, send, outcome. */
export const createDoor = (deps: {
  store: MessageStore;
  clients: Pick<Clients, 'consentOf'>;
  catalogue: Pick<CatalogueReader, 'recent'>;
  channels: Channels;
  now: Clock;
  random: Random;
}) => {
  const { store, catalogue, channels, now, random } = deps;
  const reasonAgainst = createWelcome(deps);

  const isInHand = ({ status, at }: Message): boolean => status === 'sending' && now() - at < lease;

  const firstRecord = ({ key, template, by }: Letter) => ({
    ...key,
    template,
    by,
    since: now(),
    claim: newId(random),
  });

  const marketingSend = ({ key }: Letter, { address }: Recipient) => ({
    id: `${key.clientId}.${messageTag(key)}`,
    clientId: key.clientId,
    address,
    at: now(),
  });

  /** Service messages don't count. */
  const withinCap = async (letter: Letter, recipient: Recipient): Promise<boolean> => {
    if (letter.purpose === 'service') return true;
    const { settings } = await catalogue.recent();
    return store.reserve(marketingSend(letter, recipient), settings.frequencyCap);
  };

  /** It certainly was not sent. */
  const refund = async (letter: Letter): Promise<void> => {
    if (letter.purpose === 'service') return;
    for (const recipient of letter.recipients) await store.refund(marketingSend(letter, recipient));
  };

  /** It had ended before: the place that this try has taken is free again unless it was sent then. */
  const refundUnlessSent = async (letter: Letter): Promise<void> => {
    if (letter.purpose === 'service') return;
    const seen = await store.get(letter.key);
    if (seen?.status === 'failed' || seen?.status === 'skipped') await refund(letter);
  };

  /** Records why a message is rightly not sent; does nothing if it has an outcome already. Throws Later. */
  const skip = async (letter: Letter, reason: SkipReason): Promise<void> => {
    const skipped = { status: 'skipped', reason, at: now() } as const;
    if (await store.putNew({ ...firstRecord(letter), attempts: 0, ...skipped })) return;
    const seen = await store.get(letter.key);
    if (!seen || !isOpen(seen)) return;
    const outcome = seen.status === 'retrying' ? skipped : ({ status: 'unknown', at: now() } as const);
    if (isInHand(seen) || !(await store.update(letter.key, seen, outcome))) throw beingSent();
    if (seen.status === 'retrying') await refund(letter);
  };

  const admitted = async (letter: Letter): Promise<{ recipients: Recipient[]; refusal: SkipReason }> => {
    let refusal: SkipReason = 'no_address';
    const recipients: Recipient[] = [];
    for (const recipient of letter.recipients) {
      const reason = await reasonAgainst(letter, recipient);
      if (reason) refusal = reason;
      else recipients.push(recipient);
    }
    // A place is taken for the first that has one left; for the others when it comes to them.
    while (recipients[0] && !(await withinCap(letter, recipients[0]))) {
      refusal = 'frequency_cap';
      recipients.shift();
    }
    return { recipients, refusal };
  };

  /** What was claimed, or undefined when there is nothing left to do. Throws Later. */
  const claim = async (letter: Letter): Promise<Pick<Message, 'status' | 'attempts'> | undefined> => {
    const first = { status: 'sending', attempts: 1 } as const;
    if (await store.putNew({ ...firstRecord(letter), ...first, at: now() })) return first;
    const seen = await store.get(letter.key);
    if (!seen || !isOpen(seen)) return undefined;
    if (isInHand(seen)) throw beingSent();
    const crashed = seen.status === 'sending';
    if (crashed && (letter.purpose === 'marketing' || seen.attempts > 1)) {
      await store.update(letter.key, seen, { status: 'unknown', at: now() });
      return undefined;
    }
    const again = { status: 'sending', attempts: seen.attempts + (crashed ? 1 : 0) } as const;
    if (!(await store.update(letter.key, seen, { ...again, at: now() }))) throw beingSent();
    return again;
  };

  const dispatch = async (
    letter: Letter,
    { channel, address }: Recipient,
  ): Promise<{ providerId: string; parts?: number }> => {
    if (channel === 'email') {
      const tags = { client: letter.key.clientId, message: messageTag(letter.key) };
      return { providerId: await channels.mail({ to: address, raw: await composed(letter, address), tags }) };
    }
    const { text, parts } = letter.text();
    const kind = letter.purpose === 'marketing' ? 'Promotional' : 'Transactional';
    return { providerId: await channels.text({ to: address, text, kind }), parts };
  };

  return {
    skip,

    /** Sends once, whoever else tries. Throws when it must be tried again later. */
    async send(letter: Letter): Promise<Message['status'] | 'done'> {
      const { recipients, refusal } = await admitted(letter);
      if (recipients.length === 0) {
        await skip(letter, refusal);
        return 'skipped';
      }
      const claimed = await claim(letter);
      if (!claimed) {
        await refundUnlessSent(letter);
        return 'done';
      }
      let refused = '';
      for (const recipient of recipients) {
        if (recipient !== recipients[0] && !(await withinCap(letter, recipient))) continue;
        try {
          const sent = await dispatch(letter, recipient);
          await store.update(letter.key, claimed, { status: 'sent', channel: recipient.channel, at: now(), ...sent });
          return 'sent';
        } catch (error) {
          if (error instanceof Later) {
            await store.update(letter.key, claimed, { status: 'retrying', at: now() });
            throw error;
          }
          if (!(error instanceof SendingRefused)) throw error;
          refused = error.message;
        }
      }
      await store.update(letter.key, claimed, { status: 'failed', reason: refused, at: now() });
      await refund(letter);
      return 'failed';
    },
  };
};
export type Door = ReturnType<typeof createDoor>;
