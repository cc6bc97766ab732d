import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createTransport } from 'nodemailer';
import { describe, expect, onTestFinished, test } from 'vitest';
import { start, startAt, textsIn } from '../../support/world/local.ts';

const closing = <T extends { destroy(): void }>(client: T): T => {
  onTestFinished(() => client.destroy());
  return client;
};

describe('Scheduler', () => {
  const scheduled = (name: string, at: string, more: Partial<CreateScheduleCommandInput> = {}) => ({
    Name: name,
    GroupName: process.env['SCHEDULE_GROUP'],
    ScheduleExpression: `at(${at})`,
    FlexibleTimeWindow: { Mode: 'OFF' as const },
    ActionAfterCompletion: 'DELETE' as const,
    Target: {
      Arn: process.env['MESSAGES_TARGET_ARN'],
      RoleArn: process.env['SCHEDULE_ROLE_ARN'],
      Input: JSON.stringify({ name }),
    },
    ...more,
  });
  const setUp = async () => {
    const system = await start();
    return { system, client: closing(new SchedulerClient()) };
  };

  test('creates, describes, lists, moves and deletes', async () => {
    const { system, client } = await setUp();
    const { ScheduleArn: arn } = await client.send(
      new CreateScheduleCommand(scheduled('a-1', '2026-11-25T10:00:00', { Description: 'the first' })),
    );
    expect(arn).toMatch(/:schedule\/regulars\/a-1$/);
    await client.send(new CreateScheduleCommand(scheduled('a-2', '2026-11-25T11:00:00')));
    await client.send(new CreateScheduleCommand(scheduled('b-1', '2026-11-25T12:00:00')));

    const GroupName = 'regulars';
    const described = await client.send(new GetScheduleCommand({ Name: 'a-1', GroupName }));
    expect(described).toMatchObject({ Name: 'a-1', Description: 'the first', Target: { Input: '{"name":"a-1"}' } });
    expect(described.CreationDate?.getTime()).toBeGreaterThanOrEqual(startAt);

    const first = await client.send(new ListSchedulesCommand({ GroupName, NamePrefix: 'a-', MaxResults: 1 }));
    const next = { GroupName, NamePrefix: 'a-', MaxResults: 1, NextToken: first.NextToken };
    const second = await client.send(new ListSchedulesCommand(next));
    expect([first, second].map((page) => page.Schedules?.map(({ Name }) => Name))).toEqual([['a-1'], ['a-2']]);
    expect(second.NextToken).toBeUndefined();

    await client.send(new UpdateScheduleCommand(scheduled('a-1', '2026-11-25T15:00:00')));
    expect((await client.send(new GetScheduleCommand({ Name: 'a-1', GroupName }))).Description).toBeUndefined();
    await client.send(new DeleteScheduleCommand({ Name: 'b-1', GroupName }));
    expect(system.schedules().map(({ name, dueAt }) => [name, new Date(dueAt).toISOString()])).toEqual([
      ['a-2', '2026-11-25T11:00:00.000Z'],
      ['a-1', '2026-11-25T15:00:00.000Z'],
    ]);
  });

  test('takes the time in the zone that is named', async () => {
    const { system, client } = await setUp();
    const ScheduleExpressionTimezone = 'Asia/Dhaka';
    await client.send(
      new CreateScheduleCommand(scheduled('dhaka', '2026-11-25T10:00:00', { ScheduleExpressionTimezone })),
    );
    expect(system.schedules()[0]?.dueAt).toBe(Date.parse('2026-11-25T04:00:00Z'));
  });

  test('a second schedule of the same name is a conflict', async () => {
    const { client } = await setUp();
    await client.send(new CreateScheduleCommand(scheduled('same', '2026-11-25T10:00:00')));
    await expect(
      client.send(new CreateScheduleCommand(scheduled('same', '2026-11-25T11:00:00'))),
    ).rejects.toMatchObject({
      name: 'ConflictException',
      $metadata: { httpStatusCode: 409 },
    });
  });

  test('what does not exist is not found', async () => {
    const { client } = await setUp();
    const missing = { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } };
    const key = { Name: 'nothing', GroupName: 'regulars' };
    await expect(client.send(new GetScheduleCommand(key))).rejects.toMatchObject(missing);
    await expect(client.send(new DeleteScheduleCommand(key))).rejects.toMatchObject(missing);
    await expect(
      client.send(new UpdateScheduleCommand(scheduled('nothing', '2026-11-25T10:00:00'))),
    ).rejects.toMatchObject(missing);
    await expect(
      client.send(new CreateScheduleCommand(scheduled('a', '2026-11-25T10:00:00', { GroupName: 'other' }))),
    ).rejects.toMatchObject(missing);
  });

  test.each([
    ['a time that has passed', scheduled('past', '2026-11-24T08:59:59')],
    ['a name that is too long', scheduled('n'.repeat(65), '2026-11-25T10:00:00')],
    ['a name with other characters', scheduled('a b', '2026-11-25T10:00:00')],
    ['a day that does not exist', scheduled('day', '2026-02-30T10:00:00')],
    ['an unknown zone', scheduled('zone', '2026-11-25T10:00:00', { ScheduleExpressionTimezone: 'Mars/Base' })],
    ['another expression', { ...scheduled('rate', ''), ScheduleExpression: 'every day' }],
  ])('refuses %s', async (_, input) => {
    const { client } = await setUp();
    const Target = {
      Arn: process.env['MESSAGES_TARGET_ARN'],
      RoleArn: process.env['SCHEDULE_ROLE_ARN'],
    };
    await expect(
      client.send(new CreateScheduleCommand({ ...input, GroupName: 'regulars', Target })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('SQS', () => {
  const setUp = async () => {
    const system = await start();
    const QueueUrl = process.env['OUTBOX_QUEUE_URL'];
    return { system, client: closing(new SQSClient()), QueueUrl };
  };

  test('takes single messages and batches, and delivers them', async () => {
    const { system, client, QueueUrl } = await setUp();
    const { MessageId: id } = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"name":"ひとつ"}' }));
    expect(id).toBeTruthy();
    const Entries = ['two', 'three'].map((name) => ({ Id: name, MessageBody: JSON.stringify({ name }) }));
    const { Successful: sent } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(sent?.map(({ Id }) => Id)).toEqual(['two', 'three']);
    await system.settle();
    expect(textsIn(system)).toEqual(['ひとつ', 'two', 'three']);
  });

  test('a delayed message waits', async () => {
    const { system, client, QueueUrl } = await setUp();
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"name":"later"}', DelaySeconds: 600 }));
    await system.windBy(590_000);
    expect(textsIn(system)).toEqual([]);
    await system.windBy(20_000);
    expect(textsIn(system)).toEqual(['later']);
  });

  test('refuses another queue, more than ten entries, and too long a delay', async () => {
    const { client, QueueUrl } = await setUp();
    const other = new SendMessageCommand({ QueueUrl: `${QueueUrl}-other`, MessageBody: 'x' });
    await expect(client.send(other)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    const Entries = Array.from({ length: 11 }, (_, index) => ({ Id: String(index), MessageBody: 'x' }));
    await expect(client.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toMatchObject({
      name: 'TooManyEntriesInBatchRequest',
    });
    await expect(
      client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds: 901 })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('SES', () => {
  const compose = async (to: string): Promise<Buffer> => {
    const transport = createTransport({ streamTransport: true, buffer: true });
    const { message } = await transport.sendMail({
      from: 'Salön <hello@salon.example>',
      to,
      subject: 'Terminé — নিশ্চিত',
      text: 'Move it: https://salon.example/move?a=1&b=2.',
      html: '<p><a href="https://salon.example/cancel?x=1&amp;y=2">Cancel</a></p>',
      headers: { 'List-Unsubscribe': '<https://salon.example/u>' },
      icalEvent: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR' },
    });
    return message as Buffer;
  };
  const send = async (client: SESClient, to: string, tag = 'reminder') =>
    client.send(
      new SendRawEmailCommand({
        Source: 'hello@salon.example',
        Destinations: [to],
        ConfigurationSetName: process.env['CONFIGURATION_SET'],
        Tags: [
          { Name: 'purpose', Value: tag },
          { Name: 'client', Value: 'c1' },
        ],
        RawMessage: { Data: await compose(to) },
      }),
    );

  test('puts a mail into the mailbox, parsed and raw', async () => {
    const system = await start();
    const { MessageId: id } = await send(closing(new SESClient()), 'ann@example.com');
    const [mail] = system.mailbox.list();
    expect(mail).toMatchObject({
      id,
      channel: 'email',
      to: ['ann@example.com'],
      from: 'Salön <hello@salon.example>',
      subject: 'Terminé — নিশ্চিত',
      tags: { purpose: 'reminder', client: 'c1' },
      configurationSet: 'regulars',
      links: ['https://salon.example/move?a=1&b=2', 'https://salon.example/cancel?x=1&y=2'],
    });
    expect(mail?.headers['list-unsubscribe']).toBe('<https://salon.example/u>');
    expect(mail?.raw).toMatch(/^From: .*<hello@salon\.example>$/m);
    expect(mail?.attachments.map(({ type }) => type)).toContain('text/calendar');
    expect(mail?.at).toBeGreaterThanOrEqual(startAt);
  });

  test('publishes delivery, bounce and complaint to the function for feedback', async () => {
    const system = await start();
    const client = closing(new SESClient());
    const { MessageId: id = '' } = await send(client, 'ann@example.com');
    await system.settle();
    expect(textsIn(system)).toEqual([`Delivery ${id}`]);
    expect(system.publishFeedback('bounce', id)).toBe(true);
    expect(system.publishFeedback('bounce', 'another')).toBe(false);
    await system.settle();
    expect(textsIn(system)).toEqual([`Delivery ${id}`, `Bounce ${id}`]);
    const { MessageId: simulated } = await send(client, 'complaint@simulator.amazonses.com');
    await system.settle();
    expect(textsIn(system).slice(2)).toEqual([`Delivery ${simulated}`, `Complaint ${simulated}`]);
  });

  test('refuses tags that SES refuses', async () => {
    await start();
    await expect(send(closing(new SESClient()), 'ann@example.com', 'not allowed')).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});

describe('SNS', () => {
  test('puts a text into the mailbox with its attributes', async () => {
    const system = await start();
    const { MessageId: id } = await closing(new SNSClient()).send(
      new PublishCommand({
        PhoneNumber: '+8801712345678',
        Message: 'আপনার সময়: https://salon.example/b & ৳500 <3',
        MessageAttributes: {
          'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: 'Salon' },
          'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
        },
      }),
    );
    expect(system.mailbox.list()).toMatchObject([
      {
        id,
        channel: 'text',
        to: ['+8801712345678'],
        from: 'Salon',
        text: 'আপনার সময়: https://salon.example/b & ৳500 <3',
        links: ['https://salon.example/b'],
        headers: { 'AWS.SNS.SMS.SMSType': 'Transactional' },
      },
    ]);
  });

  test('refuses what is no phone number', async () => {
    await start();
    const publish = new PublishCommand({ PhoneNumber: '0171', Message: 'x' });
    await expect(closing(new SNSClient()).send(publish)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
