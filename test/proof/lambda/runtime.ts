import type { Runtime } from '../../../infra/local/runtime/functions.ts';
import { diceFor, roll } from '../dice.ts';
import { bundleScript, type Instantiate } from './bundle-script.ts';
import { type Fate, Instance } from './instance.ts';
import type { Death, Invocation, Ledger } from './ledger.ts';
import type { Rates } from './mishaps.ts';

export interface Dangers {
  rates: Rates;
  /** Share of invocations that die. */
  kills: number;
}

export const none: Dangers = {
  rates: { throttled: 0, failed: 0, unreachable: 0, 'timed-out': 0, 'failed-after': 0, lost: 0, late: 0 },
  kills: 0,
};

/** How many calls of each kind a function makes on average; a guess before it was seen. */
const firstGuess = { calls: 6, writes: 1 };

const ways: readonly Death[] = ['before', 'under way', 'after', 'after'];

/**
 * Runs functions as Lambda does, each event in an instance that has no other, and lets misfortune strike by the seed:
 * the nth invocation of a function meets the same fate in every run.
 */
export const dangerousRuntime = (seed: number, ledger: Ledger, dangers: () => Dangers): Runtime => {
  const scripts = new Map<string, Instantiate>();
  const idle = new Map<string, Instance[]>();
  const seen = new Map<string, { invocations: number; calls: number; writes: number }>();

  const scriptOf = (bundle: string): Instantiate => {
    const script = scripts.get(bundle) ?? bundleScript(bundle);
    scripts.set(bundle, script);
    return script;
  };

  const instanceOf = (name: string, bundle: string): Instance => {
    const warm = idle.get(name)?.pop();
    if (warm) return warm;
    ledger.coldStart();
    return new Instance(scriptOf(bundle), ledger);
  };

  const fateOf = (name: string): Fate => {
    const habits = seen.get(name) ?? { invocations: 0, ...firstGuess };
    habits.invocations += 1;
    seen.set(name, habits);
    const dice = diceFor(seed, name, habits.invocations);
    const { rates, kills } = dangers();
    const doomed = dice() < kills;
    const of = dice() < 0.5 ? 'calls' : 'writes';
    const ordinal = 1 + roll(dice, Math.ceil(habits[of]));
    const how = ways[roll(dice, ways.length)] ?? 'before';
    return { dice, rates, death: doomed ? { of, ordinal, how } : undefined };
  };

  const learn = (name: string, { calls, writes }: Invocation): void => {
    const habits = seen.get(name);
    if (!habits) return;
    habits.calls += (calls - habits.calls) / 20;
    habits.writes += (writes - habits.writes) / 20;
  };

  return async (name, bundle, event, context) => {
    const instance = instanceOf(name, bundle);
    const invocation = ledger.open(name);
    // A function that throws lives on; only death ends its instance.
    let alive = true;
    try {
      return await instance.run(event, context, invocation, fateOf(name));
    } catch (error) {
      alive = invocation.died === undefined;
      throw error;
    } finally {
      learn(name, invocation);
      if (alive) idle.set(name, [...(idle.get(name) ?? []), instance]);
    }
  };
};
