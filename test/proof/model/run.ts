import fc from 'fast-check';
import { day } from '../../support/durations.ts';
import { startWorld } from '../../support/world/world.ts';
import { seedFrom } from '../dice.ts';

import { createCheck } from './check.ts';
import { createModel } from './model.ts';
import { shrink } from './salon.ts';
import { createScene, Disagreement, type Scene } from './scene.ts';

/** `MODEL_SEED= npx vitest run test/proof/model.test.ts` plays new histories. */
export const seed = seedFrom(process.env['MODEL_SEED'] ?? '20261122');
/** `MODEL_HISTORIES=500` plays so many. By number and not by time, so that every machine plays the same. */
const asked = process.env['MODEL_HISTORIES'];

/** How one history is played, and what can be said of it besides what can be said of any. */
interface Playing<Step> {
  play(step: Step): Promise<void>;
  /** Lets pass what would end while one looks. */
  standStill(): Promise<void>;
  /** What is wrong once all has settled. */
  faults(): string[];
  /** Ends what would go on for ever. */
  end(): Promise<void>;
}

/**
 * Plays `count` histories, or as many as are asked for, one after another in one small salon, where system and model must
 * agree at the end of each, and once all that it has brought about is over.
 */
export const playHistories = async <Step>(
  histories: fc.Arbitrary<Step[]>,
  start: (scene: Scene) => Playing<Step>,
  count: number,
): Promise<{ mails: number }> => {
  let people: string[] = [];
  const world = await startWorld({ startAt: Date.parse('2026-11-22T15:07:00Z') }, (catalogue) => {
    people = shrink(catalogue);
  });
  const model = createModel(world.catalogue);
  const faultsOf = createCheck(world, model);
  let played = 0;
  let steps = 0;
  const history = fc.asyncProperty(histories, async (each) => {
    played += 1;
    const scene = await createScene(world, model, people, `run-${played}`);
    const playing = start(scene);
    for (const step of each) {
      await playing.play(step);
      steps += 1;
    }
    const agree = async (): Promise<void> => {
      const faults = [...playing.faults(), ...(await faultsOf(scene.own.appointments))];
      if (faults.length > 0) throw new Disagreement(faults.slice(0, 10).join('\n'));
    };
    await playing.standStill();
    await agree();
    await playing.end();
    await world.system.windBy(28 * day);
    await agree();
  });
  try {
    // Shrinking would go on with the very salon in which system and model have parted.
    await fc.assert(history, { seed, numRuns: Number(asked ?? count), endOnFailure: true });
  } finally {
    await world.system.close();
  }
  const { appointments, rows } = model;
  const mails = world.mails().length;
  process.stderr.write(
    `MODEL_SEED=${seed}: ${played} histories, ${steps} steps, ${appointments.length} appointments, ` +
      `${rows.length} rows, ${mails} mails\n`,
  );
  return { mails };
};
