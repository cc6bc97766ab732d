import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../support/durations.ts';
import { codeOf, dataOf } from '../../support/outcomes.ts';
import { newcomer, rowsOf } from '../../support/world/booking.ts';
import { type Staff, staffOf } from '../../support/world/desk.ts';
import { tokenSentTo } from '../../support/world/messages.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let staff: Staff;
beforeAll(async () => {
  world = await startWorld();
  staff = staffOf(world);
});
afterAll(() => world.system.close());

let hours = 0;
/** A free time each. */
const nextTime = () => {
  hours += 1;
  const day = String(1 + Math.floor(hours / 4)).padStart(2, '0');
  return `2026-12-${day}T${String(10 + 2 * (hours % 4)).padStart(2, '0')}:00`;
};
const clientIdOf = async ({ id }: { id: string }) => (await staff.get(id)).clientId;
const addressesOf = async (clientId: string) =>
  Object.fromEntries((await staff.client(clientId)).addresses.map(({ channel, state }) => [channel, state]));

describe('an address', () => {
  it('is proven by a press from a message to it, and not by the link that the answer hands out', async () => {
    const client = newcomer();
    const booked = await mustBook(world.api, { client, startsAt: nextTime() });
    const clientId = await clientIdOf(booked);
    const handedOut = { params: { token: booked.token } };
    expect(codeOf(await world.api.proveByLink(handedOut))).toBe('status_conflict');
    dataOf(await world.api.confirmByLink(handedOut));
    expect(await addressesOf(clientId)).toEqual({ email: 'given', sms: 'given' });

    const params = { token: await tokenSentTo(world, client.email) };
    expect(dataOf(await world.api.getByLink({ params, query: {} })).address).toMatchObject({
      channel: 'email',
      state: 'given',
    });
    for (const _ of [1, 2]) {
      expect(dataOf(await world.api.proveByLink({ params })).address).toMatchObject({
        channel: 'email',
        state: 'proven',
      });
    }
    expect(await addressesOf(clientId)).toEqual({ email: 'proven', sms: 'given' });
  });

  it.each(['confirmByLink', 'cancelByLink'] as const)('is proven by %s, too', async (act) => {
    const client = { ...newcomer(), preferredChannel: 'sms' };
    const booked = await mustBook(world.api, { client, startsAt: nextTime() });
    dataOf(await world.api[act]({ params: { token: await tokenSentTo(world, client.phone) } }));
    expect(await addressesOf(await clientIdOf(booked))).toEqual({ email: 'given', sms: 'proven' });
  });

  it('is proven on the page, by a button that posts', async () => {
    const client = newcomer();
    const booked = await mustBook(world.api, { client, startsAt: nextTime() });
    const page = `${world.system.url}/a/${await tokenSentTo(world, client.email)}`;
    expect(await (await fetch(page)).text()).toContain('Yes, this is my email address');
    expect(await addressesOf(await clientIdOf(booked))).toMatchObject({ email: 'given' });
    const pressed = await fetch(`${page}/prove`, { method: 'POST' });
    const text = await pressed.text();
    expect(text).toContain('we now know that this is you');
    expect(text).not.toContain('Yes, this is my email address');
    expect(await addressesOf(await clientIdOf(booked))).toMatchObject({ email: 'proven' });
    expect(await (await fetch(`${world.system.url}/a/${booked.token}`)).text()).not.toContain('Yes, this is my');
  });

  it('is proven by staff, which is recorded once', async () => {
    const { clientId } = await staff.book(nextTime());
    const params = { clientId, channel: 'sms' } as const;
    expect(codeOf(await world.as('staff').proveAddress({ params }))).toBe('forbidden');
    for (const _ of [1, 2]) dataOf(await world.as('reception').proveAddress({ params }));
    expect(await addressesOf(clientId)).toEqual({ email: 'given', sms: 'proven' });
    const acts = (await rowsOf(world, 'AuditEntry')).filter(({ action }) => action === 'address.proven');
    expect(acts.map(({ subject }) => subject)).toEqual([`client/${clientId}`]);
    const { email: _, ...byPhone } = newcomer();
    const other = await staff.book(nextTime(), { client: byPhone });
    const none = { clientId: other.clientId, channel: 'email' } as const;
    expect(codeOf(await world.as('owner').proveAddress({ params: none }))).toBe('unprocessable');
  });

  it('is proven by coming, where it was the only one that was given; not where mail to it came back', async () => {
    const statesAfterVisit = async (client: Record<string, unknown>, time: string, staffId: string) => {
      const services = [{ serviceId: 'cut', staffId }];
      const booked = await mustBook(world.api, { client, services, startsAt: `2026-11-22T${time}` });
      await world.system.settle();
      dataOf(await staff.mark(booked.id, 'arrived'));
      return addressesOf(await clientIdOf(booked));
    };
    const { email: _, ...alone } = newcomer();
    expect(await statesAfterVisit(alone, '16:00', 'amina')).toEqual({ sms: 'proven' });
    expect(await statesAfterVisit(newcomer(), '14:30', 'amina')).toEqual({ email: 'given', sms: 'given' });
    const bounced = { firstName: 'Nadia', email: 'bounce@simulator.amazonses.com' };
    expect(await statesAfterVisit(bounced, '13:00', 'amina')).toEqual({ email: 'given' });
  });
});

