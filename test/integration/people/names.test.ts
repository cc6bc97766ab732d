import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minute } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { browserAt, passwordOf, signedIn } from '../../support/world/browser.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.system.close());

const reception = 'reception@example.com';
const colleague = 'amina@example.com';
/** A function goes by the names that it has read for a minute. */
const aWhile = () => world.system.windBy(minute);
const subOf = async (email: string) =>
  dataOf(await world.as('owner').listPeople({})).people.find((person) => person.email === email)?.sub ?? '';

describe('names beside a sub', () => {
  test('are those of the row of staff, else the address, for whoever has signed in or was invited', async () => {
    await signedIn(world, reception);
    const owner = world.as('owner');
    dataOf(await owner.invitePerson({ body: { email: colleague, role: 'staff', staffId: 'amina' } }));
    const [desk, amina] = [await subOf(reception), await subOf(colleague)];
    const { id } = await mustBook(world.api);
    const changed = await world.as('reception').markAppointment({
      params: { appointmentId: id },
      body: { status: 'cancelled' },
    });
    expect(changed.ok).toBe(true);
    const audit = dataOf(await owner.listAudit({ query: {} }));
    expect(audit.people).toEqual(
      expect.arrayContaining([
        { id: desk, name: reception },
        { id: amina, name: 'Amina Rahman' },
      ]),
    );
    const history = dataOf(await owner.getAppointmentHistory({ params: { appointmentId: id } }));
    expect(history.entries.map(({ by }) => by)).toContain('client');
    expect(history.people).toEqual([{ id: desk, name: reception }]);
    const online = dataOf(await owner.listOnlineBookings({ query: { appointmentId: id } }));
    expect(online.people).toEqual([{ id: desk, name: reception }]);
  });

  test('stay when the person is removed, and follow when their row is another', async () => {
    const owner = world.as('owner');
    const desk = await subOf(reception);
    dataOf(await owner.changePerson({ params: { sub: desk }, body: { staffId: 'marco' } }));
    dataOf(await owner.removePerson({ params: { sub: desk } }));
    await aWhile();
    const { people } = dataOf(await owner.listAudit({ query: {} }));
    expect(people).toContainEqual({ id: desk, name: 'Marco Bellini' });
  });

  test('are kept as the row says when the person signs in', async () => {
    const browser = browserAt(world.system.url);
    const { body } = await browser.signIn(colleague, passwordOf(world, colleague));
    const answered = await browser.ask('/answer', {
      session: body['session'],
      newPassword: 'tomatoes ripen in August',
    });
    expect(answered.status).toBe(200);
    await aWhile();
    const { people } = dataOf(await world.as('owner').listAudit({ query: {} }));
    expect(people).toContainEqual({ id: await subOf(colleague), name: 'Amina Rahman' });
  });

  test('stand beside who read what', async () => {
    const manager = 'manager@example.com';
    await signedIn(world, manager);
    const { clientId } = await mustBook(world.api, { startsAt: '2026-11-24T14:00' }).then(async ({ id }) =>
      dataOf(await world.as('owner').getAppointment({ params: { appointmentId: id } })),
    );
    dataOf(await world.as('manager').getClient({ params: { clientId } }));
    await aWhile();
    const reads = dataOf(await world.as('owner').listReads({ query: {} }));
    expect(reads.people).toEqual([{ id: await subOf(manager), name: manager }]);
  });
});
