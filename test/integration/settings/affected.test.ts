import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProblemBodyOf } from '../../../shared/platform/http/contract.ts';
import type { appointmentsAffected } from '../../../shared/settings/problems.ts';
import { dataOf, problemOf } from '../../support/outcomes.ts';
import { staffOf } from '../../support/world/desk.ts';
import { bookAs, sentTo } from '../../support/world/messages.ts';
import { diaryOf, jobOf, rowOf } from '../../support/world/settings.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let manager: ReturnType<World['as']>;

beforeAll(async () => {
  world = await startWorld();
  manager = world.as('manager');
});
afterAll(() => world.system.close());

const statusOf = async (date: string, id: string) => (await diaryOf(world, date)).find((one) => one.id === id)?.status;

/** Brooklyn with one more holiday, and whatever else is sent. */
const closeOn = async (date: string, more: Record<string, unknown> = {}) => {
  const { version, value } = await rowOf(world, 'locations', 'brooklyn');
  const holidays = [...value.holidays, { date, name: 'Closed' }];
  return manager.putLocation({
    params: { id: 'brooklyn' },
    ifMatch: version,
    body: { value: { ...value, holidays }, ...more },
  });
};

test('a holiday on which something is booked changes nothing until somebody decides, and then keeps it', async () => {
  const booked = await mustBook(world.api, { startsAt: '2026-11-24T10:00' });
  const elsewhere = await mustBook(world.api, { startsAt: '2026-11-25T10:00' });
  const before = await rowOf(world, 'locations', 'brooklyn');
  const asked = problemOf(await closeOn('2026-11-24'));
  expect([asked.status, asked.code, asked.affectedTotal]).toEqual([409, 'appointments_affected', 1]);
  expect(asked.affected).toEqual([
    {
      appointmentId: booked.id,
      startsAt: '2026-11-24T10:00:00-05:00',
      locationId: 'brooklyn',
      firstName: 'Nadia',
      services: ['cut'],
      staff: ['amina'],
      why: ['location_closed'],
    },
  ]);
  expect(asked.errors).toEqual([{ path: 'decision', message: expect.any(String), allowed: ['keep', 'cancel'] }]);
  expect(await rowOf(world, 'locations', 'brooklyn')).toEqual(before);

  const kept = dataOf(await closeOn('2026-11-24', { decision: 'keep' }));
  expect([kept.version, kept.jobs]).toEqual([before.version + 1, undefined]);
  await world.system.settle();
  expect(await statusOf('2026-11-24', booked.id)).toBe('pending');
  expect(await statusOf('2026-11-25', elsewhere.id)).toBe('pending');
});

test('a change is held against what staff have booked, however far ahead', async () => {
  const staff = staffOf(world);
  const far = await staff.book('2028-11-20T10:00', { services: [{ serviceId: 'cut', staffId: 'marco' }] });
  const asked = problemOf(await closeOn('2028-11-20'));
  expect(asked.affected?.map(({ appointmentId }) => appointmentId)).toEqual([far.id]);
  expect(asked.detail).toMatch(/^1 appointment ahead is affected\./);
});

test('what was kept knowingly is not asked about again, unless something more no longer fits', async () => {
  const { version, value } = await rowOf(world, 'staff', 'amina');
  const early = [{ from: '08:00', until: '19:00' }];
  const brooklyn = { mon: early, tue: early, wed: early, thu: early, fri: early };
  const longer = { ...value, hours: { brooklyn } };
  dataOf(await manager.putStaffMember({ params: { id: 'amina' }, ifMatch: version, body: { value: longer } }));
  const unskilled = { ...longer, skills: longer.skills.filter((skill) => skill !== 'cut') };
  const asked = problemOf(
    await manager.putStaffMember({ params: { id: 'amina' }, ifMatch: version + 1, body: { value: unskilled } }),
  );
  expect(asked.affected?.map(({ startsAt, why }) => [startsAt.slice(0, 10), why])).toEqual([
    ['2026-11-24', ['person_does_not_perform_it']],
    ['2026-11-25', ['person_does_not_perform_it']],
  ]);
});

