import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { type Channels, classify } from './channels.ts';

/** Sends texts. It has a file of its own: many businesses send no texts, and need not load what sends them. */
export const textsBy =
  (sns: SNSClient): Channels['text'] =>
  async ({ to, text, kind }) => {
    try {
      const { MessageId = '' } = await sns.send(
        new PublishCommand({
          PhoneNumber: to,
          Message: text,
          MessageAttributes: { 'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: kind } },
        }),
      );
      return MessageId;
    } catch (error) {
      throw classify(error);
    }
  };
