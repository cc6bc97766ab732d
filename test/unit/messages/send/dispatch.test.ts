import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Later } from '../../../../shared/background/later.ts';
import { AddressFault } from '../../../../shared/messages/compose/mail.ts';
import type { OutgoingMessage } from '../../../../shared/messages/message.ts';
import { type Channels, SendingRefused } from '../../../../shared/messages/send/channels.ts';
import { createDispatch } from '../../../../shared/messages/send/dispatch.ts';
import type { MessageStore } from '../../../../shared/messages/send/store.ts';
import { keyOfTags, messageTag } from '../../../../shared/messages/send/tags.ts';
import { systemRandom } from '../../../../shared/platform/ids.ts';
import { minute } from '../../../../shared/platform/time/time.ts';
import { memoryStore } from '../../../support/unit/memory-message-store.ts';
import { catalogueIndexOf, readerOf } from '../../../support/unit/visits.ts';

const key = {
  clientId: 'client0123456789',
  appointmentId: '0123456789abcdef',
  touchpoint: 'come-back',
  occurrence: 2,
};
const mail = { channel: 'email', address: 'nadia@example.com' } as const;
const text = { channel: 'sms', address: '+447700900001' } as const;

const outgoingOf = (changes: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  key,
  template: 'reminder',
  purpose: 'service',
  stoppable: false,
  keptDays: 800,
  cause: 'client',
  language: 'en',
  recipients: [mail, text],
  mail: async () => Buffer.from('mail'),
  text: () => ({ text: 'text', parts: 2 }),
  ...changes,
});

/** `lost`: it was sent, and the answer got lost. */
type Answer = 'taken' | 'postponed' | 'refused' | 'lost';

const consentedAt = Date.parse('2026-11-01T10:00:00Z');

/** Longer than the lease: what was claimed before is given up. */
const later = 3 * minute;

const worldOf = (
  options: { answers?: Answer[]; consents?: string[]; refusals?: string[]; pause?: () => Promise<unknown> } = {},
) => {
  const { answers = [], consents = [], refusals = [], pause = async () => {} } = options;
  const { store, budget, messages, suppressed, refused, windows } = memoryStore();
  const sent: string[] = [];
  let clock = Date.parse('2026-11-24T10:00:00Z');

  const provider = async (address: string): Promise<string> => {
    await pause();
    const answer = answers.shift() ?? 'taken';
    if (answer === 'postponed') throw new Later('Throttling');
    if (answer === 'refused') throw new SendingRefused('MessageRejected');
    sent.push(address);
    await pause();
    if (answer === 'lost') throw new Error('socket hang up');
    return 'provider-id';
  };
  const channels: Channels = { mail: ({ to }) => provider(to), text: ({ to }) => provider(to) };

  const dispatchOf = (overStore: MessageStore = store, overChannels: Channels = channels) =>
    createDispatch({
      store: overStore,
      budget,
      clients: {
        consentOf: async (_, channel) =>
          consents.includes(channel)
            ? { said: 'given', at: consentedAt }
            : refusals.includes(channel)
              ? { said: 'refused', at: consentedAt }
              : undefined,
      },
      catalogue: readerOf(catalogueIndexOf()),
      channels: overChannels,
      now: () => clock,
      random: systemRandom,
    });
  return {
    store,
    messages,
    suppressed,
    refused,
    windows,
    sent,
    channels,
    dispatchOf,
    dispatch: dispatchOf(),
    wind: (by: number) => {
      clock += by;
    },
    message: () => store.get(key),
  };
};
type World = ReturnType<typeof worldOf>;

/** As the queue does: again after the visibility timeout, five times at most. */
const deliver = async (world: World, outgoing: OutgoingMessage, dispatch = world.dispatch): Promise<string> => {
  for (let receive = 1; receive <= 5; receive += 1) {
    try {
      return await dispatch.send(outgoing);
    } catch {
      world.wind(later);
    }
  }
  return 'dead letter';
};

