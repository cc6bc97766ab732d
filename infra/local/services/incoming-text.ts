import { randomUUID } from 'node:crypto';
import type { SNSEvent } from 'aws-lambda';
import { incomingTextsTopicArn, textNumber } from './names.ts';
import { notice } from './topic.ts';

/** Notice that AWS End User Messaging publishes of a text to the business's number. `at` in milliseconds. */
export const incomingTextEvent = (from: string, body: string, at: number): SNSEvent => {
  const message = {
    originationNumber: from,
    destinationNumber: textNumber,
    messageKeyword: `KEYWORD_${textNumber.slice(1)}`,
    messageBody: body,
    inboundMessageId: randomUUID(),
    previousPublishedMessageId: randomUUID(),
  };
  return notice(incomingTextsTopicArn, '', JSON.stringify(message), at);
};
