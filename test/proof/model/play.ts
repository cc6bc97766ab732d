import { hour, minute } from '../../support/durations.ts';
import { createBlocks } from './acts/blocks.ts';
import { createBookings } from './acts/bookings.ts';

import { createHolds } from './acts/holds.ts';
import { createRows } from './acts/rows.ts';
import type { Of, Step } from './histories.ts';
import type { Scene } from './scene.ts';

const quarter = 15 * minute;
/** Longer than any step takes. */
const margin = minute;

/**
 * Does with the system what the history says, and with the model what the system answers; they must agree at each step.
 * `windTo`: lets time pass until the instant; `others`: instants at which something else ends by itself.
 */
export const createPlayer = (
  scene: Scene,
  windTo: (instant: number) => Promise<void> = scene.world.system.windTo,
  others: () => readonly number[] = () => [],
) => {
  const { model, now } = scene;
  const doing = { ...createBookings(scene), ...createHolds(scene), ...createBlocks(scene), ...createRows(scene) };

  const pass = async (milliseconds: number): Promise<void> => {
    await windTo(now() + milliseconds);
    model.passed(now());
  };

  /** Nothing ends, begins or falls due while a step is done: all else happens on the quarter of an hour. */
  const standStill = async (): Promise<void> => {
    const ends = [...model.holds.map(({ until }) => until), ...others()];
    const next = [...ends, Math.ceil(now() / quarter) * quarter].filter((end) => end >= now());
    const soon = next.filter((end) => end <= now() + margin);
    // So that no hold ends with the minute, as all else that ends while time passes.
    const second = now() % minute;
    const beside = second < margin / 12 ? margin / 12 - second : second > (margin * 3) / 4 ? margin / 2 : 0;
    const missing = soon.length > 0 ? Math.max(...soon) + margin / 2 - now() : beside;
    if (missing === 0) return;
    await pass(missing);
    await standStill();
  };

  const play: { [D in Step['do']]: (step: Of<D>) => Promise<void> } = {
    ...doing,
    wait: ({ minutes }) => pass(minutes * minute),
    wind: ({ hours }) => pass(hours * hour),
    settle: () => scene.world.system.settle(),
  };

  return {
    standStill,
    isOne: (step: { do: string }): step is Step => step.do in play,
    async play<D extends Step['do']>(step: Of<D>): Promise<void> {
      await standStill();
      await (play[step.do as D] as (step: Of<D>) => Promise<void>)(step);
    },
  };
};