describe('who gets a message', () => {
  it('the first of the channels', async () => {
    const { dispatch, sent, message } = worldOf();
    expect(await dispatch.send(outgoingOf())).toBe('sent');
    expect(sent).toEqual([mail.address]);
    expect(await message()).toMatchObject({ status: 'sent', channel: 'email', providerId: 'provider-id', attempts: 1 });
  });

  it('a text is recorded with its parts', async () => {
    const { dispatch, message } = worldOf();
    await dispatch.send(outgoingOf({ recipients: [text] }));
    expect(await message()).toMatchObject({ status: 'sent', channel: 'sms', parts: 2 });
  });

  it('the other channel when the first is refused', async () => {
    const { dispatch, sent, message } = worldOf({ answers: ['refused'] });
    expect(await dispatch.send(outgoingOf())).toBe('sent');
    expect(sent).toEqual([text.address]);
    expect(await message()).toMatchObject({ status: 'sent', channel: 'sms' });
  });

  it('the other channel when the address can’t stand in a mail', async () => {
    const { dispatch, sent } = worldOf();
    await dispatch.send(outgoingOf({ mail: () => Promise.reject(new AddressFault('to')) }));
    expect(sent).toEqual([text.address]);
  });

  it('nobody when both are refused, and the reason is recorded', async () => {
    const { dispatch, sent, message } = worldOf({ answers: ['refused', 'refused'] });
    expect(await dispatch.send(outgoingOf())).toBe('failed');
    expect(sent).toEqual([]);
    expect(await message()).toMatchObject({ status: 'failed', reason: 'MessageRejected' });
    expect(await dispatch.send(outgoingOf())).toBe('done');
  });

  it('nobody without an address', async () => {
    const { dispatch, sent, message } = worldOf();
    expect(await dispatch.send(outgoingOf({ recipients: [] }))).toBe('skipped');
    expect(sent).toEqual([]);
    expect(await message()).toMatchObject({ status: 'skipped', reason: 'no_address', attempts: 0 });
  });

  it('nobody whose addresses are suppressed, and only the other one if one is', async () => {
    const { dispatch, sent, suppressed, message } = worldOf();
    suppressed.set(mail.address, 'bounced');
    await dispatch.send(outgoingOf());
    expect(sent).toEqual([text.address]);
    suppressed.set(text.address, 'unsubscribed');
    await dispatch.send(outgoingOf({ key: { ...key, occurrence: 3 } }));
    expect(sent).toHaveLength(1);
    expect(await message()).toMatchObject({ status: 'sent' });
  });

  it('no review request on a channel whose owner has stopped them, and reminders all the same', async () => {
    const refusing = worldOf({ refusals: ['email', 'sms'] });
    expect(await refusing.dispatch.send(outgoingOf({ stoppable: true }))).toBe('skipped');
    expect([refusing.sent, (await refusing.message())?.reason]).toEqual([[], 'no_consent']);
    const half = worldOf({ refusals: ['email'] });
    await half.dispatch.send(outgoingOf({ stoppable: true }));
    expect(half.sent).toEqual([text.address]);
    const reminded = worldOf({ refusals: ['email', 'sms'] });
    await reminded.dispatch.send(outgoingOf());
    expect(reminded.sent).toEqual([mail.address]);
  });

  it('marketing only those channels for which there is consent', async () => {
    const marketing = outgoingOf({ purpose: 'marketing' });
    const without = worldOf();
    expect(await without.dispatch.send(marketing)).toBe('skipped');
    expect(await without.message()).toMatchObject({ status: 'skipped', reason: 'no_consent' });
    const withText = worldOf({ consents: ['sms'] });
    await withText.dispatch.send(marketing);
    expect(withText.sent).toEqual([text.address]);
  });
});

describe('what whoever reads at an address has said', () => {
  const marketing = outgoingOf({ purpose: 'marketing', stoppable: true });

  it('outranks an older consent of any client, for marketing and for what can be stopped', async () => {
    const world = worldOf({ consents: ['email'] });
    world.refused.set(mail.address, consentedAt + 1);
    expect(await world.dispatch.send(marketing)).toBe('skipped');
    expect(await world.message()).toMatchObject({ reason: 'no_consent' });
    const review = outgoingOf({ stoppable: true, recipients: [mail], key: { ...key, occurrence: 3 } });
    expect(await world.dispatch.send(review)).toBe('skipped');
    expect(await world.dispatch.send(outgoingOf({ key: { ...key, occurrence: 4 } }))).toBe('sent');
  });

  it('is lifted by a later consent', async () => {
    const world = worldOf({ consents: ['email'] });
    world.refused.set(mail.address, consentedAt - 1);
    expect(await world.dispatch.send(marketing)).toBe('sent');
  });

  it('does not keep the answer to a stop from going', async () => {
    const world = worldOf();
    world.suppressed.set(text.address, 'stopped');
    expect(await world.dispatch.send(outgoingOf({ recipients: [text], despiteStop: true }))).toBe('sent');
  });
});

