import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DiaryAppointment } from '../../../shared/diary/contract.ts';
import { minute } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { staffOf } from '../../support/world/desk.ts';
import { hold } from '../../support/world/people.ts';
import { settingsOf } from '../../support/world/settings.ts';
import { type Api, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let amina: Api;
let nobody: Api;
let own: DiaryAppointment;
let others: DiaryAppointment;
let lesson: DiaryAppointment;

const date = '2026-11-25';
const diaryOf = async (api: Api, query: Record<string, string> = {}) =>
  dataOf(await api.getDiary({ query: { locationId: 'brooklyn', date, ...query } }));

const setConsole = async (console: Record<string, unknown>): Promise<void> => {
  const { version, value } = (await settingsOf(world)).business;
  const body = { value: { ...value, console: { ...value.console, ...console } } };
  dataOf(await world.as('owner').putBusiness({ ifMatch: version, body }));
  // A warm function goes by what it has read for a minute.
  await world.system.windBy(2 * minute);
};

beforeAll(async () => {
  world = await startWorld();
  const desk = staffOf(world);
  own = await desk.book(`${date}T10:00`);
  others = await desk.book(`${date}T10:00`, { services: [{ serviceId: 'cut', staffId: 'marco' }] });
  lesson = await desk.book(`${date}T18:00`, { services: [{ serviceId: 'styling-class', staffId: 'marco' }], seats: 2 });
  for (const [staffId, hour] of [
    ['amina', '14'],
    ['marco', '15'],
  ])
    dataOf(await desk.block({ staffId, from: `${date}T${hour}:00`, until: `${date}T${hour}:30`, reason: 'Dentist' }));
  amina = await hold(world, 'staff', 'amina@example.com', { staffId: 'amina' });
  nobody = world.as('staff', 'of-old@example.com');
});
afterAll(() => world.system.close());

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

describe('with the settings as they come', () => {
  test('plain staff see their own column and nobody’s telephone', async () => {
    const { appointments, taken, staff, blocks } = await diaryOf(amina);
    expect(idsOf(appointments)).toEqual([own.id]);
    expect(appointments[0]?.client).toEqual({ firstName: own.client.firstName, language: 'en' });
    expect(own.client.phone).toBeDefined();
    expect([taken, idsOf(staff), blocks.map(({ staffId }) => staffId)]).toEqual([[], ['amina'], ['amina']]);
  });

  test('who is no row of staff has an empty diary', async () => {
    const { appointments, taken, staff, blocks } = await diaryOf(nobody);
    expect([appointments, taken, staff, blocks]).toEqual([[], [], [], []]);
  });

  test('a filter shows no more', async () => {
    expect((await diaryOf(amina, { staffId: 'marco' })).appointments).toEqual([]);
  });

  test('others’ lessons are not there', async () => {
    const lessons = async (api: Api) =>
      dataOf(await api.listLessons({ query: { locationId: 'brooklyn', date } })).lessons.length;
    expect([await lessons(amina), await lessons(world.as('reception'))]).toEqual([0, 1]);
  });

  test('a client’s card is without addresses, the answers to acts too', async () => {
    const card = dataOf(await amina.getClient({ params: { clientId: own.clientId } }));
    expect(card).toMatchObject({ firstName: own.client.firstName });
    expect([card.phone, card.email]).toEqual([undefined, undefined]);
    const params = { appointmentId: own.id };
    expect(dataOf(await amina.getAppointment({ params })).client.phone).toBeUndefined();
    expect(dataOf(await world.as('reception').getAppointment({ params })).client.phone).toBe(own.client.phone);
  });

  test('a visit that is given away leaves the diary of who had it', async () => {
    const desk = staffOf(world);
    const mine = await desk.book(`${date}T12:00`);
    const { asOf } = await diaryOf(amina);
    dataOf(await desk.change(mine, { services: [{ serviceId: 'cut', staffId: 'marco' }] }));
    const changed = await diaryOf(amina, { since: asOf });
    expect(idsOf(changed.gone)).toContain(mine.id);
    expect(idsOf(changed.appointments)).not.toContain(mine.id);
  });
});

test('where they may see names, others’ times are taken, and nobody says by whom', async () => {
  await setConsole({ staffSee: 'names' });
  const seen = await diaryOf(amina);
  expect(idsOf(seen.appointments)).toEqual([own.id]);
  expect(seen.taken).toContainEqual({
    id: others.id,
    startsAt: others.startsAt,
    endsAt: others.endsAt,
    staff: ['marco'],
  });
  expect(JSON.stringify(seen)).not.toContain(others.clientId);
  expect(seen.blocks.map(({ staffId, reason }) => [staffId, reason])).toEqual([
    ['amina', 'Dentist'],
    ['marco', undefined],
  ]);
  expect((await diaryOf(nobody)).taken).toHaveLength(seen.taken.length + 1);
  const [group] = dataOf(await amina.listLessons({ query: { locationId: 'brooklyn', date } })).lessons;
  expect(group).toMatchObject({ taken: 2, clients: [] });

  const { asOf } = seen;
  dataOf(await staffOf(world).mark(lesson.id, 'cancelled'));
  const changed = await diaryOf(amina, { since: asOf });
  expect(idsOf(changed.gone)).toContain(lesson.id);
});

test('where they may see all, they see all but addresses, and these too where the settings say so', async () => {
  await setConsole({ staffSee: 'all' });
  const seen = (await diaryOf(amina)).appointments;
  expect(idsOf(seen)).toEqual(expect.arrayContaining([own.id, others.id]));
  expect(seen.map(({ client }) => client.phone).filter(Boolean)).toEqual([]);
  await setConsole({ staffSeePhones: true });
  expect((await diaryOf(amina)).appointments.find(({ id }) => id === others.id)?.client.phone).toBe(
    others.client.phone,
  );
});
