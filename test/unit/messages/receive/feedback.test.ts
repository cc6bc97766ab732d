import type { SNSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { createFeedback } from '../../../../shared/messages/receive/feedback.ts';
import { feedbackHandler } from '../../../../shared/messages/receive/feedback-handler.ts';
import type { Message } from '../../../../shared/messages/send/store.ts';
import { silent } from '../../../../shared/platform/telemetry.ts';
import { memoryStore } from '../../../support/unit/memory-message-store.ts';

const sent: Message = {
  clientId: 'client0123456789',
  appointmentId: '0123456789abcdef',
  touchpoint: 'come-back',
  occurrence: 0,
  template: 'come-back',
  status: 'sent',
  attempts: 1,
  since: 1,
  at: 1,
};
const address = 'nadia@example.com';
const tags = {
  client: [sent.clientId],
  message: ['0123456789abcdef_come-back_0'],
  'ses:from-domain': ['salon.example'],
};

const reports = {
  delivery: { eventType: 'Delivery', delivery: { recipients: [address] } },
  permanent: {
    eventType: 'Bounce',
    bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: address, status: '5.1.1' }] },
  },
  transient: {
    eventType: 'Bounce',
    bounce: { bounceType: 'Transient', bouncedRecipients: [{ emailAddress: address }] },
  },
  undetermined: {
    eventType: 'Bounce',
    bounce: { bounceType: 'Undetermined', bouncedRecipients: [{ emailAddress: address }] },
  },
  complaint: { eventType: 'Complaint', complaint: { complainedRecipients: [{ emailAddress: address }] } },
  opened: { eventType: 'Open', open: {} },
};
type Report = keyof typeof reports;

const eventOf = (message: string): SNSEvent =>
  // Of the envelope the function reads the message only.
  ({ Records: [{ Sns: { Message: message } }] }) as unknown as SNSEvent;

const worldOf = async (status: Message['status'] = 'sent') => {
  const memory = memoryStore();
  await memory.store.putNew({ ...sent, status });
  const feedback = createFeedback({ store: memory.store, now: () => 1000 });
  const handler = feedbackHandler(silent, () => feedback);
  return {
    ...memory,
    handler,
    report: (kind: Report, mail: object = { tags }) =>
      handler(eventOf(JSON.stringify({ ...reports[kind], mail: { messageId: 'ses', ...mail } }))),
    status: async () => (await memory.store.get(sent))?.status,
  };
};

