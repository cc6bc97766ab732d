import type { AwsCall } from './aws-call.ts';
import type { MessageEffect } from './message-effects.ts';
import type { Mishap } from './mishaps.ts';

/** When a function died: before a call, while one was on its way, or after it was done and before its answer came. */
export type Death = 'before' | 'under way' | 'after';

/** One run of a function, as the harness saw it. */
export interface Invocation {
  functionName: string;
  calls: number;
  /** Of the calls, those that are there to change something. */
  writes: number;
  died: Death | undefined;
  mishaps: number;
  /** In the order in which the services did them, also those that the function never heard of. */
  effects: { effect: MessageEffect; answerHidden: boolean }[];
}

/** What the harness did, and what the services did for whom. */
export interface Ledger {
  open(functionName: string): Invocation;
  called(call: AwsCall): void;
  befell(invocation: Invocation, call: AwsCall, mishap: Mishap): void;
  died(invocation: Invocation, call: AwsCall, death: Death): void;
  coldStart(): void;
  /** Those that did something about messages. */
  withEffects(): Invocation[];
  deaths(): number;
  /** Numbers to print: invocations, calls, mishaps, deaths. */
  summary(): Record<string, Record<string, number>>;
}

const add = (counts: Record<string, number>, name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};

export const createLedger = (): Ledger => {
  const invocations: Record<string, number> = {};
  const calls: Record<string, number> = {};
  const mishaps: Record<string, number> = {};
  const deaths: Record<string, number> = {};
  const deathsAt: Record<string, number> = {};
  const instances: Record<string, number> = {};
  const opened: Invocation[] = [];
  const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);
  return {
    open: (functionName) => {
      add(invocations, functionName);
      const invocation: Invocation = { functionName, calls: 0, writes: 0, died: undefined, mishaps: 0, effects: [] };
      // Others have nothing to do with messages, and there are very many of them.
      if (functionName === 'messages') opened.push(invocation);
      return invocation;
    },
    called: ({ service }) => add(calls, service),
    befell: (invocation, { service }, mishap) => {
      invocation.mishaps += 1;
      add(mishaps, `${service} ${mishap}`);
    },
    died: (invocation, { service, action }, death) => {
      invocation.died = death;
      add(deaths, invocation.functionName);
      add(deathsAt, `${death} ${service === 'dynamodb' ? 'a' : service} ${action}`);
    },
    coldStart: () => add(instances, 'cold starts'),
    withEffects: () => opened.filter(({ effects }) => effects.length > 0),
    deaths: () => sum(deaths),
    summary: () => ({ invocations, instances, calls, mishaps, kills: deaths, 'killed at': deathsAt }),
  };
};
