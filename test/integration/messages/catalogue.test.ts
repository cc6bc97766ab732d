import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedSystem } from '../../../infra/local/demo.ts';
import { day, minute } from '../../support/durations.ts';
import { bookAs, complete, consent, newYork, sentTo } from '../../support/world/messages.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;

/** A business with a journey of its own. */
beforeAll(async () => {
  world = await startWorld({}, (catalogue) => {
    for (const touchpoint of catalogue.journey) if (touchpoint.id === 'confirmation') touchpoint.quiet = 'respect';
    const common = { channels: ['email' as const], purpose: 'service' as const, quiet: 'respect' as const };
    catalogue.journey.push(
      { ...common, id: 'thanks', template: 'review-request', anchor: 'start', offset: 'PT2H', when: ['completed'] },
      {
        ...common,
        id: 'confirm-please',
        template: 'reminder',
        anchor: 'start',
        offset: '-PT3H',
        when: ['unconfirmed'],
      },
      {
        ...common,
        id: 'again',
        template: 'cancelled',
        anchor: 'cancellation',
        offset: 'P2D',
        when: ['nothing-booked'],
      },
    );
  });
});
afterAll(() => world.system.close());

test('a confirmation that must not disturb at night comes in the morning', async () => {
  const { system } = world;
  await system.windTo(newYork('2026-11-22T22:15'));
  const contact = { email: 'at-night@example.com' };
  await bookAs(world, contact, { startsAt: '2026-12-01T10:00' });
  await system.settle();
  expect(sentTo(world, contact.email)).toEqual([]);
  await system.windTo(newYork('2026-11-23T08:00'));
  expect(sentTo(world, contact.email)).toEqual(['email confirmation']);
});

test('what follows the start of the visit goes, and whoever has confirmed is not asked to', async () => {
  const { system, api } = world;
  const contact = { email: 'confirms@example.com' };
  const other = { email: 'does-not-confirm@example.com' };
  const visit = await bookAs(world, contact, { startsAt: '2026-12-02T12:00' });
  await bookAs(world, other, { startsAt: '2026-12-02T14:00' });
  await api.confirmByLink({ params: { token: visit.token } });
  await system.windTo(Date.parse(visit.endsAt) + minute);
  await complete(world, visit.id);
  await system.windBy(day);
  expect(sentTo(world, contact.email)).toEqual([
    'email confirmation',
    'email reminder',
    'email thanks',
    'email review',
  ]);
  expect(sentTo(world, other.email)).toContain('email confirm-please');
});

test('who cancels and books something sooner is not asked to book again', async () => {
  const { system, api } = world;
  const booked = { email: 'books-sooner@example.com', phone: '+17185554301' };
  const gone = { email: 'books-nothing@example.com', phone: '+17185554302' };
  const first = await bookAs(world, booked, { startsAt: '2026-12-22T10:00' });
  const second = await bookAs(world, gone, { startsAt: '2026-12-22T12:00' });
  await api.cancelByLink({ params: { token: first.token } });
  await api.cancelByLink({ params: { token: second.token } });
  await bookAs(world, booked, { startsAt: '2026-12-15T10:00' });
  await system.windBy(3 * day);
  expect(sentTo(world, booked.email)).not.toContain('email again');
  expect(sentTo(world, gone.email)).toContain('email again');
});

test('a reminder still goes when service, person and location have left the catalogue; a removed touchpoint does not', async () => {
  const { system, catalogue } = world;
  const contact = { email: 'old-catalogue@example.com' };
  const visit = await bookAs(world, contact, { startsAt: '2027-01-12T10:00', consents: consent('email') });
  await system.settle();
  await seedSystem(system, {
    ...catalogue,
    locations: catalogue.locations.filter(({ id }) => id !== 'brooklyn'),
    staff: catalogue.staff
      .filter(({ locations }) => !locations.includes('brooklyn'))
      .map((person) => ({ ...person, skills: [] })),
    services: catalogue.services
      .filter(({ id, timetable }) => id !== 'cut' && !timetable?.some(({ location }) => location === 'brooklyn'))
      .map((service) => ({ ...service, needs: [], locations: undefined })),
    resources: catalogue.resources.filter(({ location }) => location !== 'brooklyn'),
    journey: catalogue.journey.filter(({ id }) => id !== 'confirm-please'),
  });
  await system.windTo(Date.parse(visit.startsAt));
  expect(sentTo(world, contact.email)).toEqual(['email confirmation', 'email reminder']);
  expect(system.mailbox.list({ to: contact.email }).at(-1)?.text).toContain('brooklyn');
  expect([system.deadLetters(), system.failedRecords()]).toEqual([[], []]);
});
