import { Later } from '../../background/later.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import type { Clients } from '../../clients/clients.ts';
import { newId, type Random } from '../../platform/ids.ts';
import { expiryAt } from '../../platform/table/entity.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { day, type Instant, minute } from '../../platform/time/time.ts';
import { AddressFault } from '../compose/mail.ts';
import type { SkipReason } from '../contract.ts';
import { isOpen, type Message, type MessageStore, type OutgoingMessage, type Recipient } from '../message.ts';
import type { AddressStatus } from './addresses.ts';
import { allowanceOf } from './allowance.ts';
import type { Budget } from './budget.ts';
import { type Channels, SendingRefused } from './channels.ts';
import { createEligibility } from './eligibility.ts';
import { isNorthAmerican } from './first-text.ts';
import { messageTag } from './tags.ts';

/** Another invocation is sending it at this moment. */
const beingSent = (): Later => new Later('BeingSent');

/** Outcome of a message that was due; `gone`: what it was about is no longer there. */
export type Delivery = Message['status'] | 'done' | 'deferred' | 'over_budget' | 'gone';

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
/** Outcome that was there before. */
interface Ended {
  ended: Message['status'] | undefined;
}

/** A recipient to whom it may go, and what was read of the address. */
type Admitted = Recipient & { status: AddressStatus };