describe('the frequency cap', () => {
  const marketing = (occurrence: number, changes: Partial<OutgoingMessage> = {}) =>
    outgoingOf({ purpose: 'marketing', key: { ...key, occurrence }, recipients: [mail], ...changes });
  const both = { consents: ['email', 'sms'] };

  it('lets as many marketing messages through as the settings say, and any number of others', async () => {
    const world = worldOf(both);
    const ended = [];
    for (const occurrence of [1, 2, 3]) ended.push(await world.dispatch.send(marketing(occurrence)));
    expect(ended).toEqual(['sent', 'sent', 'skipped']);
    expect(await world.store.get({ ...key, occurrence: 3 })).toMatchObject({ reason: 'frequency_cap' });
    expect(await world.dispatch.send(outgoingOf({ key: { ...key, occurrence: 4 } }))).toBe('sent');
  });

  it('counts a message once, however often its delivery comes', async () => {
    const world = worldOf(both);
    for (let time = 0; time < 3; time += 1) await world.dispatch.send(marketing(1));
    expect(await world.dispatch.send(marketing(2))).toBe('sent');
  });

  it('counts for the client on whatever channel, and for the address whoever’s it is', async () => {
    const world = worldOf(both);
    await world.dispatch.send(marketing(1));
    await world.dispatch.send(marketing(2, { recipients: [text] }));
    expect(await world.dispatch.send(marketing(3))).toBe('skipped');
    const other = { ...key, clientId: 'other00000000000' };
    expect(await world.dispatch.send(marketing(0, { key: { ...other, occurrence: 1 } }))).toBe('sent');
    expect(await world.dispatch.send(marketing(0, { key: { ...other, occurrence: 2 } }))).toBe('skipped');
  });

  it('gives the place back when nobody would take the message', async () => {
    const world = worldOf({ ...both, answers: ['refused', 'refused', 'refused'] });
    for (const occurrence of [1, 2, 3]) expect(await world.dispatch.send(marketing(occurrence))).toBe('failed');
    await world.dispatch.send(marketing(1));
    expect([...world.windows.values()].flat()).toEqual([]);
    expect(await world.dispatch.send(marketing(4))).toBe('sent');
  });

  it('keeps the place while a message waits, and when nobody knows what became of it', async () => {
    const world = worldOf({ ...both, answers: ['postponed', 'lost'] });
    await expect(world.dispatch.send(marketing(1))).rejects.toThrow(Later);
    await expect(world.dispatch.send(marketing(2))).rejects.toThrow('socket hang up');
    expect(await world.dispatch.send(marketing(3))).toBe('skipped');
    expect(await world.dispatch.send(marketing(1))).toBe('sent');
  });

  it('gives the place back when what waits must not go any more', async () => {
    const world = worldOf({ ...both, answers: ['postponed'] });
    await expect(world.dispatch.send(marketing(1))).rejects.toThrow(Later);
    await world.dispatch.skip(marketing(1), 'has_booking');
    expect([...world.windows.values()].flat()).toEqual([]);
  });
});

