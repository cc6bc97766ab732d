import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AwsCall, AwsFault } from '../../../infra/local/services/api/server.ts';
import { addressHash } from '../../../shared/clients/keys.ts';
import { dataOf } from '../../support/outcomes.ts';
import { bookAs, outcomesOf } from '../../support/world/messages.ts';
import { abroad, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let fault: ((call: AwsCall) => AwsFault | undefined) | undefined;
const asked: string[] = [];

beforeAll(async () => {
  world = await startWorld(
    {
      faults: (call) => {
        if (call.service === 'sesv2') asked.push(call.action);
        return fault?.(call);
      },
    },
    abroad,
  );
});
afterAll(() => world.system.close());

let hours = 0;
/** What becomes of the confirmation of a booking with this address alone. */
const confirmationTo = async (address: string): Promise<string | undefined> => {
  hours += 1;
  const contact = address.includes('@') ? { email: address, phone: undefined } : { phone: address, email: undefined };
  const date = `2026-12-${String(Math.ceil(hours / 3)).padStart(2, '0')}`;
  const booked = await bookAs(world, contact, { startsAt: `${date}T${10 + 2 * (hours % 3)}:00` });
  await world.system.settle();
  return (await outcomesOf(world, booked)).at(-1);
};

const desk = () => world.as('reception');
const look = async (address: string) =>
  dataOf(
    await desk().lookUpAddress({
      body: { channel: address.includes('@') ? ('email' as const) : ('sms' as const), address },
    }),
  );
const email = (address: string) => ({ channel: 'email' as const, address });
const sms = (address: string) => ({ channel: 'sms' as const, address });

test('staff stop an address and resume it, each with a reason that the audit keeps, without the address', async () => {
  const address = 'told-us@example.com';
  expect(await confirmationTo(address)).toBe('confirmation: delivered');
  const stop = () =>
    desk().stopAddress({ body: { ...email(' Told-Us@example.com '), reason: 'client_asked' as const } });
  const stopped = dataOf(await stop());
  expect(stopped).toMatchObject({ channel: 'email', address, stopped: { reason: 'staff' } });
  expect(stopped.advertisingRefusedAt).toBe(stopped.stopped?.at);
  expect(dataOf(await stop())).toEqual(stopped);
  expect(await confirmationTo(address)).toBe('confirmation: skipped suppressed');
  const resume = () => desk().resumeAddress({ body: { ...email(address), reason: 'mistake' as const } });
  const resumed = dataOf(await resume());
  expect(resumed).toEqual({ channel: 'email', address, advertisingRefusedAt: stopped.advertisingRefusedAt });
  expect(dataOf(await resume())).toEqual(resumed);
  expect(await confirmationTo(address)).toBe('confirmation: delivered');
  const { entries } = dataOf(await world.as('owner').listAudit({ query: {} }));
  const acts = entries.filter(({ action }) => action.startsWith('address.'));
  const subject = `address/${addressHash(address)}`;
  expect(acts).toEqual([
    expect.objectContaining({
      ...{ action: 'address.resumed', subject, roles: ['reception'] },
      details: { channel: 'email', reason: 'mistake', stopped: 'staff' },
    }),
    expect.objectContaining({
      action: 'address.stopped',
      subject,
      details: { channel: 'email', reason: 'client_asked' },
    }),
  ]);
  expect(JSON.stringify(acts)).not.toContain('told-us');
});

test('a phone is resumed as anybody writes it, whatever had stopped it', async () => {
  const phone = '+525544443333';
  expect(await confirmationTo(phone)).toBe('confirmation: sent');
  world.system.receiveText('+5215544443333', 'STOP');
  await world.system.settle();
  expect(await look(phone)).toMatchObject({ stopped: { reason: 'stopped' } });
  const refused = await desk().resumeAddress({ body: { ...sms(phone), reason: 'mistake' } });
  expect(refused.ok || refused.problem).toMatchObject({
    ...{ code: 'unprocessable', errors: [{ path: 'reason', allowed: ['client_asked'] }] },
  });
  dataOf(await desk().resumeAddress({ body: { ...sms('+52 55 4444 3333'), reason: 'client_asked' } }));
  expect(await confirmationTo(phone)).toBe('confirmation: sent');
});

test('a bounced address is let through by SES, too, which keeps a list of its own', async () => {
  const { system } = world;
  const address = 'full-mailbox@example.com';
  expect(await confirmationTo(address)).toBe('confirmation: delivered');
  system.publishFeedback('bounce', system.mailbox.list({ to: address })[0]?.id ?? '');
  await system.settle();
  expect(await look(address)).toMatchObject({ stopped: { reason: 'bounced' } });
  expect(await confirmationTo(address)).toBe('confirmation: skipped suppressed');

  fault = ({ service }) => (service === 'sesv2' ? { code: 'InternalFailure', status: 500 } : undefined);
  const down = await desk().resumeAddress({ body: { ...email(address), reason: 'mended' } });
  expect([down.status, down.ok || down.problem.code]).toEqual([503, 'provider_unavailable']);
  expect(await look(address)).toMatchObject({ stopped: { reason: 'bounced' } });

  fault = undefined;
  asked.length = 0;
  expect(dataOf(await desk().resumeAddress({ body: { ...email(address), reason: 'mended' } }))).toEqual(email(address));
  expect(asked).toEqual(['DeleteSuppressedDestination']);
  expect(await confirmationTo(address)).toBe('confirmation: delivered');
  // Not on the list any more, which is no fault.
  expect((await desk().resumeAddress({ body: { ...email(address), reason: 'mended' } })).status).toBe(200);
});

test('who complained must want messages again', async () => {
  const { system } = world;
  const address = 'pressed-spam+by.mistake@example.com';
  await confirmationTo(address);
  system.publishFeedback('complaint', system.mailbox.list({ to: address })[0]?.id ?? '');
  await system.settle();
  for (const reason of ['mended', 'mistake'] as const) {
    const refused = await desk().resumeAddress({ body: { ...email(address), reason } });
    expect([refused.status, refused.ok || refused.problem.errors?.[0]?.path]).toEqual([422, 'reason']);
  }
  dataOf(await desk().resumeAddress({ body: { ...email(address), reason: 'client_asked' } }));
  expect(await confirmationTo(address)).toBe('confirmation: delivered');
});

test('an address of nobody is resumed without asking SES, and stopping holds for who comes later', async () => {
  asked.length = 0;
  expect(dataOf(await desk().resumeAddress({ body: { ...email('nobody@example.com'), reason: 'mended' } }))).toEqual(
    email('nobody@example.com'),
  );
  expect(asked).toEqual([]);
  dataOf(await desk().stopAddress({ body: { ...sms('(718) 555-8301'), reason: 'not_theirs' } }));
  expect(await confirmationTo('+17185558301')).toBe('confirmation: skipped suppressed');
});

test.each([
  ['an e-mail that is none', { ...email('nadia'), reason: 'other' as const }, 400, 'address'],
  ['a phone that can’t be', { ...sms('12'), reason: 'other' as const }, 422, 'address'],
  ['no reason', email('nadia@example.com') as never, 400, 'reason'],
])('%s is refused by its field', async (_, body, status, path) => {
  const refused = await desk().stopAddress({ body });
  expect([refused.status, refused.ok || refused.problem.errors?.[0]?.path]).toEqual([status, path]);
});

test('who performs services does neither', async () => {
  const staff = world.as('staff');
  expect((await staff.stopAddress({ body: { ...email('a@example.com'), reason: 'other' } })).status).toBe(403);
  expect((await staff.lookUpAddress({ body: email('a@example.com') })).status).toBe(403);
});
