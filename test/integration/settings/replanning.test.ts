import { DeleteItemCommand, DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Catalogue, Touchpoint } from '../../../shared/business/catalogue.ts';
import { day, hour, minute } from '../../support/durations.ts';
import { dataOf } from '../../support/outcomes.ts';
import { bookAs, complete, outcomesOf, planned } from '../../support/world/messages.ts';
import { jobOf, settingsOf } from '../../support/world/settings.ts';
import { mustBook, startWorld, type World } from '../../support/world/world.ts';

let world: World;
let manager: ReturnType<World['as']>;

/** One location is enough, and half the work. */
const oneLocation = (catalogue: Catalogue) => {
  const here = 'brooklyn';
  catalogue.locations = catalogue.locations.filter(({ id }) => id === here);
  catalogue.resources = catalogue.resources.filter(({ location }) => location === here);
  catalogue.services = catalogue.services.filter(({ id }) => id === 'cut');
  catalogue.staff = catalogue.staff
    .filter(({ id }) => id === 'amina')
    .map((person) => ({ ...person, skills: ['cut'] }));
};

beforeAll(async () => {
  world = await startWorld({}, oneLocation);
  manager = world.as('manager');
});
afterAll(() => world.system.close());

const putJourney = async (change: (journey: Touchpoint[]) => Touchpoint[]) => {
  const { version, value } = (await settingsOf(world)).journey;
  return dataOf(await manager.putJourney({ ifMatch: version, body: { value: change(structuredClone(value)) } }));
};

const onlyJob = ({ jobs = [] }: { jobs?: { id: string; kind: string }[] | undefined }): string => {
  expect(jobs.map(({ kind }) => kind)).toEqual(['replan']);
  return jobs[0]?.id ?? '';
};

const startOf = ({ startsAt }: { startsAt: string }) => Date.parse(startsAt);

test('another journey plans anew what is booked: moved, added and gone touchpoints', async () => {
  const visit = await mustBook(world.api, { startsAt: '2026-12-15T10:00' });
  const soon = await mustBook(world.api, { startsAt: '2026-11-24T13:00' });
  await world.system.settle();
  expect(planned(world, visit)).toEqual({ reminder: startOf(visit) - day });

  const saved = await putJourney((journey) => [
    ...journey
      .filter(({ id }) => id !== 'review')
      .map((touchpoint) => (touchpoint.id === 'reminder' ? { ...touchpoint, offset: '-P3D' } : touchpoint)),
    { ...(journey.find(({ id }) => id === 'reminder') as Touchpoint), id: 'shortly', offset: '-PT2H' },
  ]);
  const job = onlyJob(saved);
  await world.system.settle();
  // Whoever plans may hold the old journey for a minute: nothing happens before.
  expect((await jobOf(world, job)).done).toBe(0);
  await world.system.windBy(3 * minute);
  expect(planned(world, visit)).toEqual({ reminder: startOf(visit) - 3 * day, shortly: startOf(visit) - 2 * hour });
  // Three days before has passed for the other one: it is not sent late.
  expect(planned(world, soon)).toEqual({ shortly: startOf(soon) - 2 * hour });
  const done = await jobOf(world, job);
  expect(done).toMatchObject({ kind: 'replan', why: 'journey', done: done.total, conflicts: [] });
  expect(done.finishedAt).toBeDefined();

  const back = await putJourney((journey) => journey.filter(({ id }) => id !== 'shortly'));
  onlyJob(back);
  await world.system.windBy(3 * minute);
  expect(planned(world, visit)).toEqual({ reminder: startOf(visit) - 3 * day });
});

test('a reminder that went out does not go again when its time is put later', async () => {
  const visit = await bookAs(world, { email: 'once@example.com' }, { startsAt: '2026-11-26T10:00' }).catch(() =>
    bookAs(world, { email: 'once@example.com' }, { startsAt: '2026-11-27T10:00' }),
  );
  await world.system.windTo(startOf(visit) - 3 * day + minute);
  await putJourney((journey) =>
    journey.map((touchpoint) => (touchpoint.id === 'reminder' ? { ...touchpoint, offset: '-P1D' } : touchpoint)),
  );
  await world.system.windTo(startOf(visit) - hour);
  expect((await outcomesOf(world, visit)).filter((outcome) => outcome.startsWith('reminder: '))).toHaveLength(1);
});