describe('a message that is begun', () => {
  it('and is sent is never sent again', async () => {
    const { dispatch, sent } = worldOf();
    await dispatch.send(outgoingOf());
    expect([await dispatch.send(outgoingOf()), await dispatch.send(outgoingOf())]).toEqual(['done', 'done']);
    expect(sent).toHaveLength(1);
  });

  it('but not ended is left alone until whoever began it must be dead', async () => {
    const { dispatch, store, sent, wind } = worldOf();
    await store.putNew({
      ...key,
      template: 'reminder',
      status: 'sending',
      attempts: 1,
      since: Date.parse('2026-11-24T10:00:00Z'),
      at: Date.parse('2026-11-24T10:00:00Z'),
    });
    await expect(dispatch.send(outgoingOf())).rejects.toThrow(Later);
    wind(minute);
    await expect(dispatch.send(outgoingOf())).rejects.toThrow(Later);
    expect(sent).toEqual([]);
    wind(minute);
    expect(await dispatch.send(outgoingOf())).toBe('sent');
    expect(sent).toHaveLength(1);
  });

  it('and throttled waits, and goes once when the provider is ready, however often it had to wait', async () => {
    const world = worldOf({ answers: ['postponed', 'postponed', 'postponed'] });
    await expect(world.dispatch.send(outgoingOf())).rejects.toThrow(Later);
    expect(await world.message()).toMatchObject({ status: 'retrying' });
    expect(await deliver(world, outgoingOf())).toBe('sent');
    expect(world.sent).toHaveLength(1);
    expect(await world.message()).toMatchObject({ status: 'sent', attempts: 1 });
  });

  it.each([
    ['service', 2, 'sent'],
    ['marketing', 1, 'unknown'],
  ] as const)('and whose answer got lost: %s arrives at most %i times', async (purpose, times, status) => {
    const world = worldOf({ answers: ['lost'], consents: ['email', 'sms'] });
    await deliver(world, outgoingOf({ purpose }));
    expect(world.sent).toHaveLength(times);
    expect(await world.message()).toMatchObject({ status });
  });

  it('and whose answer got lost twice ends as unknown', async () => {
    const world = worldOf({ answers: ['lost', 'lost'] });
    await deliver(world, outgoingOf());
    expect(world.sent).toHaveLength(2);
    expect(await world.message()).toMatchObject({ status: 'unknown', attempts: 2 });
  });

  it('does not stay "retrying" when meanwhile it must not go any more', async () => {
    const world = worldOf({ answers: ['postponed'] });
    await expect(world.dispatch.send(outgoingOf())).rejects.toThrow(Later);
    await world.dispatch.skip(outgoingOf(), 'moved');
    expect(await world.message()).toMatchObject({ status: 'skipped', reason: 'moved' });
  });

  it('does not stay "retrying" when its addresses are suppressed meanwhile', async () => {
    const world = worldOf({ answers: ['postponed'] });
    await expect(world.dispatch.send(outgoingOf())).rejects.toThrow(Later);
    world.suppressed.set(mail.address, 'bounced').set(text.address, 'unsubscribed');
    expect(await world.dispatch.send(outgoingOf())).toBe('skipped');
    expect(await world.message()).toMatchObject({ status: 'skipped', reason: 'suppressed' });
    expect(world.sent).toEqual([]);
  });

  it('and was given up is unknown, not skipped, when it must not go any more: it may have been sent', async () => {
    const world = worldOf({ answers: ['lost'] });
    await expect(world.dispatch.send(outgoingOf())).rejects.toThrow('socket hang up');
    await expect(world.dispatch.skip(outgoingOf(), 'cancelled')).rejects.toThrow(Later);
    world.wind(later);
    await world.dispatch.skip(outgoingOf(), 'cancelled');
    expect(await world.message()).toMatchObject({ status: 'unknown' });
  });

  it('and ended is not skipped afterwards', async () => {
    const world = worldOf();
    await world.dispatch.send(outgoingOf());
    await world.dispatch.skip(outgoingOf(), 'cancelled');
    expect(await world.message()).toMatchObject({ status: 'sent' });
  });

  it('when it was skipped first, is never sent', async () => {
    const world = worldOf();
    await world.dispatch.skip(outgoingOf(), 'too_late');
    expect(await world.dispatch.send(outgoingOf())).toBe('done');
    expect(world.sent).toEqual([]);
  });
});

class Crash extends Error {}

/** The same store and channels, in a process that dies at its `at`-th step: before the step, or after it. */
const mortal = (world: World, at: number, when: 'before' | 'after') => {
  let step = 0;
  const through =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      step += 1;
      if (step > at || (step === at && when === 'before')) throw new Crash();
      const result = await call(...args);
      if (step === at) throw new Crash();
      return result;
    };
  const { store, channels } = world;
  return {
    dispatch: world.dispatchOf(
      { ...store, get: through(store.get), putNew: through(store.putNew), update: through(store.update) },
      { mail: through(channels.mail), text: through(channels.text) },
    ),
    died: () => step >= at,
  };
};

describe('a crash', () => {
  const points = [1, 2, 3, 4].flatMap((at) => (['before', 'after'] as const).map((when) => ({ at, when })));
  const purposes = ['service', 'marketing'] as const;

  it.each(purposes.flatMap((purpose) => points.map((point) => ({ purpose, ...point }))))(
    'of $purpose $when step $at leaves at most what was promised',
    async ({ purpose, at, when }) => {
      const world = worldOf({ consents: ['email', 'sms'] });
      const outgoing = outgoingOf({ purpose });
      const { dispatch, died } = mortal(world, at, when);
      await dispatch.send(outgoing).catch(() => {});
      const sentBefore = world.sent.length;
      world.wind(later);
      await deliver(world, outgoing);
      const status = (await world.message())?.status;

      // Steps of a first delivery: 1 claim, 2 send, 3 record.
      expect(died()).toBe(at < 4);
      expect(sentBefore).toBe(at === 1 || (at === 2 && when === 'before') ? 0 : 1);
      const recorded = at > 3 || (at === 3 && when === 'after');
      const claimed = at > 1 || when === 'after';
      if (purpose === 'service') {
        expect(status).toBe('sent');
        expect(world.sent.length).toBe(recorded || sentBefore === 0 ? 1 : 2);
      } else {
        expect(status).toBe(recorded || !claimed ? 'sent' : 'unknown');
        expect(world.sent.length).toBe(claimed ? sentBefore : 1);
      }
    },
  );
});