test('cancelling cancels every one of them once and tells the clients; a job shows how far it is', async () => {
  const contact = { email: 'closed-on-friday@example.com' };
  const first = await bookAs(world, contact, { startsAt: '2026-11-27T10:00' });
  const second = await mustBook(world.api, { startsAt: '2026-11-27T14:00' });
  const saved = dataOf(await closeOn('2026-11-27', { decision: 'cancel' }));
  expect(saved.jobs).toEqual([{ id: expect.any(String), kind: 'cancel' }]);
  await world.system.settle();
  expect([await statusOf('2026-11-27', first.id), await statusOf('2026-11-27', second.id)]).toEqual([
    'cancelled',
    'cancelled',
  ]);
  expect(sentTo(world, contact.email)).toEqual(['email confirmation', 'email cancelled']);
  const job = await jobOf(world, saved.jobs?.[0]?.id ?? '');
  expect(job).toMatchObject({ kind: 'cancel', why: 'locations/brooklyn', total: 2, done: 2, conflicts: [] });
  expect(job.finishedAt).toBeDefined();
  const { entries } = dataOf(await world.as('owner').listAudit({ query: {} }));
  expect(entries.filter(({ action }) => action === 'appointment.cancelled').map(({ roles }) => roles)).toEqual([
    ['manager'],
    ['manager'],
  ]);
  expect(entries.find(({ details }) => details?.['decision'] === 'cancel')?.details?.['jobs']).toBe(job.id);
});

test('what was moved to where it fits before its turn came is left alone', async () => {
  const { token, ...booked } = await mustBook(world.api, { startsAt: '2026-12-01T10:00' });
  await world.system.settle();
  const saved = dataOf(await closeOn('2026-12-01', { decision: 'cancel' }));
  const moved = await world.api.moveByLink({ params: { token }, body: { startsAt: '2026-12-02T10:00' } });
  await world.system.settle();
  const job = await jobOf(world, saved.jobs?.[0]?.id ?? '');
  expect(job.done).toBe(1);
  // Whichever was faster: never both moved and cancelled.
  expect(await statusOf('2026-12-02', booked.id)).toBe(moved.ok ? 'pending' : undefined);
});

test('retiring a person names what is booked with them; a decision goes with the address', async () => {
  const booked = await mustBook(world.api, {
    startsAt: '2026-12-03T10:00',
    services: [{ serviceId: 'manicure', staffId: 'priya' }],
  });
  const { version } = await rowOf(world, 'staff', 'priya');
  const params = { id: 'priya' };
  const asked = problemOf(await manager.deleteStaffMember({ params, query: {}, ifMatch: version }));
  expect(asked.affected?.map(({ appointmentId, why }) => [appointmentId, why])).toEqual([
    [booked.id, ['person_retired']],
  ]);
  const gone = dataOf(await manager.deleteStaffMember({ params, query: { decision: 'keep' }, ifMatch: version }));
  expect(gone.value.retired).toBe(true);
  expect(await statusOf('2026-12-03', booked.id)).toBe('pending');
});

test('a room that a service needs from now on, and a room that becomes another kind, name what is booked without', async () => {
  const booked = await mustBook(world.api, { startsAt: '2026-12-07T10:00', services: [{ serviceId: 'blow-dry' }] });
  const value = { id: 'chair', name: 'Chair', kind: 'chair', location: 'brooklyn' };
  dataOf(await manager.createResource({ body: { value } }));
  dataOf(await manager.createResource({ body: { value: { ...value, id: 'stool' } } }));
  const why = ({ affected = [] }: ProblemBodyOf<typeof appointmentsAffected>) =>
    affected.map((each) => [each.appointmentId, ...each.why]);
  const { version: read, value: dry } = await rowOf(world, 'services', 'blow-dry');
  const putDry = (more: Record<string, unknown> = {}) =>
    manager.putService({
      params: { id: 'blow-dry' },
      ifMatch: read,
      body: { value: { ...dry, needs: ['chair'] }, ...more },
    });
  expect(why(problemOf(await putDry()))).toEqual([[booked.id, 'resource_lacking']]);
  dataOf(await putDry({ decision: 'keep' }));
  const seated = await mustBook(world.api, { startsAt: '2026-12-07T14:00', services: [{ serviceId: 'blow-dry' }] });
  const { version } = await rowOf(world, 'resources', 'chair');
  const renamed = { ...value, kind: 'shelf' };
  expect(
    why(problemOf(await manager.putResource({ params: { id: 'chair' }, ifMatch: version, body: { value: renamed } }))),
  ).toEqual([[seated.id, 'resource_lacking']]);
});

test('what touches nothing needs no decision: names, prices, and days on which nothing is booked', async () => {
  const { version, value } = await rowOf(world, 'services', 'cut');
  const dearer = { ...value, price: { ...value.price, amount: 9000 }, durationMinutes: 75 };
  expect((await manager.putService({ params: { id: 'cut' }, ifMatch: version, body: { value: dearer } })).status).toBe(
    200,
  );
  expect((await closeOn('2027-03-01')).status).toBe(200);
});

test('a decision that is none is refused', async () => {
  const asked = problemOf(await closeOn('2027-03-02', { decision: 'shrug' }));
  expect([asked.status, asked.errors?.[0]?.path, asked.errors?.[0]?.allowed]).toEqual([
    400,
    'decision',
    ['keep', 'cancel'],
  ]);
});
