import type { Mailbox } from '../mailbox.ts';
import { AwsError } from './aws-error.ts';
import { pairs, queryAnswer, queryFault } from './query.ts';
import type { AwsService } from './service.ts';

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';
const xml = { 'content-type': 'text/xml' };
const maxBytes = 1600;

/** SNS (Query protocol), for texts to phone numbers. */
export const snsService = (mailbox: Mailbox): AwsService => ({
  action: ({ body }) => new URLSearchParams(body).get('Action') ?? '',
  handle: (action, { body, requestId }) => {
    const form = new URLSearchParams(body);
    if (action !== 'Publish') throw new AwsError('InvalidAction', `${action} does not exist on this computer.`);
    const phone = form.get('PhoneNumber') ?? '';
    const message = form.get('Message') ?? '';
    if (!/^\+[1-9]\d{4,14}$/.test(phone)) {
      throw new AwsError(
        'InvalidParameter',
        `Invalid parameter: PhoneNumber Reason: ${phone} is not valid to publish to`,
      );
    }
    if (message === '') throw new AwsError('InvalidParameter', 'Invalid parameter: Empty message');
    if (Buffer.byteLength(message) > maxBytes) {
      throw new AwsError('InvalidParameter', 'Invalid parameter: Message too long');
    }
    const attributes = pairs(form, 'MessageAttributes.entry', 'Name', 'Value.StringValue');
    const { id } = mailbox.receiveText({ phone, message, attributes });
    return { status: 200, headers: xml, body: queryAnswer(namespace, action, requestId, { MessageId: id }) };
  },
  fault: (error, { requestId }) => ({
    status: error.status,
    headers: xml,
    body: queryFault(namespace, requestId, error),
  }),
});
