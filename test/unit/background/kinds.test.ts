import { expect, test } from 'vitest';
import { outboxMessage, queueOf } from '../../../shared/background/kinds.ts';

/** As stacks from before there were two queues left them in schedules, which may be months old, and in the outbox. */
const old: [string, string][] = [
  ['messages', '{"kind":"touchpoint","appointmentId":"0123456789abcdef","touchpointId":"reminder","sequence":0}'],
  [
    'messages',
    '{"kind":"touchpoint","appointmentId":"0123456789abcdef","touchpointId":"review","sequence":2,"resend":1,"by":"b7c1"}',
  ],
  ['messages', '{"kind":"low-score","appointmentId":"0123456789abcdef","revision":1}'],
  ['messages', '{"kind":"text-reply","textId":"0123456789abcdef"}'],
  ['messages', '{"kind":"waiting-offer","entryId":"0123456789abcdef","offerId":"fedcba9876543210"}'],
  ['background', '{"kind":"unconfirmed","appointmentId":"0123456789abcdef","sequence":1}'],
  ['background', '{"kind":"freed","locationId":"brooklyn","from":1795531500000,"until":1795535100000}'],
  [
    'background',
    '{"kind":"freed","locationId":"brooklyn","from":1795531500000,"until":1795535100000,"remembered":true}',
  ],
  ['background', '{"kind":"offer-ended","entryId":"0123456789abcdef","offerId":"fedcba9876543210"}'],
  ['background', '{"kind":"replan","jobId":"0123456789abcdef","locationId":"brooklyn","date":"2026-11-24"}'],
  ['background', '{"kind":"replan-offers","jobId":"0123456789abcdef","locationId":"brooklyn"}'],
  ['background', '{"kind":"rezone","jobId":"0123456789abcdef","locationId":"brooklyn","date":"2026-11-24"}'],
  ['background', '{"kind":"cancel-touched","jobId":"0123456789abcdef","appointmentId":"0123456789abcdef"}'],
  ['background', '{"kind":"lesson-record","jobId":"0123456789abcdef","portion":1}'],
];

test.each(old)('what waits for the queue %s from before is still understood: %s', (queue, text) => {
  const message = outboxMessage.parse(JSON.parse(text));
  expect(JSON.parse(JSON.stringify(message))).toEqual(JSON.parse(text));
  expect(queueOf(message)).toBe(queue);
});
