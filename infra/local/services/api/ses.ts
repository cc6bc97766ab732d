import type { Mailbox, Message } from '../mailbox.ts';
import { AwsError } from './aws-error.ts';
import { members, pairs, queryAnswer, queryFault } from './query.ts';
import type { AwsService } from './service.ts';

const namespace = 'http://ses.amazonaws.com/doc/2010-12-01/';
const xml = { 'content-type': 'text/xml' };
const maxBytes = 10 * 1024 * 1024;
const maxRecipients = 50;

const checkTags = (tags: Record<string, string>): void => {
  const bad = Object.entries(tags)
    .flat()
    .find((text) => !/^[A-Za-z0-9_-]{1,256}$/.test(text));
  if (bad !== undefined) {
    throw new AwsError('InvalidParameterValue', `Invalid tag <${bad}>: only A-Z, a-z, 0-9, '_' and '-' are allowed.`);
  }
};

/** SES (Query protocol): what is sent goes to the mailbox, then to `sent`. */
export const sesService = (mailbox: Mailbox, sent: (mail: Message) => void): AwsService => ({
  action: ({ body }) => new URLSearchParams(body).get('Action') ?? '',
  handle: async (action, { body, requestId }) => {
    const form = new URLSearchParams(body);
    if (action !== 'SendRawEmail') throw new AwsError('InvalidAction', `${action} does not exist on this computer.`);
    const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
    if (raw.length === 0) throw new AwsError('InvalidParameterValue', 'RawMessage.Data is empty.');
    if (raw.length > maxBytes)
      throw new AwsError('InvalidParameterValue', 'Message length is more than 10485760 bytes.');
    const tags = pairs(form, 'Tags.member', 'Name', 'Value');
    checkTags(tags);
    const destinations = members(form, 'Destinations');
    if (destinations.length > maxRecipients) {
      throw new AwsError('InvalidParameterValue', `Recipient count exceeds ${maxRecipients}.`);
    }
    const mail = await mailbox.receiveMail({
      source: form.get('Source') ?? undefined,
      destinations,
      raw,
      tags,
      configurationSet: form.get('ConfigurationSetName') ?? undefined,
    });
    sent(mail);
    return { status: 200, headers: xml, body: queryAnswer(namespace, action, requestId, { MessageId: mail.id }) };
  },
  fault: (error, { requestId }) => ({
    status: error.status,
    headers: xml,
    body: queryFault(namespace, requestId, error),
  }),
});
