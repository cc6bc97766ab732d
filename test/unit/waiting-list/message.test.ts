import { expect, it } from 'vitest';
import { createComposer } from '../../../shared/messages/outgoing.ts';
import { day } from '../../../shared/platform/time/time.ts';
import type { Tokens } from '../../../shared/platform/tokens/tokens.ts';
import { createWaitingMessages } from '../../../shared/waiting-list/notices/messages.ts';
import type { Waiting } from '../../../shared/waiting-list/store.ts';
import { hour } from '../../support/durations.ts';
import { catalogueIndexOf, startsAt } from '../../support/unit/visits.ts';

const before = startsAt - 5 * day;
const tokens: Tokens = {
  sign: async () => 'token',
  read: () => Promise.reject(new Error('nothing is verified here')),
  verify: () => Promise.reject(new Error('nothing is verified here')),
  pseudonym: async (_, text) => text,
};

it('a freed time is offered in the words of whoever waits', async () => {
  const now = () => before;
  const messages = createWaitingMessages({
    tokens,
    clients: { isProven: async () => false },
    publicUrl: 'https://salon.example',
    now,
    compose: createComposer({ senderAddress: 'hello@salon.example', now }),
  });
  const offer = {
    id: 'offer00000000000',
    startsAt,
    endsAt: startsAt + hour,
    staff: ['amina'],
    occupies: [],
    expiresAt: before + day / 48,
  };
  const waiting: Waiting = {
    id: 'waiting000000000',
    version: 2,
    status: 'offered',
    locationId: 'soho',
    zone: 'Europe/London',
    clientId: 'client0123456789',
    contact: { firstName: 'Nadia', phone: '+447700900001', email: 'nadia@example.com', language: 'en' },
    services: ['cut'],
    staff: [],
    seats: 1,
    from: '2026-11-23',
    to: '2026-11-25',
    passed: [],
    offer,
    createdAt: before,
    updatedAt: before,
  };
  const message = await messages.offered(catalogueIndexOf(), waiting, offer);
  expect(message).toMatchObject({
    key: { clientId: waiting.clientId, appointmentId: offer.id, touchpoint: 'waiting-offer', occurrence: 0 },
    purpose: 'service',
    recipients: [{ channel: 'email' }, { channel: 'sms' }],
  });
  expect(message.text().text).toBe(
    'Linden & Rose: Tue 24 Nov, 11:00 is free, cut. Yours until Thu 19 Nov, 11:30: https://salon.example/w/token',
  );
  const mail = Buffer.from(await message.mail('nadia@example.com')).toString();
  expect(mail).toContain('Subject: A time has opened up');
});
