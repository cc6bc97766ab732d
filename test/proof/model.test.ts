import { expect, test } from 'vitest';
import { histories } from './model/histories.ts';
import { createPlayer } from './model/play.ts';
import { playHistories, seed } from './model/run.ts';
import type { Scene } from './model/scene.ts';
import { patience } from './patience.ts';

test(
  `random histories: nothing overlaps, no message for what is not, none missing for what is, in order (MODEL_SEED=${seed})`,
  async () => {
    const diary = (scene: Scene) => ({ ...createPlayer(scene), faults: () => [], end: async () => {} });
    const { mails } = await playHistories(histories, diary, 60);
    expect(mails).toBeGreaterThan(0);
  },
  patience,
);
