import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../integration/world.ts';
import { seedFrom } from './dice.ts';
import { audit } from './journey/audit.ts';
import type { Pace } from './journey/expected.ts';
import { histories } from './model/histories.ts';
import { createModel, type Model } from './model/model.ts';
import { orderFaults } from './model/order.ts';
import { createPlayer, Disagreement } from './model/play.ts';
import { shrink } from './model/salon.ts';

/** `MODEL_SEED= npx vitest run test/proof/model.test.ts` plays new histories. */
const seed = seedFrom(process.env.MODEL_SEED ?? '20261122');
const seconds = Number(process.env.MODEL_SECONDS ?? '40');
const day = 86_400_000;
/** Nothing fails here: what is due goes at once. */
const pace: Pace = { delivery: 20_000, planning: 10_000 };

let world: World;
let people: string[] = [];
let model: Model;

beforeAll(async () => {
  world = await startWorld({ startAt: Date.parse('2026-11-22T15:07:00Z') }, (catalogue) => {
    people = shrink(catalogue);
  });
  model = createModel(world.catalogue);
});
afterAll(() => world.system.close());

/** What the system remembers is what the model saw. */
const memoryFaults = ({ lives }: Awaited<ReturnType<typeof audit>>): string[] => {
  const told = new Map(
    lives.map(({ id, acts }) => [id, acts.map(({ kind, startsAt }) => `${kind} ${startsAt}`).join()]),
  );
  return model.appointments
    .map(({ id, acts }) => [id, acts.map(({ kind, startsAt }) => `${kind} ${startsAt}`).join()] as const)
    .filter(([id, acts]) => told.get(id) !== acts)
    .map(([id, acts]) => `${id}: ${acts} was done, and ${told.get(id)} is remembered`);
};

/** About the appointments of one history: what an earlier one has broken stays broken, and would hide what this one does. */
const faultsOf = async (ids: ReadonlySet<string>): Promise<string[]> => {
  const { system, catalogue } = world;
  await system.settle();
  const found = await audit(system, catalogue, undefined, pace);
  const mails = Map.groupBy(system.mailbox.list({ channel: 'email' }), ({ tags }) => tags.message?.slice(0, 16) ?? '');
  const ofClient = Map.groupBy(found.lives, ({ clientId }) => clientId);
  const wrongOrder = found.lives.flatMap((life) => {
    const others = (ofClient.get(life.clientId) ?? []).filter(({ id }) => id !== life.id);
    return orderFaults(life, others, catalogue, mails.get(life.id) ?? [], system.clock.now(), pace);
  });
  const all = [...found.faults, ...memoryFaults(found), ...wrongOrder];
  return all.filter((fault) => (fault.match(/[0-9a-z]{16}/g) ?? []).some((id) => ids.has(id)));
};

test(
  `random histories: nothing overlaps, no message for what is not, none missing for what is, in order (MODEL_SEED=${seed})`,
  async () => {
    let played = 0;
    let steps = 0;
    const history = fc.asyncProperty(histories, async (each) => {
      played += 1;
      const before = model.appointments.length;
      const play = await createPlayer(world, model, people, `run-${played}`);
      for (const step of each) {
        await play(step);
        steps += 1;
      }
      const ids = new Set(model.appointments.slice(before).map(({ id }) => id));
      const agree = async (): Promise<void> => {
        const faults = await faultsOf(ids);
        if (faults.length > 0) throw new Disagreement(faults.slice(0, 10).join('\n'));
      };
      await agree();
      // All that this history has brought about is over before the next one begins.
      await world.system.windBy(9 * day);
      await agree();
    });
    await fc.assert(history, {
      seed,
      numRuns: 10_000,
      interruptAfterTimeLimit: seconds * 1000,
      markInterruptAsFailure: false,
      skipAllAfterTimeLimit: seconds * 1000,
    });
    process.stderr.write(
      `MODEL_SEED=${seed}: ${played} histories, ${steps} steps, ${model.appointments.length} appointments, ` +
        `${world.mails().length} mails\n`,
    );
    expect(played).toBeGreaterThan(3);
  },
  15 * 60_000,
);
