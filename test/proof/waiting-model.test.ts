import { expect, test } from 'vitest';
import { playHistories, seed } from './model/run.ts';
import type { Scene } from './model/scene.ts';
import { patience } from './patience.ts';
import { waitingHistories } from './waiting-model/histories.ts';
import { createWaitingPlayer } from './waiting-model/play.ts';

test(
  `random histories of those who wait: each freed time goes to the first whom it suits, one at a time, and everybody hears of what is theirs (MODEL_SEED=${seed})`,
  async () => {
    let offers = 0;
    const line = (scene: Scene) => {
      const { play, standStill, goHome, mailFaults, made } = createWaitingPlayer(scene);
      return {
        play,
        standStill,
        faults: mailFaults,
        async end() {
          await goHome();
          offers += made.size;
        },
      };
    };
    await playHistories(waitingHistories, line, 20);
    process.stderr.write(`${offers} offers\n`);
    expect(offers).toBeGreaterThan(3);
  },
  patience,
);