describe('a stranger who books with somebody’s phone', () => {
  it('adds no address to the card, though the stranger proves the one that was given', async () => {
    const victim = newcomer();
    const own = await mustBook(world.api, { client: victim, startsAt: nextTime() });
    const clientId = await clientIdOf(own);
    const before = await rowsOf(world, 'Client');
    const mallory = { firstName: 'Mallory', phone: victim.phone, email: 'mallory@attacker.example' };
    const hers = await mustBook(world.api, { client: { ...mallory, preferredChannel: 'email' }, startsAt: nextTime() });
    expect(await clientIdOf(hers)).toBe(clientId);
    dataOf(await world.api.confirmByLink({ params: { token: await tokenSentTo(world, mallory.email) } }));
    expect((await rowsOf(world, 'Client')).find(({ id }) => id === clientId)).toEqual(
      before.find(({ id }) => id === clientId),
    );
    expect(await addressesOf(clientId)).toEqual({ email: 'given', sms: 'given' });
    const proofs = (await rowsOf(world, 'AddressProof')).filter((row) => row['clientId'] === clientId);
    expect(proofs).toEqual([]);
  });

  it('who was there first does not get what staff send: that goes to a proven address', async () => {
    const victim = { ...newcomer(), email: 'wanda@example.com' };
    const mallory = { firstName: 'Wanda', phone: victim.phone, email: 'mallory2@attacker.example' };
    await mustBook(world.api, { client: { ...mallory, preferredChannel: 'email' }, startsAt: nextTime() });
    const own = await mustBook(world.api, {
      client: { ...victim, preferredChannel: 'sms' },
      startsAt: nextTime(),
    });
    dataOf(await world.api.confirmByLink({ params: { token: await tokenSentTo(world, victim.phone) } }));
    const clientId = await clientIdOf(own);
    const sent = () => world.system.mailbox.list().filter(({ to }) => to.includes(mallory.email)).length;
    await world.system.settle();
    const before = sent();
    const { addresses } = await staff.book(nextTime(), { client: undefined, clientId });
    expect(addresses.map(({ channel, state }) => [channel, state])).toEqual([
      ['sms', 'proven'],
      ['email', 'given'],
    ]);
    await world.system.settle();
    expect(sent()).toBe(before);
  });

  it('staff are told where no address is proven', async () => {
    const own = await mustBook(world.api, { client: newcomer(), startsAt: nextTime() });
    const { addresses } = await staff.book(nextTime(), { client: undefined, clientId: await clientIdOf(own) });
    expect(addresses.map(({ state }) => state)).toEqual(['given', 'given']);
  });
});

it('a box that a stranger ticks with somebody’s address brings no advertising there, nor takes a refusal back', async () => {
  const { system } = world;
  const [uma, wanda] = ['uma@example.com', 'wanda-refused@example.com'];
  const visits = [];
  for (const email of [uma, wanda])
    visits.push(await mustBook(world.api, { client: { firstName: 'Uma', email }, startsAt: nextTime() }));
  const stopped = await mustBook(world.api, { client: { firstName: 'Wanda', email: wanda }, startsAt: nextTime() });
  dataOf(await world.api.proveByLink({ params: { token: await tokenSentTo(world, wanda) } }));
  for (const email of [uma, wanda]) {
    const forged = await mustBook(world.api, {
      client: { ...newcomer(), email },
      startsAt: nextTime(),
      consents: [{ channel: 'email', purpose: 'marketing', words: 'anything the attacker likes' }],
    });
    dataOf(await world.api.cancelByLink({ params: { token: forged.token } }));
  }
  await system.windTo(Date.parse(stopped.endsAt));
  for (const { id } of [...visits, stopped]) dataOf(await staff.mark(id, 'completed'));
  await system.windBy(45 * day);
  const subjects = system.mailbox.list().filter(({ to }) => to.includes(uma) || to.includes(wanda));
  expect(subjects.filter(({ tags }) => tags['message']?.includes('come-back'))).toEqual([]);
  expect((await rowsOf(world, 'Consent')).filter(({ granted }) => granted)).toEqual([]);
});
