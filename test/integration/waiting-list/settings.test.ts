import { afterAll, beforeEach, expect, it } from 'vitest';
import { dataOf } from '../../support/outcomes.ts';
import { freshKey, newcomer } from '../../support/world/booking.ts';
import { rowOf } from '../../support/world/settings.ts';
import { bookCut, date, join, look, oneHourDays, statusOf } from '../../support/world/waiting.ts';
import { startWorld, type World } from '../../support/world/world.ts';

let world: World;
const open = async (...options: Parameters<typeof startWorld>) => {
  await world?.system.close();
  world = await startWorld(...options);
};
beforeEach(() => open({}, (catalogue) => oneHourDays(catalogue)));
afterAll(() => world.system.close());

const closed = { from: '2026-11-23', until: '2026-11-24' };

/** Puts the person with the changed fields, and lets all follow from it. */
const putPerson = async (id: string, change: (value: Awaited<ReturnType<typeof person>>['value']) => object) => {
  const { version, value } = await person(id);
  const body = { value: { ...value, ...change(value) } };
  dataOf(await world.as('owner').putStaffMember({ params: { id }, ifMatch: version, body }));
  await world.system.settle();
};
const person = (id: string) => rowOf(world, 'staff', id);

const offersSent = async () => {
  await world.system.settle();
  return world.mails(/opened up/).length;
};

it('a day off that is taken back is offered', async () => {
  await putPerson('amina', () => ({ daysOff: [closed] }));
  const waiting = await join(world);
  expect(waiting.freeNow).toEqual([]);
  await putPerson('amina', () => ({ daysOff: [] }));
  expect(await look(world, waiting.token)).toMatchObject({
    status: 'offered',
    offer: { startsAt: `${date}T10:00:00-05:00`, staff: [{ id: 'amina' }] },
  });
  expect(await offersSent()).toBe(1);
});

it('longer hours are offered once each to who waits, and nothing that was free already', async () => {
  const [first, second, third] = [await join(world, { to: '2026-12-01' }), await join(world), await join(world)];
  expect(first.freeNow).not.toEqual([]);
  await putPerson('amina', () => ({ hours: { brooklyn: { tue: [{ from: '10:00', until: '12:00' }] } } }));
  const starts = await Promise.all(
    [first, second, third].map(async ({ token }) => (await look(world, token)).offer?.startsAt),
  );
  expect(starts).toEqual([`${date}T10:15:00-05:00`, undefined, undefined]);
  expect(await offersSent()).toBe(1);

  // The next change is another gap; of the same, nobody hears twice.
  await putPerson('amina', () => ({ hours: { brooklyn: { tue: [{ from: '10:00', until: '13:00' }] } } }));
  expect((await look(world, second.token)).offer?.startsAt).toBe(`${date}T11:30:00-05:00`);
  expect(await statusOf(world, third)).toBe('waiting');
});

it('a new colleague, and one who learns the service, are offered to who waits for anyone', async () => {
  await open({}, (catalogue) => oneHourDays(catalogue, ['amina', 'marco']));
  for (const staffId of ['amina', 'marco']) await bookCut(world, { services: [{ serviceId: 'cut', staffId }] });
  const waiting = await join(world, { staff: [] });
  expect(waiting.freeNow).toEqual([]);
  const { value } = await person('amina');
  const zoe = { ...value, id: 'zoe', name: 'Zoe', skills: [] as string[] };
  dataOf(await world.as('owner').createStaffMember({ body: { value: zoe } }));
  await world.system.settle();
  expect(await statusOf(world, waiting)).toBe('waiting');
  await putPerson('zoe', () => ({ skills: ['cut'] }));
  expect(await look(world, waiting.token)).toMatchObject({ status: 'offered', offer: { staff: [{ id: 'zoe' }] } });
});

it('one more seat in a class is offered to who needs one, not to who needs two', async () => {
  const { version, value } = await rowOf(world, 'services', 'styling-class');
  const lesson = { services: ['styling-class'], staff: [], from: '2026-12-02', to: '2026-12-02' };
  const seats = value.seats ?? 0;
  const all = { startsAt: '2026-12-02T18:00', services: [{ serviceId: 'styling-class', staffId: 'anyone' }], seats };
  dataOf(
    await world.as('reception').bookAtDesk({
      idempotencyKey: freshKey(),
      body: { ...all, locationId: 'brooklyn', client: newcomer() },
    }),
  );
  await world.system.settle();
  const [pair, one] = [await join(world, { ...lesson, seats: 2 }), await join(world, lesson)];
  expect([pair.freeNow, one.freeNow]).toEqual([[], []]);
  const more = { value: { ...value, seats: seats + 1 } };
  dataOf(await world.as('owner').putService({ params: { id: 'styling-class' }, ifMatch: version, body: more }));
  await world.system.settle();
  expect([await statusOf(world, pair), await statusOf(world, one)]).toEqual(['waiting', 'offered']);
});

it('is offered after the quiet hours, and a change that frees nothing asks nobody', async () => {
  await putPerson('amina', () => ({ daysOff: [{ from: '2026-12-01', until: '2026-12-01' }] }));
  const waiting = await join(world, { from: '2026-12-01', to: '2026-12-01' });
  await world.system.windTo(Date.parse('2026-11-24T02:30:00Z'));
  await putPerson('amina', () => ({ name: 'Amina R.' }));
  expect(world.system.schedules().filter(({ name }) => name.startsWith('freed.'))).toEqual([]);
  await putPerson('amina', () => ({ daysOff: [] }));
  expect(await statusOf(world, waiting)).toBe('waiting');
  await world.system.windTo(Date.parse('2026-11-24T13:01:00Z'));
  expect(await statusOf(world, waiting)).toBe('offered');
  expect(await offersSent()).toBe(1);
});
