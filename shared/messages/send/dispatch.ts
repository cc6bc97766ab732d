import { Later } from '../../background/later.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import type { Clients } from '../../clients/clients.ts';
import { newId, type Random } from '../../platform/ids.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { minute } from '../../platform/time/time.ts';
import { AddressFault } from '../compose/mail.ts';
import type { SkipReason } from '../contract.ts';
import { isOpen, type Message, type MessageStore, type OutgoingMessage, type Recipient } from '../message.ts';
import { type Channels, SendingRefused } from './channels.ts';
import { createEligibility } from './eligibility.ts';
import { messageTag } from './tags.ts';

/** Another invocation is sending it at this moment. */
const beingSent = (): Later => new Later('BeingSent');

/** What became of a message that was due; `gone`: what it was about is no longer there. */
export type Delivery = Message['status'] | 'done' | 'deferred' | 'gone';

/** Longer than the function's time limit: whoever claimed it before that is dead. */
const lease = 1.5 * minute;

/** An address that can't stand in a mail header is as good as refused. */
const composed = async (message: OutgoingMessage, address: string): Promise<Uint8Array> => {
  try {
    return await message.mail(address);
  } catch (error) {
    if (error instanceof AddressFault) throw new SendingRefused(error.name);
    throw error;
  }
};

type Claimed = Pick<Message, 'status' | 'attempts'>;

/** The one way out: consent, suppression, frequency cap, claim, send, outcome. */
export const createDispatch = (deps: {
  store: MessageStore;
  clients: Pick<Clients, 'consentOf'>;
  catalogue: Pick<CatalogueReader, 'recent'>;
  channels: Channels;
  now: Clock;
  random: Random;
}) => {
  const { store, catalogue, channels, now, random } = deps;
  const refusalAt = createEligibility(deps);

  const isInHand = ({ status, at }: Message): boolean => status === 'sending' && now() - at < lease;

  const firstRecord = ({ key, template, by }: OutgoingMessage) => ({
    ...key,
    template,
    by,
    since: now(),
    claim: newId(random),
  });

  const marketingSend = ({ key }: OutgoingMessage, { address }: Recipient) => ({
    id: `${key.clientId}.${messageTag(key)}`,
    clientId: key.clientId,
    address,
    at: now(),
  });

  /** Service messages don't count. */
  const withinCap = async (message: OutgoingMessage, recipient: Recipient): Promise<boolean> => {
    if (message.purpose === 'service') return true;
    const { settings } = await catalogue.recent();
    return store.reserve(marketingSend(message, recipient), settings.frequencyCap);
  };

  /** It certainly was not sent. */
  const refund = async (message: OutgoingMessage): Promise<void> => {
    if (message.purpose === 'service') return;
    for (const recipient of message.recipients) await store.refund(marketingSend(message, recipient));
  };

  /** It had ended before: the place that this try has taken is free again unless it was sent then. */
  const refundUnlessSent = async (message: OutgoingMessage): Promise<void> => {
    if (message.purpose === 'service') return;
    const seen = await store.get(message.key);
    if (seen?.status === 'failed' || seen?.status === 'skipped') await refund(message);
  };

  /** Records why a message is rightly not sent; does nothing if it has an outcome already. Throws Later. */
  const skip = async (message: OutgoingMessage, reason: SkipReason): Promise<void> => {
    const skipped = { status: 'skipped', reason, at: now() } as const;
    if (await store.putNew({ ...firstRecord(message), attempts: 0, ...skipped })) return;
    const seen = await store.get(message.key);
    if (!seen || !isOpen(seen)) return;
    const outcome = seen.status === 'retrying' ? skipped : ({ status: 'unknown', at: now() } as const);
    if (isInHand(seen) || !(await store.update(message.key, seen, outcome))) throw beingSent();
    if (seen.status === 'retrying') await refund(message);
  };

  const admitted = async (message: OutgoingMessage): Promise<{ recipients: Recipient[]; refusal: SkipReason }> => {
    let refusal: SkipReason = 'no_address';
    const recipients: Recipient[] = [];
    for (const recipient of message.recipients) {
      const reason = await refusalAt(message, recipient);
      if (reason) refusal = reason;
      else recipients.push(recipient);
    }
    // A place is taken for the first that has one left; for the others when it comes to them.
    while (recipients[0] && !(await withinCap(message, recipients[0]))) {
      refusal = 'frequency_cap';
      recipients.shift();
    }
    return { recipients, refusal };
  };

  /** What was claimed, or undefined when there is nothing left to do. Throws Later. */
  const claim = async (message: OutgoingMessage): Promise<Claimed | undefined> => {
    const first = { status: 'sending', attempts: 1 } as const;
    if (await store.putNew({ ...firstRecord(message), ...first, at: now() })) return first;
    const seen = await store.get(message.key);
    if (!seen || !isOpen(seen)) return undefined;
    if (isInHand(seen)) throw beingSent();
    const crashed = seen.status === 'sending';
    if (crashed && (message.purpose === 'marketing' || seen.attempts > 1)) {
      await store.update(message.key, seen, { status: 'unknown', at: now() });
      return undefined;
    }
    const again = { status: 'sending', attempts: seen.attempts + (crashed ? 1 : 0) } as const;
    if (!(await store.update(message.key, seen, { ...again, at: now() }))) throw beingSent();
    return again;
  };

  const handOver = async (
    message: OutgoingMessage,
    { channel, address }: Recipient,
  ): Promise<{ providerId: string; parts?: number }> => {
    if (channel === 'email') {
      const tags = { client: message.key.clientId, message: messageTag(message.key) };
      return { providerId: await channels.mail({ to: address, raw: await composed(message, address), tags }) };
    }
    const { text, parts } = message.text();
    const kind = message.purpose === 'marketing' ? 'Promotional' : 'Transactional';
    return { providerId: await channels.text({ to: address, text, kind }), parts };
  };

  /** Returns why it can't be sent to this address; undefined once it is sent. Throws when it must be tried again later. */
  const sendTo = async (message: OutgoingMessage, recipient: Recipient, claimed: Claimed) => {
    try {
      const sent = await handOver(message, recipient);
      await store.update(message.key, claimed, { status: 'sent', channel: recipient.channel, at: now(), ...sent });
      return undefined;
    } catch (error) {
      if (error instanceof SendingRefused) return error;
      if (error instanceof Later) await store.update(message.key, claimed, { status: 'retrying', at: now() });
      throw error;
    }
  };

  return {
    skip,

    /** Sends once, whoever else tries. Throws when it must be tried again later. */
    async send(message: OutgoingMessage): Promise<Message['status'] | 'done'> {
      const { recipients, refusal } = await admitted(message);
      if (recipients.length === 0) {
        await skip(message, refusal);
        return 'skipped';
      }
      const claimed = await claim(message);
      if (!claimed) {
        await refundUnlessSent(message);
        return 'done';
      }
      let refused = '';
      for (const recipient of recipients) {
        if (recipient !== recipients[0] && !(await withinCap(message, recipient))) continue;
        const error = await sendTo(message, recipient, claimed);
        if (!error) return 'sent';
        refused = error.message;
      }
      await store.update(message.key, claimed, { status: 'failed', reason: refused, at: now() });
      await refund(message);
      return 'failed';
    },
  };
};
export type Dispatch = ReturnType<typeof createDispatch>;
