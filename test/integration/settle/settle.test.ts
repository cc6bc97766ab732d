import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minute } from '../../support/durations.ts';
import { codeOf, dataOf } from '../../support/outcomes.ts';
import { staffOf } from '../../support/world/desk.ts';
import { bookAs, newYork, outcomesOf, sentTo } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

const second = 1000;

let world: World;
beforeAll(async () => {
  world = await startWorld({}, ({ settings }) => {
    settings.settleSeconds = 60;
  });
});
afterAll(() => world.system.close());

let people = 0;
/** An address of its own, and a booking by the client with it that has been confirmed by mail. */
const booked = async (startsAt: string) => {
  people += 1;
  const email = `settled${people}@example.com`;
  const visit = await bookAs(world, { email, phone: undefined }, { startsAt });
  await world.system.settle();
  expect(sentTo(world, email)).toEqual(['email confirmation']);
  return { ...visit, email };
};
const news = (email: string) => sentTo(world, email).slice(1);
const settleFor = async (milliseconds = 70 * second): Promise<void> => {
  await world.system.settle();
  await world.system.windBy(milliseconds);
  await world.system.settle();
};
const moveTo = async (id: string, startsAt: string, more: Record<string, unknown> = {}) => {
  const desk = staffOf(world);
  dataOf(await desk.change(await desk.get(id), { startsAt, ...more }));
};

describe('what staff do is told once it has settled', () => {
  it('one message where they move, undo and move again', async () => {
    const { id, email } = await booked('2026-12-01T10:00');
    await moveTo(id, '2026-12-01T12:00');
    await settleFor(second);
    await moveTo(id, '2026-12-01T10:00');
    await settleFor(4 * second);
    await moveTo(id, '2026-12-01T14:00');
    await settleFor(30 * second);
    expect(news(email)).toEqual([]);
    await settleFor();
    expect(news(email)).toEqual(['email moved']);
    expect(world.system.mailbox.list({ to: email }).at(-1)?.subject).toContain('2:00 PM');
  });

  it('none where they move it back, and none where cancelling is undone', async () => {
    const desk = staffOf(world);
    const { id, email, ...rest } = await booked('2026-12-02T10:00');
    await moveTo(id, '2026-12-02T12:00');
    await settleFor(second);
    await moveTo(id, '2026-12-02T10:00');
    await settleFor();
    dataOf(await desk.mark(id, 'cancelled'));
    await settleFor(3 * second);
    dataOf(await desk.undo(id));
    await settleFor();
    expect(news(email)).toEqual([]);
    expect(await outcomesOf(world, { id, ...rest })).toEqual([
      'cancelled: skipped moved',
      'confirmation: delivered',
      'confirmation: skipped superseded',
      'moved: skipped moved',
      'moved: skipped superseded',
    ]);
  });

  it('none of a booking that is cancelled again, one of a booking that is moved', async () => {
    const desk = staffOf(world);
    const client = (email: string) => ({ client: { firstName: 'Rosa', email, language: 'en' } });
    const gone = await desk.book('2026-12-03T10:00', client('gone@example.com'));
    const moved = await desk.book('2026-12-03T12:00', client('moved@example.com'));
    await settleFor(5 * second);
    dataOf(await desk.mark(gone.id, 'cancelled'));
    await moveTo(moved.id, '2026-12-03T14:00');
    await settleFor(3 * minute);
    expect(sentTo(world, 'gone@example.com')).toEqual([]);
    const [only, ...others] = world.system.mailbox.list({ to: 'moved@example.com' });
    expect([only?.subject, others]).toEqual(['You are booked: Thursday, December 3 at 2:00 PM', []]);
  });

  it('after its minute a booking is confirmed as it is by then, and an undone cancelling is told', async () => {
    const desk = staffOf(world);
    const email = 'longer@example.com';
    const { id } = await desk.book('2026-12-04T10:00', { client: { firstName: 'Rosa', email, language: 'en' } });
    await settleFor(50 * second);
    const services = [{ serviceId: 'cut', staffId: 'amina', durationMinutes: 75 }];
    dataOf(await desk.change(await desk.get(id), { services }));
    await settleFor(20 * second);
    expect(sentTo(world, email)).toEqual(['email confirmation']);
    dataOf(await desk.mark(id, 'cancelled'));
    await settleFor();
    dataOf(await desk.undo(id));
    await settleFor();
    expect(news(email)).toEqual(['email cancelled', 'email confirmation']);
  });

  it('what the client does is told at once', async () => {
    const { token, email } = await booked('2026-12-05T10:00');
    dataOf(await world.api.moveByLink({ params: { token }, body: { startsAt: '2026-12-05T12:00' } }));
    await world.system.settle();
    expect(news(email)).toEqual(['email moved']);
  });

  it('nobody is told with notify: no, which staff see and only the desk may want', async () => {
    const desk = staffOf(world);
    const { id, email, ...rest } = await booked('2026-12-07T10:00');
    await moveTo(id, '2026-12-07T12:00', { notify: 'no' });
    await settleFor();
    expect(await outcomesOf(world, { id, ...rest })).toContain('moved: skipped not_notified');
    const quiet = { status: 'cancelled' as const, notify: 'no' as const };
    const params = { appointmentId: id };
    expect(codeOf(await world.as('staff').markAppointment({ params, body: quiet }))).toBe('forbidden');
    dataOf(await world.as('reception').markAppointment({ params, body: quiet }));
    await settleFor();
    const silent = await desk.book('2026-12-07T15:00', {
      client: { firstName: 'Rosa', email: 'silent@example.com', language: 'en' },
      notify: 'no',
    });
    await settleFor();
    expect(silent.status).toBe('pending');
    expect([news(email), sentTo(world, 'silent@example.com')]).toEqual([[], []]);
  });

  it('a reminder tells nothing that may still be undone', async () => {
    const { id, email } = await booked('2026-12-16T10:00');
    await world.system.windTo(newYork('2026-12-14T13:59'));
    await world.system.settle();
    await moveTo(id, '2026-12-15T14:00');
    await settleFor(45 * second);
    expect(news(email)).toEqual([]);
    await settleFor(2 * minute);
    expect(news(email)).toEqual(['email moved', 'email reminder']);
  });
});
