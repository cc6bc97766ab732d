import { expect } from 'vitest';
import { minute } from '../durations.ts';
import { dataOf } from '../outcomes.ts';
import type { World } from './world.ts';

export const settingsOf = async ({ as }: World) => dataOf(await as('manager').getSettings({}));

type Settings = Awaited<ReturnType<typeof settingsOf>>;
type Lists = 'locations' | 'staff' | 'categories' | 'services' | 'resources';

/** A row as it stands, to be changed and sent back. */
export const rowOf = async <K extends Lists>(world: World, kind: K, id: string): Promise<Settings[K][number]> => {
  const rows: Settings[K][number][] = (await settingsOf(world))[kind];
  const row = rows.find(({ value }) => value.id === id);
  if (!row) throw new Error(`there is no ${kind} ${id}`);
  return row;
};

/** The day's appointments as the desk sees them. */
export const diaryOf = async ({ as }: World, date: string, locationId = 'brooklyn') =>
  dataOf(await as('reception').getDiary({ query: { locationId, date } })).appointments;

export const jobOf = async ({ as }: World, jobId: string) => dataOf(await as('manager').getJob({ params: { jobId } }));

/** Puts a location under another zone, with the decisions that it asks for. */
export const putZone = async (world: World, id: string, zone: string, decisions: Record<string, unknown> = {}) => {
  const { version, value } = await rowOf(world, 'locations', id);
  const body = { value: { ...value, zone }, ...decisions };
  return world.as('owner').putLocation({ params: { id }, ifMatch: version, body });
};

/** As `putZone`, with all that follows from it: the job when its work is done. */
export const rezone = async (world: World, id: string, zone: string, decisions: Record<string, unknown>) => {
  const { jobs = [] } = dataOf(await putZone(world, id, zone, decisions));
  await world.system.windBy(minute);
  const job = await jobOf(world, jobs.find(({ kind }) => kind === 'rezone')?.id ?? '');
  expect(job).toMatchObject({ kind: 'rezone', done: job.total });
  return job;
};
