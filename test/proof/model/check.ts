import type { World } from '../../support/world/world.ts';
import { audit } from '../journey/audit.ts';
import type { Pace } from '../journey/expected.ts';
import { type Act, type Life, livesIn } from '../journey/life.ts';
import type { Rows } from '../journey/rows.ts';
import { orderFaults } from './acts/order.ts';
import type { Model } from './model.ts';

/** Nothing fails here: what is due goes at once. */
const pace: Pace = { delivery: 20_000, planning: 10_000 };

const inWords = (acts: readonly Act[]): string => acts.map(({ kind, startsAt }) => `${kind} ${startsAt}`).join();

/** What the system remembers is what the model saw. What was done to a row is remembered of the row. */
const memoryFaults = (model: Model, rows: Rows): string[] => {
  const told = new Map(livesIn(rows).map(({ id, acts }) => [id, inWords(acts)]));
  const ofSingles = model.appointments
    .map(({ id, acts }) => [id, inWords(acts.filter(({ row }) => row === undefined))] as const)
    .filter(([id, acts]) => told.get(id) !== acts)
    .map(([id, acts]) => `${id}: ${acts} was done, and ${told.get(id)} is remembered`);
  const ofRows = model.rows.flatMap(({ members, told }) => {
    const ids = new Set(members.map(({ id }) => id));
    const found = rows.timeline
      .filter(({ type, appointmentId = '' }) => type.startsWith('series.') && ids.has(appointmentId))
      .map(({ type, appointmentId }) => `${type} ${appointmentId}`);
    const same = found.sort().join() === told.toSorted().join();
    return same ? [] : [`${told.join()} was done with a row, and ${found.join()} is remembered`];
  });
  return [...ofSingles, ...ofRows];
};

/** What takes time from now on stands in the diary, and nothing else does. */
const diaryFaults = (model: Model, { pages }: Rows, now: number): string[] => {
  const named = (id: string): string => (id === '' ? 'hold' : id);
  const timesOf = (id: string, visit: Parameters<Model['takes']>[0]) =>
    model.takes(visit).map(({ owner, from, until }) => ({ owner, from, until, id }));
  const right = [
    ...model.appointments.filter(({ status }) => status !== 'cancelled').flatMap((each) => timesOf(each.id, each)),
    ...model.holds.flatMap((hold) => timesOf('', hold)),
    ...model.offers.flatMap((offer) => timesOf(offer.id, offer)),
    ...model.blocks,
  ];
  const ids = new Set(right.map(({ id }) => id));
  const found = pages.flatMap(({ ownerId, busy }) =>
    busy
      .filter(({ expiresAt = Number.POSITIVE_INFINITY }) => expiresAt > now)
      .map(({ id, from, until, expiresAt }) => ({
        owner: ownerId.replace('resource:', ''),
        from,
        until,
        id: expiresAt !== undefined && !ids.has(id) ? '' : id,
      })),
  );
  const lines = (times: typeof right): string[] =>
    times
      .filter(({ from }) => from >= now)
      .map(
        ({ owner, from, until, id }) =>
          `${owner} ${new Date(from).toISOString()} ${(until - from) / 60_000} ${named(id)}`,
      )
      .sort();
  const [wanted, standing] = [lines(right), lines(found)];
  if (wanted.join() === standing.join()) return [];
  const without = (one: string[], other: string[]) => one.filter((line) => !other.includes(line));
  return [`diary: lacks ${without(wanted, standing)}; has ${without(standing, wanted)} for nothing`];
};

/** The lives of a row's members as the model saw them: the timeline tells of the row as a whole. */
const livesBy =
  (model: Model) =>
  (rows: Rows): Life[] => {
    const known = new Map(model.rows.flatMap(({ members }) => members.map((each) => [each.id, each.acts] as const)));
    return livesIn(rows).map((life) => ({ ...life, acts: known.get(life.id) ?? life.acts }));
  };

/**
 * What is wrong with these appointments once all has settled, and with the diary from now on. What an earlier history
 * has broken stays broken, and would hide what this one does.
 */
export const createCheck = ({ system, catalogue }: World, model: Model) => {
  return async (ids: ReadonlySet<string>): Promise<string[]> => {
    await system.settle();
    const found = await audit(system, catalogue, undefined, pace, livesBy(model));
    const now = system.clock.now();
    const mails = Map.groupBy(
      system.mailbox.list({ channel: 'email' }),
      ({ tags }) => tags['message']?.slice(0, 16) ?? '',
    );
    const ofClient = Map.groupBy(found.lives, ({ clientId }) => clientId);
    const wrongOrder = found.lives.flatMap((life) => {
      const others = (ofClient.get(life.clientId) ?? []).filter(({ id }) => id !== life.id);
      return orderFaults(life, others, catalogue, mails.get(life.id) ?? [], now, pace);
    });
    const all = [...found.faults, ...memoryFaults(model, found.rows), ...wrongOrder];
    model.passed(now);
    return [
      ...diaryFaults(model, found.rows, now),
      ...all.filter((fault) => (fault.match(/[0-9a-z]{16}/g) ?? []).some((id) => ids.has(id))),
    ];
  };
};