describe('a report about a mail', () => {
  it('that it was delivered is recorded, with the channel', async () => {
    const { report, store, suppressed } = await worldOf();
    await report('delivery');
    expect(await store.get(sent)).toMatchObject({ status: 'delivered', channel: 'email', at: 1000 });
    expect(suppressed.size).toBe(0);
  });

  it('that the address does not exist ends all mail to it', async () => {
    const { report, status, suppressed } = await worldOf();
    await report('permanent');
    expect([await status(), [...suppressed]]).toEqual(['bounced', [[address, 'bounced']]]);
  });

  it.each(['transient', 'undetermined'] as const)('of a %s bounce shows, and the address stays', async (kind) => {
    const { report, status, suppressed } = await worldOf();
    await report(kind);
    expect([await status(), suppressed.size]).toEqual(['bounced', 0]);
  });

  it('of a transient bounce after delivery is the answer of a mailbox, and changes nothing', async () => {
    const { report, status, suppressed } = await worldOf('delivered');
    await report('transient');
    expect([await status(), suppressed.size]).toEqual(['delivered', 0]);
  });

  it('that the recipient complained ends all mail to the address', async () => {
    const { report, status, suppressed } = await worldOf('delivered');
    await report('complaint');
    expect([await status(), [...suppressed]]).toEqual(['complained', [[address, 'complained']]]);
  });

  it('of another kind is no error', async () => {
    const { report, status } = await worldOf();
    await report('opened');
    expect(await status()).toBe('sent');
  });

  it.each([
    [['permanent', 'delivery'], 'bounced'],
    [['delivery', 'permanent'], 'bounced'],
    [['complaint', 'delivery'], 'complained'],
    [['complaint', 'permanent', 'delivery'], 'complained'],
    [['delivery', 'delivery'], 'delivered'],
    [['permanent', 'permanent'], 'bounced'],
  ] as const)('%j, in this order, leaves it %s: a late report never hides a bad one', async (kinds, expected) => {
    const { report, status } = await worldOf();
    for (const kind of kinds) await report(kind);
    expect(await status()).toBe(expected);
  });

  it.each(['sending', 'unknown', 'failed'] as const)(
    'tells that one recorded as %s arrived after all',
    async (status) => {
      const world = await worldOf(status);
      await world.report('delivery');
      expect(await world.status()).toBe('delivered');
    },
  );

  it.each([
    ['no tags', {}],
    ['empty tags', { tags: {} }],
    ['half of the tags', { tags: { client: tags.client } }],
    ['a tag that is not ours', { tags: { ...tags, message: ['newsletter'] } }],
    ['a message that is not there', { tags: { ...tags, message: ['fedcba9876543210_come-back_0'] } }],
    ['a client that is not there', { tags: { ...tags, client: ['nobody'] } }],
  ])('with %s still suppresses the address and harms nothing', async (_, mail) => {
    const { report, status, suppressed } = await worldOf();
    await report('permanent', mail);
    expect([await status(), suppressed.has(address)]).toEqual(['sent', true]);
  });

  it.each(['Nadia <Nadia@Example.com>', '"Karim, Nadia" <nadia@example.com>', 'NADIA@example.com'])(
    'names the address as SES does: %s',
    async (emailAddress) => {
      const { handler, suppressed } = await worldOf();
      const bounce = { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress }] };
      await handler(eventOf(JSON.stringify({ eventType: 'Bounce', bounce, mail: { messageId: 'ses', tags } })));
      expect([...suppressed.keys()]).toEqual([address]);
    },
  );

  it('that lost a race is thrown back, so that SNS delivers it again', async () => {
    const { store, status } = await worldOf();
    const racing = createFeedback({ store: { ...store, update: async () => false }, now: () => 1 });
    const event = {
      eventType: 'Delivery',
      mail: {
        messageId: 'ses',
        tags: { client: [sent.clientId] as [string], message: [tags.message[0] ?? ''] as [string] },
      },
    };
    await expect(racing(event)).rejects.toThrow('changed while');
    expect(await status()).toBe('sent');
  });
});

describe('what is no report', () => {
  it('SES’s greeting, when it is told to report to the topic, is no fault', async () => {
    const { handler, status } = await worldOf();
    await handler(eventOf('Successfully validated SNS topic for Amazon SES event publishing.'));
    expect(await status()).toBe('sent');
  });

  it.each([
    'Hello',
    '',
    'null',
    '{}',
    '[]',
    '{"eventType":"Bounce"}',
    '{"eventType":"Bounce","mail":{"messageId":"x","tags":[]}}',
    '{"eventType":"Bounce","mail":{"messageId":"x"},"bounce":{"bounceType":"Permanent"}}',
    '{"eventType":"Complaint","mail":{"messageId":"x"},"complaint":{"complainedRecipients":[{}]}}',
  ])('fails loudly and changes nothing: %s', async (message) => {
    const { handler, status, suppressed } = await worldOf();
    await expect(handler(eventOf(message))).rejects.toThrow();
    expect([await status(), suppressed.size]).toEqual(['sent', 0]);
  });
});

it('a report that nobody can read leaves none of its words in the log', async () => {
  const { handler } = await worldOf();
  for (const message of [`{"mail": ${address}`, JSON.stringify({ eventType: 'Bounce', mail: address })])
    await expect(handler(eventOf(message))).rejects.toThrow(/^The report is not of SES$/);
});
