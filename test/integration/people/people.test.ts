import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minute } from '../../support/durations.ts';
import { codeOf, dataOf, problemOf } from '../../support/outcomes.ts';
import { type Api, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let owner: Api;
beforeAll(async () => {
  world = await startWorld();
  owner = world.as('owner');
});
afterAll(() => world.system.close());

const people = async () => dataOf(await owner.listPeople({})).people;
const find = async (email: string) => {
  const found = (await people()).find((person) => person.email === email);
  if (!found) throw new Error(`nobody is ${email}`);
  return { params: { sub: found.sub } };
};
const audited = async () =>
  dataOf(await owner.listAudit({ query: {} })).entries.filter(({ action }) => action.startsWith('person.'));
/** A warm function goes by what it has read for a minute, and a token of the second of a revocation counts no more. */
const aWhile = () => world.system.windBy(minute);

test('the people of old have their role, everywhere', async () => {
  expect((await people()).map(({ email, role, locations, disabled }) => [email, role, locations, disabled])).toEqual(
    ['manager', 'owner', 'reception', 'staff'].map((role) => [`${role}@example.com`, role, undefined, false]),
  );
});

describe('inviting', () => {
  test('sends a mail, ties the person to a row, and is recorded', async () => {
    const invited = dataOf(
      await owner.invitePerson({ body: { email: 'Amina@Example.com', role: 'staff', staffId: 'amina' } }),
    );
    expect(invited).toMatchObject({ email: 'amina@example.com', role: 'staff', staffId: 'amina', invited: true });
    expect(world.mails(/invited to Regulars/).map(({ to }) => to)).toEqual([['amina@example.com']]);
    expect((await audited())[0]).toMatchObject({
      action: 'person.invited',
      subject: `person/${invited.sub}`,
      details: { role: 'staff' },
    });
    const me = dataOf(await world.as('staff', 'amina@example.com').getMe({}));
    expect(me).toMatchObject({
      sub: invited.sub,
      name: 'Amina Rahman',
      roles: ['staff'],
      staffId: 'amina',
      may: { see: 'own', act: 'mark', addresses: false, desk: false, settings: false, people: false },
    });
  });

  test('is refused for who is there, and for rows and places that are not', async () => {
    const refused = async (body: Record<string, unknown>) =>
      problemOf(await owner.invitePerson({ body: { email: 'new@example.com', role: 'staff', ...body } }));
    expect(await refused({ email: 'amina@example.com' })).toMatchObject({ code: 'person_exists', status: 409 });
    expect((await refused({ staffId: 'nobody' })).errors?.[0]?.path).toBe('staffId');
    expect((await refused({ locations: ['brooklyn', 'mars'] })).errors?.[0]?.path).toBe('locations[1]');
    expect((await refused({ role: 'admin' })).code).toBe('invalid_request');
    expect((await people()).map(({ email }) => email)).not.toContain('new@example.com');
  });

  test('is done again for who has no password yet, and for nobody else', async () => {
    dataOf(await owner.invitePersonAgain(await find('amina@example.com')));
    expect(world.mails(/invited to Regulars/)).toHaveLength(2);
    expect(codeOf(await owner.invitePersonAgain(await find('staff@example.com')))).toBe('status_conflict');
    expect(codeOf(await owner.invitePersonAgain({ params: { sub: 'nobody' } }))).toBe('not_found');
  });
});

test('who works at a location sees that one, until they work everywhere again', async () => {
  const reception = world.as('reception');
  const diary = async (locationId: string) =>
    codeOf(await reception.getDiary({ query: { locationId, date: '2026-11-24' } }));
  const place = await find('reception@example.com');
  dataOf(await owner.changePerson({ ...place, body: { locations: ['los-feliz'] } }));
  await aWhile();
  expect([await diary('brooklyn'), await diary('los-feliz')]).toEqual(['forbidden', 'done']);
  expect(dataOf(await reception.getMe({})).locations).toEqual(['los-feliz']);
  dataOf(await owner.changePerson({ ...place, body: { locations: null } }));
  await aWhile();
  expect(await diary('brooklyn')).toBe('done');
});

test('another role ends the tokens that are out, and holds from the next one', async () => {
  const before = world.as('manager');
  dataOf(await before.getSettings({}));
  dataOf(await owner.changePerson({ ...(await find('manager@example.com')), body: { role: 'reception' } }));
  await aWhile();
  expect(codeOf(await before.getSettings({}))).toBe('unauthenticated');
  // The pool still says manager, had it not followed: what is held narrows it.
  expect(codeOf(await world.as('manager').getSettings({}))).toBe('forbidden');
  const after = world.as('reception', 'manager@example.com');
  dataOf(await after.getDiary({ query: { locationId: 'brooklyn', date: '2026-11-24' } }));
  expect((await people()).find(({ email }) => email === 'manager@example.com')?.role).toBe('reception');
});

describe('who is removed', () => {
  const diary = async (api: Api) =>
    codeOf(await api.getDiary({ query: { locationId: 'brooklyn', date: '2026-11-24' } }));

  test('is out within five minutes, whatever tokens they have, and in again when let in', async () => {
    const token = world.as('staff');
    expect(await diary(token)).toBe('done');
    const who = await find('staff@example.com');
    expect(dataOf(await owner.removePerson(who))).toMatchObject({ disabled: true });
    expect(dataOf(await owner.removePerson(who))).toMatchObject({ disabled: true });
    expect((await audited())[0]).toMatchObject({ action: 'person.removed', subject: `person/${who.params.sub}` });
    // As long as the issue grants; a function goes by what it has read for one minute.
    await world.system.windBy(5 * minute);
    expect([await diary(token), await diary(world.as('staff'))]).toEqual(['unauthenticated', 'unauthenticated']);
    dataOf(await owner.changePerson({ ...who, body: { disabled: false } }));
    await aWhile();
    expect([await diary(token), await diary(world.as('staff'))]).toEqual(['unauthenticated', 'done']);
  });

  test('is signed out only, where the owner wants no more', async () => {
    const token = world.as('staff');
    expect(await diary(token)).toBe('done');
    dataOf(await owner.signOutPerson(await find('staff@example.com')));
    await aWhile();
    expect([await diary(token), await diary(world.as('staff'))]).toEqual(['unauthenticated', 'done']);
  });
});

describe('the last owner', () => {
  const second = 'second@example.com';

  test('stays, also beside one who has never signed in', async () => {
    const me = await find('owner@example.com');
    dataOf(await owner.invitePerson({ body: { email: second, role: 'owner' } }));
    for (const outcome of [
      await owner.removePerson(me),
      await owner.changePerson({ ...me, body: { disabled: true } }),
      await owner.changePerson({ ...me, body: { role: 'manager' } }),
    ])
      expect(problemOf(outcome)).toMatchObject({ code: 'last_owner', status: 409 });
    expect((await people()).find(({ email }) => email === 'owner@example.com')).toMatchObject({
      role: 'owner',
      disabled: false,
    });
  });

  test('is one of two who end each other at the same moment', async () => {
    // She has chosen a password.
    const other = dataOf(
      await owner.changePerson({ ...(await find('reception@example.com')), body: { role: 'owner' } }),
    );
    const { params } = await find('owner@example.com');
    for (let round = 0; round < 5; round += 1) {
      await aWhile();
      const asOther = world.as('owner', 'reception@example.com');
      const outcomes = await Promise.all([
        world.as('owner').removePerson({ params: { sub: other.sub } }),
        asOther.changePerson({ params, body: { role: 'manager' } }),
      ]);
      const codes = outcomes.map(codeOf);
      expect(
        codes.filter((code) => code === 'done'),
        codes.join(),
      ).toHaveLength(1);
      expect(codes.filter((code) => ['last_owner', 'busy'].includes(code))).toHaveLength(1);
      const winner = outcomes[0]?.ok ? world.as('owner') : asOther;
      await aWhile();
      const left = outcomes[0]?.ok ? { params: { sub: other.sub } } : { params };
      dataOf(await winner.changePerson({ ...left, body: { role: 'owner', disabled: false } }));
    }
    await aWhile();
  });
});

test('who is not the owner does nothing of this', async () => {
  const sub = dataOf(await world.as('owner').listPeople({})).people[0]?.sub ?? '';
  const reception = world.as('reception', 'another@example.com');
  for (const outcome of [
    await reception.listPeople({}),
    await reception.removePerson({ params: { sub } }),
    await reception.invitePerson({ body: { email: 'x@example.com', role: 'owner' } }),
  ])
    expect(codeOf(outcome)).toBe('forbidden');
});
