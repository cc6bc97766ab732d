import type { AwsCall } from './aws-call.ts';

/**
 * What a call that was done means for messages. `claimed`: an invocation took it upon itself to send it. `settled`: its
 * outcome was recorded. `mailed`, `texted`: a copy is on its way.
 */
export type MessageEffect =
  | { kind: 'claimed' | 'settled' | 'mailed'; message: string }
  | { kind: 'texted'; phone: string; text: string };

/** `appointment#touchpoint#occurrence`, as the sort keys of messages have it without the padding. */
export const messageName = (appointmentId: string, touchpoint: string, occurrence: number): string =>
  `${appointmentId}#${touchpoint}#${occurrence}`;

interface Write {
  Item?: Record<string, { S?: string }>;
  Key?: Record<string, { S?: string }>;
  UpdateExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, { S?: string }>;
}

/** The status that a put or an update leaves behind. */
const statusAfter = (write: Write): string | undefined => {
  if (write.Item) return write.Item['status']?.S;
  for (const [, name = '', value = ''] of (write.UpdateExpression ?? '').matchAll(/(#[\w]+) = (:[\w]+)/g)) {
    if (write.ExpressionAttributeNames?.[name] === 'status') return write.ExpressionAttributeValues?.[value]?.S;
  }
  return undefined;
};

const ofTable = (body: string): MessageEffect | undefined => {
  const write = JSON.parse(body) as Write;
  const sk = (write.Item ?? write.Key)?.['sk']?.S ?? '';
  const [, appointmentId, touchpoint, occurrence] = /^MESSAGE#([^#]+)#([^#]+)#(\d+)$/.exec(sk) ?? [];
  const status = statusAfter(write);
  if (!appointmentId || !touchpoint || !status) return undefined;
  const message = messageName(appointmentId, touchpoint, Number(occurrence));
  return { kind: status === 'sending' ? 'claimed' : 'settled', message };
};

const ofMail = (body: string): MessageEffect | undefined => {
  const form = new URLSearchParams(body);
  for (let index = 1; form.has(`Tags.member.${index}.Name`); index += 1) {
    if (form.get(`Tags.member.${index}.Name`) !== 'message') continue;
    const [, id = '', touchpoint = '', occurrence] =
      /^([0-9a-z]{16})_(.+)_(\d+)$/.exec(form.get(`Tags.member.${index}.Value`) ?? '') ?? [];
    return { kind: 'mailed', message: messageName(id, touchpoint, Number(occurrence)) };
  }
  return undefined;
};

export const messageEffect = ({ service, action }: AwsCall, body: string): MessageEffect | undefined => {
  if (service === 'dynamodb' && (action === 'PutItem' || action === 'UpdateItem')) return ofTable(body);
  if (service === 'ses') return ofMail(body);
  if (service !== 'sns') return undefined;
  const form = new URLSearchParams(body);
  return { kind: 'texted', phone: form.get('PhoneNumber') ?? '', text: form.get('Message') ?? '' };
};
