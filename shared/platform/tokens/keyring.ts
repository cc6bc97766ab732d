import type { Clock } from '../time/clock.ts';
import { minute } from '../time/time.ts';
import type { Keyring } from './tokens.ts';

/** Time for which a warm function uses the keys that it has read. */
export const keysRetentionMs = 5 * minute;

/** Time for which it uses them before it asks again, where reading has failed. */
const untilNextTry = minute / 2;

/**
 * Signing keys, kept for a while. Reading that fails once there are keys leaves those in use and is told to `onStale`;
 * before, it throws.
 */
export const createKeyring = (
  read: () => Promise<readonly string[]>,
  now: Clock,
  onStale: (error: unknown) => void,
): Keyring => {
  let kept: { keys: readonly string[]; at: number } | undefined;
  let reading: Promise<readonly string[]> | undefined;
  const refresh = async (): Promise<readonly string[]> => {
    try {
      kept = { keys: await read(), at: now() };
    } catch (error) {
      if (!kept) throw error;
      kept = { ...kept, at: now() - keysRetentionMs + untilNextTry };
      onStale(error);
    }
    return kept.keys;
  };
  return {
    async load() {
      if (kept && Math.abs(now() - kept.at) < keysRetentionMs) return kept.keys;
      reading ??= refresh().finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
};