/** The one way out: consent, suppression, frequency cap or budget, claim, send, outcome. */
export const createDispatch = (deps: {
  store: MessageStore;
  budget: Budget;
  clients: Pick<Clients, 'consentOf'>;
  catalogue: Pick<CatalogueReader, 'recent'>;
  channels: Channels;
  now: Clock;
  random: Random;
}) => {
  const { store, budget, catalogue, channels, now, random } = deps;
  const eligibilityAt = createEligibility(deps);

  const isInHand = ({ status, at }: Message): boolean => status === 'sending' && now() - at < lease;

  const firstRecord = ({ key, template, by, keptDays }: OutgoingMessage) => ({
    ...key,
    template,
    by,
    since: now(),
    claim: newId(random),
    expiresAt: expiryAt(now() + keptDays * day),
  });

  const toldBy = ({ told }: OutgoingMessage) => (told ? { told: [...told] } : {});

  const nameOf = ({ key }: OutgoingMessage): string => `${key.clientId}.${messageTag(key)}`;

  const marketingSend = (message: OutgoingMessage, { address }: Recipient) => ({
    id: nameOf(message),
    clientId: message.key.clientId,
    address,
    at: now(),
  });
  const serviceSend = (message: OutgoingMessage, { address }: Recipient) => ({
    address,
    message: nameOf(message),
    at: now(),
  });

  const withinCap = async (message: OutgoingMessage, recipient: Recipient): Promise<boolean> => {
    if (message.purpose === 'service') return true;
    const { settings } = await catalogue.recent();
    return store.reserve(marketingSend(message, recipient), settings.frequencyCap);
  };

  /** Takes a place in the budget of the address, or answers when one is free. */
  const spend = async (message: OutgoingMessage, recipient: Admitted): Promise<Instant | undefined> => {
    if (message.purpose === 'marketing') return undefined;
    const { settings } = await catalogue.recent();
    const { provenFor, spent } = recipient.status;
    const allowance = allowanceOf(message, provenFor, settings.messageBudget);
    return (await budget.spend(serviceSend(message, recipient), allowance, spent)).freeAt;
  };

  /** It certainly was not sent to this address. */
  const refundAt = async (message: OutgoingMessage, recipient: Recipient): Promise<void> => {
    if (message.purpose === 'service') await budget.giveBack(serviceSend(message, recipient));
    else await store.refund(marketingSend(message, recipient));
  };

  /** It certainly was not sent. */
  const refund = async (message: OutgoingMessage): Promise<void> => {
    for (const recipient of message.recipients) await refundAt(message, recipient);
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

  const admitted = async (message: OutgoingMessage): Promise<{ recipients: Admitted[]; refusal: SkipReason }> => {
    let reason: SkipReason = 'no_address';
    const recipients: Admitted[] = [];
    for (const recipient of message.recipients) {
      const { refusal, status } = await eligibilityAt(message, recipient);
      if (refusal) reason = refusal;
      else recipients.push({ ...recipient, status });
    }
    // A place is taken for the first that has one left; for the others when it comes to them.
    while (recipients[0] && !(await withinCap(message, recipients[0]))) {
      reason = 'frequency_cap';
      recipients.shift();
    }
    return { recipients, refusal: reason };
  };

  /** Records that it waits for room in the budget of its address; false where it has an outcome already. Throws Later. */
  const hold = async (message: OutgoingMessage): Promise<boolean> => {
    const held = { status: 'retrying', reason: 'over_budget', at: now() } as const;
    if (await store.putNew({ ...firstRecord(message), attempts: 1, ...held })) return true;
    const seen = await store.get(message.key);
    if (!seen || !isOpen(seen)) return false;
    if (isInHand(seen) || !(await store.update(message.key, seen, held))) throw beingSent();
    return true;
  };

  /** The claimed message, or its outcome when there is nothing left to do. Throws Later. */
  const claim = async (message: OutgoingMessage): Promise<Claimed | Ended> => {
    const first = { status: 'sending', attempts: 1 } as const;
    const told = toldBy(message);
    if (await store.putNew({ ...firstRecord(message), ...first, ...told, at: now() })) return first;
    const seen = await store.get(message.key);
    if (!seen || !isOpen(seen)) return { ended: seen?.status };
    if (isInHand(seen)) throw beingSent();
    const crashed = seen.status === 'sending';
    if (crashed && (message.purpose === 'marketing' || seen.attempts > 1)) {
      await store.update(message.key, seen, { status: 'unknown', at: now() });
      return { ended: 'unknown' };
    }
    const again = { status: 'sending', attempts: seen.attempts + (crashed ? 1 : 0) } as const;
    if (!(await store.update(message.key, seen, { ...again, ...told, reason: undefined, at: now() })))
      throw beingSent();
    return again;
  };

  const indianIds = async ({ template, language }: OutgoingMessage, address: string) => {
    const { smsIndia } = address.startsWith('+91') ? (await catalogue.recent()).settings : {};
    if (!smsIndia) return undefined;
    const { entityId, senderId, templates } = smsIndia;
    return { entityId, senderId, templateId: templates[template]?.[language] };
  };

  const handOver = async (
    message: OutgoingMessage,
    { channel, address }: Recipient,
  ): Promise<{ providerId: string; parts?: number }> => {
    if (channel === 'email') {
      const tags = { client: message.key.clientId, message: messageTag(message.key) };
      return { providerId: await channels.mail({ to: address, raw: await composed(message, address), tags }) };
    }
    const first = isNorthAmerican(address) && (await store.isFirstTo(address, nameOf(message), now()));
    const { text, parts } = message.text(first);
    const kind = message.purpose === 'marketing' ? 'Promotional' : 'Transactional';
    const india = await indianIds(message, address);
    return { providerId: await channels.text({ to: address, text, kind, india }), parts };
  };

  /** Whether there is one for the next address, where the one before would not take it. */
  const hasPlace = async (message: OutgoingMessage, recipient: Admitted): Promise<boolean> =>
    (await withinCap(message, recipient)) && (await spend(message, recipient)) === undefined;

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

  const overBudget = async (
    message: OutgoingMessage,
    freeAt: Instant,
    wait: ((until: Instant) => Promise<void>) | undefined,
  ): Promise<'over_budget'> => {
    if (!wait) await skip(message, 'over_budget');
    else if (await hold(message)) await wait(freeAt);
    return 'over_budget';
  };

  /** Sends to the first that takes it; for the first of all there is a place already. */
  const sendToFirst = async (
    message: OutgoingMessage,
    recipients: readonly Admitted[],
    claimed: Claimed,
  ): Promise<'sent' | 'failed'> => {
    let refused = '';
    for (const recipient of recipients) {
      if (recipient !== recipients[0] && !(await hasPlace(message, recipient))) continue;
      const error = await sendTo(message, recipient, claimed);
      if (!error) return 'sent';
      refused = error.message;
      if (message.purpose === 'service') await refundAt(message, recipient);
    }
    await store.update(message.key, claimed, { status: 'failed', reason: refused, at: now() });
    if (message.purpose === 'marketing') await refund(message);
    return 'failed';
  };

  return {
    skip,

    /**
     * Sends once, whoever else tries. Over the budget of the address it is skipped, or, where `wait` is given, held until
     * there is room again. Throws when it must be tried again later.
     */
    async send(
      message: OutgoingMessage,
      wait?: (until: Instant) => Promise<void>,
    ): Promise<Message['status'] | 'done' | 'over_budget'> {
      const { recipients, refusal } = await admitted(message);
      const [first] = recipients;
      if (!first) {
        await skip(message, refusal);
        return 'skipped';
      }
      const freeAt = await spend(message, first);
      if (freeAt !== undefined) return overBudget(message, freeAt, wait);
      const claimed = await claim(message);
      if (!('ended' in claimed)) return sendToFirst(message, recipients, claimed);
      // The place that this try has taken is free again unless it was sent then.
      if (claimed.ended === 'failed' || claimed.ended === 'skipped') await refund(message);
      return 'done';
    },
  };
};
export type Dispatch = ReturnType<typeof createDispatch>;
