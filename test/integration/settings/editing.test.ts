import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minute } from '../../support/durations.ts';
import { dataOf, problemOf } from '../../support/outcomes.ts';
import { rowOf, settingsOf } from '../../support/world/settings.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let owner: ReturnType<World['as']>;
let manager: ReturnType<World['as']>;

beforeAll(async () => {
  world = await startWorld();
  owner = world.as('owner');
  manager = world.as('manager');
});
afterAll(() => world.system.close());

const raw = (path: string, headers: Record<string, string>, body?: unknown, method = 'PUT') =>
  fetch(`${world.system.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${world.system.token('owner')}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

describe('a row', () => {
  test('is changed by whoever read it last, and says so in its ETag', async () => {
    const { version, value } = await rowOf(world, 'staff', 'priya');
    const body = { value: { ...value, name: 'Priya Menon' } };
    const saved = await raw('/v1/settings/staff/priya', { 'if-match': `"${version}"` }, body);
    expect([saved.status, saved.headers.get('etag')]).toEqual([200, `"${version + 1}"`]);
    const late = problemOf(await manager.putStaffMember({ params: { id: 'priya' }, ifMatch: version, body }));
    expect([late.status, late.code]).toEqual([412, 'version_mismatch']);
    expect(late.detail).toContain(`"${version + 1}"`);
    await world.system.windBy(2 * minute);
    const staff = dataOf(await world.api.listStaff({})).staff;
    expect(staff.find(({ id }) => id === 'priya')?.name).toBe('Priya Menon');
  });

  test('without a version is refused, and `*` is none', async () => {
    const { value } = await rowOf(world, 'staff', 'priya');
    const statuses = [];
    for (const headers of [{}, { 'if-match': '*' }])
      statuses.push((await raw('/v1/settings/staff/priya', headers as Record<string, string>, { value })).status);
    expect(statuses).toEqual([428, 400]);
  });

  test('sent back as it was stays at its version, and leaves no entry', async () => {
    const { version, value } = await rowOf(world, 'services', 'cut');
    const before = dataOf(await owner.listAudit({ query: {} })).entries.length;
    const saved = dataOf(await manager.putService({ params: { id: 'cut' }, ifMatch: version, body: { value } }));
    expect(saved.version).toBe(version);
    expect(dataOf(await owner.listAudit({ query: {} })).entries).toHaveLength(before);
  });

  test('is changed by one of fifty who all read the same version', async () => {
    const { version, value } = await rowOf(world, 'categories', 'nails');
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        manager.putCategory({
          params: { id: 'nails' },
          ifMatch: version,
          body: { value: { ...value, name: { en: `Nails ${index}` } } },
        }),
      ),
    );
    const won = outcomes.filter(({ ok }) => ok);
    expect(won).toHaveLength(1);
    expect(
      new Set(
        outcomes
          .filter(({ ok }) => !ok)
          .map(problemOf)
          .map(({ code }) => code),
      ),
    ).toEqual(new Set(['version_mismatch']));
    const stands = await rowOf(world, 'categories', 'nails');
    expect([stands.version, stands.value]).toEqual([version + 1, won[0]?.ok && won[0].data.value]);
  });

  test('and others are changed at the same time, all of them', async () => {
    const { staff } = await settingsOf(world);
    const outcomes = await Promise.all(
      staff.map(({ version, value }) =>
        manager.putStaffMember({
          params: { id: value.id },
          ifMatch: version,
          body: { value: { ...value, name: `${value.name}!` } },
        }),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(staff.map(() => 200));
    const now = (await settingsOf(world)).staff;
    expect(now.map(({ value }) => value.name)).toEqual(staff.map(({ value }) => `${value.name}!`));
  });

  test('two changes that are each fine and together not: one of them is refused', async () => {
    const created = dataOf(await manager.createCategory({ body: { value: { id: 'spa', name: { en: 'Spa' } } } }));
    const service = await rowOf(world, 'services', 'massage');
    const [into, gone] = await Promise.all([
      manager.putService({
        params: { id: 'massage' },
        ifMatch: service.version,
        body: { value: { ...service.value, category: 'spa' } },
      }),
      manager.deleteCategory({ params: { id: 'spa' }, query: {}, ifMatch: created.version }),
    ]);
    expect([into.ok, gone.ok].filter(Boolean)).toHaveLength(1);
  });
});

describe('a list', () => {
  test('takes a new row at its end, for booking at once', async () => {
    const { value: cut } = await rowOf(world, 'services', 'cut-short');
    const value = { ...cut, id: 'fringe', name: { en: 'Fringe trim' }, durationMinutes: 15 };
    const created = dataOf(await manager.createService({ body: { value } }));
    expect(created).toEqual({ version: 1, value });
    expect((await settingsOf(world)).services.at(-1)?.value.id).toBe('fringe');
    const { version, value: amina } = await rowOf(world, 'staff', 'amina');
    const skilled = { ...amina, skills: [...amina.skills, 'fringe'] };
    dataOf(await manager.putStaffMember({ params: { id: 'amina' }, ifMatch: version, body: { value: skilled } }));
    const booked = await mustBook(world.api, {
      startsAt: '2026-11-25T09:00',
      services: [{ serviceId: 'fringe', staffId: 'amina' }],
    });
    expect(booked.services[0]?.name).toBe('Fringe trim');
  });

  test('refuses an id that is there, naming it', async () => {
    const { value } = await rowOf(world, 'services', 'cut');
    const refused = problemOf(await manager.createService({ body: { value } }));
    expect([refused.status, refused.code, refused.errors?.[0]?.path]).toEqual([409, 'already_exists', 'value.id']);
    expect(refused.detail).toContain('"cut"');
  });

  test('keeps what retires for its old appointments, and takes it back', async () => {
    const { version } = await rowOf(world, 'services', 'gloss');
    const retired = dataOf(await manager.deleteService({ params: { id: 'gloss' }, query: {}, ifMatch: version }));
    expect(retired.value.retired).toBe(true);
    await world.system.windBy(2 * minute);
    const offered = async () => dataOf(await world.api.listServices({ query: {} })).services.map(({ id }) => id);
    expect(await offered()).not.toContain('gloss');
    const again = problemOf(await manager.createService({ body: { value: retired.value } }));
    expect(again.detail).toContain('retired: false');
    dataOf(
      await manager.putService({
        params: { id: 'gloss' },
        ifMatch: retired.version,
        body: { value: { ...retired.value, retired: false } },
      }),
    );
    await world.system.windBy(2 * minute);
    expect(await offered()).toContain('gloss');
  });

  test('of categories loses one only when no service is in it', async () => {
    const hair = await rowOf(world, 'categories', 'hair');
    const used = problemOf(await manager.deleteCategory({ params: { id: 'hair' }, query: {}, ifMatch: hair.version }));
    expect([used.status, used.code]).toEqual([409, 'still_used']);
    expect(used.detail).toContain('cut-short');
    const { version } = dataOf(await manager.createCategory({ body: { value: { id: 'new', name: { en: 'New' } } } }));
    dataOf(await manager.deleteCategory({ params: { id: 'new' }, query: {}, ifMatch: version }));
    expect((await settingsOf(world)).categories.map(({ value }) => value.id)).not.toContain('new');
    const gone = await manager.deleteCategory({ params: { id: 'new' }, query: {}, ifMatch: version });
    expect(gone.status).toBe(404);
  });
});

describe('what does not hold together', () => {
  const staffFault = async (changes: Record<string, unknown>) => {
    const { version, value } = await rowOf(world, 'staff', 'marco');
    const body = { value: { ...value, ...changes } };
    return problemOf(await manager.putStaffMember({ params: { id: 'marco' }, ifMatch: version, body }));
  };

  test('is refused by the field, with what is allowed', async () => {
    const fault = await staffFault({ skills: ['cut', 'fortune-telling'] });
    expect([fault.status, fault.errors?.[0]?.path]).toEqual([422, 'value.skills[1]']);
    expect(fault.errors?.[0]?.allowed).toContain('beard');
  });

  test.each([
    ['another home', { locations: ['los-feliz', 'brooklyn'] }, 422, 'value.locations[0]'],
    ['another id', { id: 'polo' }, 422, 'value.id'],
    ['a malformed value', { name: '' }, 400, 'value.name'],
    [
      'hours that are none',
      { hours: { brooklyn: { mon: [{ from: '25:00', until: '26:00' }] } } },
      400,
      /^value\.hours/,
    ],
    ['hours elsewhere', { hours: { nowhere: {} } }, 422, 'value.hours.nowhere'],
  ])('%s is refused', async (_, changes, status, path) => {
    const fault = await staffFault(changes as Record<string, unknown>);
    expect(fault.status).toBe(status);
    const told = fault.errors?.[0]?.path;
    if (typeof path === 'string') expect(told).toBe(path);
    else expect(told).toMatch(path);
  });

  test('the currency stays while prices are in it, and the refusal names a service', async () => {
    const { business } = await settingsOf(world);
    const body = { value: { ...business.value, currency: 'EUR' } };
    const fault = problemOf(await owner.putBusiness({ ifMatch: business.version, body }));
    expect([fault.status, fault.errors?.[0]?.path]).toEqual([422, 'value.currency']);
    expect(fault.errors?.[0]?.message).toContain('service cut');
  });

  test('a room stays where it is', async () => {
    const value = { id: 'basin', name: 'Basin', kind: 'basin', location: 'brooklyn' };
    const { version, value: made } = dataOf(await manager.createResource({ body: { value } }));
    const fault = problemOf(
      await manager.putResource({
        params: { id: 'basin' },
        ifMatch: version,
        body: { value: { ...made, location: 'los-feliz' } },
      }),
    );
    expect(fault.errors).toEqual([{ path: 'value.location', message: expect.any(String), allowed: ['brooklyn'] }]);
  });

  test('the kind of the last room that a service needs stays', async () => {
    const { version, value } = await rowOf(world, 'resources', 'basin');
    const service = await rowOf(world, 'services', 'facial');
    const needing = { ...service.value, needs: ['basin'] };
    dataOf(await manager.putService({ params: { id: 'facial' }, ifMatch: service.version, body: { value: needing } }));
    const fault = problemOf(
      await manager.putResource({
        params: { id: 'basin' },
        ifMatch: version,
        body: { value: { ...value, kind: 'sink' } },
      }),
    );
    expect(fault.errors?.[0]).toMatchObject({ path: 'value.kind', message: expect.stringContaining('service facial') });
    dataOf(
      await manager.putService({
        params: { id: 'facial' },
        ifMatch: service.version + 1,
        body: { value: service.value },
      }),
    );
  });

  test('a row that is not there is not found, whatever the version', async () => {
    const { value } = await rowOf(world, 'staff', 'marco');
    const body = { value: { ...value, id: 'nobody' } };
    expect((await manager.putStaffMember({ params: { id: 'nobody' }, ifMatch: 1, body })).status).toBe(404);
  });
});

describe('who may', () => {
  test('reception and staff neither read nor write settings', async () => {
    for (const role of ['reception', 'staff'] as const) {
      expect((await world.as(role).getSettings({})).status).toBe(403);
      expect((await world.as(role).createCategory({ body: { value: { id: 'x', name: { en: 'X' } } } })).status).toBe(
        403,
      );
    }
  });

  test('a manager changes the hours of a location, and nothing else of it', async () => {
    const { version, value } = await rowOf(world, 'locations', 'brooklyn');
    const put = (changes: Record<string, unknown>) =>
      manager.putLocation({ params: { id: 'brooklyn' }, ifMatch: version, body: { value: { ...value, ...changes } } });
    const refused = problemOf(await put({ name: 'Mine', holidays: [] }));
    expect([refused.status, refused.errors?.map(({ path }) => path)]).toEqual([403, ['value.name']]);
    const holidays = [...value.holidays, { date: '2027-07-05', name: 'Independence Day, observed' }];
    expect((await put({ holidays })).status).toBe(200);
    expect((await manager.deleteLocation({ params: { id: 'brooklyn' }, query: {}, ifMatch: 1 })).status).toBe(403);
  });

  test('the owner reads who changed what, newest first, page by page', async () => {
    const { entries, date } = dataOf(await owner.listAudit({ query: {} }));
    expect(date).toBe('2026-11-22');
    expect(entries[0]).toMatchObject({
      action: 'settings.changed',
      subject: 'locations/brooklyn',
      roles: ['manager'],
      details: { act: 'change', fields: 'holidays' },
    });
    expect(entries.map(({ at }) => at)).toEqual(
      entries
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = dataOf(await owner.listAudit({ query: { limit: 3, cursor } }));
      pages.push(...page.entries.map(({ at, subject }) => `${at} ${subject}`));
      cursor = page.cursor;
    } while (cursor);
    expect(pages).toEqual(entries.map(({ at, subject }) => `${at} ${subject}`));
    expect(JSON.stringify(entries)).not.toContain('Menon');
    const strange = Buffer.from('2026-11-23T00:00:00Z#x').toString('base64url');
    expect((await owner.listAudit({ query: { cursor: strange } })).status).toBe(400);
    expect((await manager.listAudit({ query: {} })).status).toBe(403);
  });
});