const answer = fc.constantFrom<Answer>('taken', 'taken', 'postponed', 'refused', 'lost');

describe('whatever happens', () => {
  it('no crash and no answer of the providers sends a reminder more than twice, or marketing more than once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('service' as const, 'marketing' as const),
        fc.array(answer, { maxLength: 8 }),
        fc.array(
          fc.record({ at: fc.integer({ min: 1, max: 5 }), when: fc.constantFrom('before' as const, 'after' as const) }),
          {
            maxLength: 4,
          },
        ),
        async (purpose, answers, crashes) => {
          const lost = answers.includes('lost');
          const world = worldOf({ answers, consents: ['email', 'sms'] });
          const outgoing = outgoingOf({ purpose });
          for (const { at, when } of crashes) {
            await mortal(world, at, when)
              .dispatch.send(outgoing)
              .catch(() => {});
            world.wind(later);
          }
          const ended = await deliver(world, outgoing);
          const { status } = (await world.message()) ?? {};
          expect(world.sent.length).toBeLessThanOrEqual(purpose === 'marketing' ? 1 : 2);
          if (crashes.length === 0 && !lost) expect(world.sent.length).toBeLessThanOrEqual(1);
          if (status === 'sent') expect(world.sent.length).toBeGreaterThan(0);
          if (status === 'skipped') expect.unreachable('there was an address and consent');
          if (ended !== 'dead letter') expect(['sent', 'failed', 'unknown']).toContain(status);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('several deliveries side by side, one of which dies, send once, and once more at most', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.constantFrom('service' as const, 'marketing' as const),
        fc.integer({ min: 0, max: 4 }),
        async (s, purpose, dies) => {
          const pause = () => s.schedule(Promise.resolve());
          const world = worldOf({ consents: ['email', 'sms'], pause });
          const slow =
            <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
            async (...args: A): Promise<R> => {
              await pause();
              const result = await call(...args);
              await pause();
              return result;
            };
          const { store } = world;
          const slowStore = { ...store, get: slow(store.get), putNew: slow(store.putNew), update: slow(store.update) };
          const slowWorld = { ...world, store: slowStore };
          const dying = dies === 0 ? [] : [mortal(slowWorld, dies, 'after').dispatch];
          const dispatches = [...dying, ...Array.from({ length: 4 }, () => world.dispatchOf(slowStore))];
          const outgoing = outgoingOf({ purpose });
          await s.waitFor(Promise.allSettled(dispatches.map((dispatch) => dispatch.send(outgoing))));
          expect(world.sent.length).toBeLessThanOrEqual(1);

          world.wind(later);
          await s.waitFor(Promise.allSettled(dispatches.slice(-3).map((dispatch) => dispatch.send(outgoing))));
          expect(world.sent.length).toBeLessThanOrEqual(purpose === 'marketing' || dies === 0 ? 1 : 2);

          world.wind(later);
          await s.waitFor(deliver(world, outgoing));
          const { status } = (await world.message()) ?? {};
          if (world.sent.length === 0) expect([purpose, status]).toEqual(['marketing', 'unknown']);
          if (dies === 0) expect([world.sent.length, status]).toEqual([1, 'sent']);
          expect(['sent', 'unknown']).toContain(status);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('the tag by which a report finds its message', () => {
  it('leads back to the message, for every touchpoint that a business may name', () => {
    const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,39}$/);
    fc.assert(
      fc.property(slug, fc.nat({ max: 9999 }), fc.option(fc.nat({ max: 5 })), (touchpoint, occurrence, again) => {
        const named = { ...key, touchpoint, occurrence, ...(again === null ? {} : { resend: again }) };
        const tag = messageTag(named);
        expect(tag).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
        expect(keyOfTags(key.clientId, tag)).toEqual(named);
      }),
    );
  });

  it.each(['', 'x', '0123456789abcdef_reminder', '0123456789abcdef_reminder_x', '0123456789abcdef_re_minder_1_x'])(
    'means nothing when it is not ours: "%s"',
    (tag) => {
      expect(keyOfTags(key.clientId, tag)).toBeUndefined();
    },
  );
});