test('visits that have been are planned anew, too, as far back as their interval reaches', async () => {
  const visit = await bookAs(world, {}, { startsAt: '2026-12-01T10:00' });
  await world.system.windTo(Date.parse(visit.endsAt));
  await complete(world, visit.id);
  await world.system.windBy(3 * day);
  const ends = Date.parse(visit.endsAt);
  expect(planned(world, visit)).toEqual({ 'come-back': ends + 42 * day });
  const { version, value } = (await settingsOf(world)).services.find(({ value: { id } }) => id === 'cut') ?? {};
  const saved = dataOf(
    await manager.putService({
      params: { id: 'cut' },
      ifMatch: version ?? 0,
      body: { value: { ...(value as NonNullable<typeof value>), repeatDays: 30 } },
    }),
  );
  onlyJob(saved);
  await world.system.windBy(3 * minute);
  expect(planned(world, visit)).toEqual({ 'come-back': ends + 30 * day });
});

test('other quiet hours move what respects them', async () => {
  const visit = await mustBook(world.api, { startsAt: '2027-01-12T09:00' });
  await world.system.settle();
  expect(planned(world, visit)).toEqual({ reminder: startOf(visit) - day });
  const { version, value } = (await settingsOf(world)).business;
  const saved = dataOf(
    await world.as('owner').putBusiness({
      ifMatch: version,
      body: { value: { ...value, quietHours: { from: '20:00', until: '11:00' } } },
    }),
  );
  onlyJob(saved);
  await world.system.windBy(3 * minute);
  expect(planned(world, visit)).toEqual({ reminder: startOf(visit) - day + 2 * hour });
});

test('what of a job was lost starts again when it is resumed, and only that', async () => {
  const visit = await mustBook(world.api, { startsAt: '2027-01-19T15:00' });
  await world.system.settle();
  const saved = await putJourney((journey) =>
    journey.map((touchpoint) => (touchpoint.id === 'reminder' ? { ...touchpoint, offset: '-P2D' } : touchpoint)),
  );
  const jobId = onlyJob(saved);
  await world.system.windBy(3 * minute);
  const { total } = await jobOf(world, jobId);
  expect(planned(world, visit)).toEqual({ reminder: startOf(visit) - 2 * day });

  const client = new DynamoDBClient({
    endpoint: world.system.dynamoEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const TableName = world.system.tableName;
  const doneIn = async (month: string) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :done)',
        ExpressionAttributeValues: { ':pk': { S: `JOB#${jobId}` }, ':done': { S: `DONE#brooklyn#${month}` } },
      }),
    );
    return Items;
  };
  const january = await doneIn('2027-01');
  expect(january).toHaveLength(31);
  for (const { pk, sk } of january) {
    if (pk && sk) await client.send(new DeleteItemCommand({ TableName, Key: { pk, sk } }));
  }
  const half = await jobOf(world, jobId);
  expect([half.done, half.finishedAt]).toEqual([total - 31, undefined]);

  const february = await doneIn('2027-02');
  await world.system.windBy(minute);
  dataOf(await manager.resumeJob({ params: { jobId } }));
  await world.system.settle();
  expect(await jobOf(world, jobId)).toMatchObject({ done: total, finishedAt: expect.any(String) });
  expect(await doneIn('2027-02')).toEqual(february);

  const again = await doneIn('2027-01');
  dataOf(await manager.resumeJob({ params: { jobId } }));
  await world.system.settle();
  expect(await doneIn('2027-01')).toEqual(again);
});

test('a job that is not there is not found', async () => {
  expect((await manager.getJob({ params: { jobId: '0000000000000000' } })).status).toBe(404);
  expect((await manager.resumeJob({ params: { jobId: '0000000000000000' } })).status).toBe(404);
});
