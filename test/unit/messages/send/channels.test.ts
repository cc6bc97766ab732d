import type { SESClient } from '@aws-sdk/client-ses';
import type { SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { Later } from '../../../../shared/background/later.ts';
import { classify, mailsBy, SendingRefused } from '../../../../shared/messages/send/channels.ts';
import { textsBy } from '../../../../shared/messages/send/text-channel.ts';

const fault = (name: string, status?: number, code?: string) =>
  Object.assign(new Error('what the provider says'), { name, code, $metadata: { httpStatusCode: status } });

describe('what a provider’s fault means', () => {
  it.each([
    ['Throttling', 400],
    ['ThrottlingException', 400],
    ['ThrottledException', 429],
    ['LimitExceededException', 400],
    ['TooManyRequestsException', 400],
    ['AccountSendingPausedException', 400],
    ['ConfigurationSetSendingPausedException', 400],
    ['ServiceUnavailable', 503],
    ['Whatever', 429],
    ['AccessDenied', 403],
    ['InvalidClientTokenId', 403],
    ['Unauthorized', 401],
    ['ConfigurationSetDoesNotExistException', 400],
    ['MailFromDomainNotVerifiedException', 400],
  ])('not sent, try again: %s %i', (name, status) => {
    expect(classify(fault(name, status))).toBeInstanceOf(Later);
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])('not sent, nobody was reached: %s', (code) => {
    expect(classify(fault('Error', undefined, code))).toBeInstanceOf(Later);
  });

  it.each([
    ['MessageRejected', 400],
    ['InvalidParameterValue', 400],
    ['OptedOutException', 400],
    ['NotFound', 404],
  ])('never will be: %s', (name, status) => {
    expect(classify(fault(name, status))).toBeInstanceOf(SendingRefused);
  });

  it.each([
    ['InternalFailure', 500],
    ['TimeoutError', undefined],
    ['ECONNRESET', undefined],
  ])('may have been sent, nobody knows: %s', (name, status) => {
    const unclear = fault(name, status, name);
    expect(classify(unclear)).toBe(unclear);
  });

  it('keeps the provider’s words, which may quote an address, out of what is recorded', () => {
    expect(classify(fault('MessageRejected', 400)).message).toBe('MessageRejected');
  });
});

const sender = { address: 'hello@salon.example', configurationSet: 'feedback' };

const channelsWith = (answer: () => Promise<{ MessageId?: string }>) => {
  const inputs: unknown[] = [];
  const client = {
    send: (command: { input: unknown }) => {
      inputs.push(command.input);
      return answer();
    },
  };
  const channels = {
    mail: mailsBy(client as unknown as SESClient, sender),
    text: textsBy(client as unknown as SNSClient),
  };
  return { inputs, channels };
};

it('a mail goes to one address, with the configuration set that reports and the tags that name the message', async () => {
  const { inputs, channels } = channelsWith(async () => ({ MessageId: 'id' }));
  const raw = Buffer.from('Subject: x');
  expect(await channels.mail({ to: 'nadia@example.com', raw, tags: { client: 'c', message: 'm' } })).toBe('id');
  expect(inputs).toEqual([
    {
      Source: 'hello@salon.example',
      Destinations: ['nadia@example.com'],
      RawMessage: { Data: raw },
      ConfigurationSetName: 'feedback',
      Tags: [
        { Name: 'client', Value: 'c' },
        { Name: 'message', Value: 'm' },
      ],
    },
  ]);
});

it.each(['Transactional', 'Promotional'] as const)('a text says that it is %s', async (kind) => {
  const { inputs, channels } = channelsWith(async () => ({ MessageId: 'id' }));
  expect(await channels.text({ to: '+447700900001', text: 'Hello', kind })).toBe('id');
  expect(inputs).toEqual([
    {
      PhoneNumber: '+447700900001',
      Message: 'Hello',
      MessageAttributes: { 'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: kind } },
    },
  ]);
});

it('a text to India carries what it is registered under, as far as that is known', async () => {
  const { inputs, channels } = channelsWith(async () => ({ MessageId: 'id' }));
  const text = { to: '+919876543210', text: 'Hello', kind: 'Transactional' } as const;
  await channels.text({ ...text, india: { entityId: '1101', senderId: 'LINDEN', templateId: '1107' } });
  await channels.text({ ...text, india: { entityId: '1101', senderId: 'LINDEN' } });
  const string = (StringValue: string) => ({ DataType: 'String', StringValue });
  const common = {
    'AWS.SNS.SMS.SMSType': string('Transactional'),
    'AWS.SNS.SMS.SenderID': string('LINDEN'),
    'AWS.MM.SMS.EntityId': string('1101'),
  };
  expect(inputs.map((input) => (input as { MessageAttributes: unknown }).MessageAttributes)).toEqual([
    { ...common, 'AWS.MM.SMS.TemplateId': string('1107') },
    common,
  ]);
});

it('faults of both channels are told apart', async () => {
  const { channels } = channelsWith(() => Promise.reject(fault('Throttling', 400)));
  await expect(channels.mail({ to: 'a@b.example', raw: Buffer.from(''), tags: {} })).rejects.toThrow(Later);
  await expect(channels.text({ to: '+447700900001', text: 'x', kind: 'Promotional' })).rejects.toThrow(Later);
});
