import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { type Channels, classify } from './channels.ts';

const attributesOf = (values: Record<string, string | undefined>) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, { DataType: 'String', StringValue: value }]],
    ),
  );

/** Sends texts. It has a file of its own: many businesses send no texts, and need not load what sends them. */
export const textsBy =
  (sns: SNSClient): Channels['text'] =>
  async ({ to, text, kind, india }) => {
    try {
      const { MessageId = '' } = await sns.send(
        new PublishCommand({
          PhoneNumber: to,
          Message: text,
          MessageAttributes: attributesOf({
            'AWS.SNS.SMS.SMSType': kind,
            'AWS.SNS.SMS.SenderID': india?.senderId,
            'AWS.MM.SMS.EntityId': india?.entityId,
            'AWS.MM.SMS.TemplateId': india?.templateId,
          }),
        }),
      );
      return MessageId;
    } catch (error) {
      throw classify(error);
    }
  };
