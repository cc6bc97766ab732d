import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import type { FunctionSpec } from '../manifest.ts';
import { openBundles } from './bundles.ts';
import { functionArn } from './names.ts';

export type Manifest = Readonly<Record<string, FunctionSpec>>;

type Handler = (event: unknown, context: Context) => unknown;

/** The manifest's functions, loaded when they are first needed. */
export interface Functions {
  /** As Lambda would: the event and the answer cross as JSON, and `timeoutSeconds` is held. */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** Names of the functions with a kind of trigger. */
  triggeredBy(kind: FunctionSpec['trigger']['kind']): string[];
  spec(name: string): FunctionSpec;
  /** Loads every function, giving way to other work between them. */
  loadAll(): Promise<void>;
}

// Vitest replaces import() by one that transforms what it loads; a bundle is to be loaded as it is, by Node's own.
const ownImport = 'data:text/javascript,export default (url) => import(url)';

const importUntouched = async (url: string): Promise<Record<string, unknown>> => {
  const { default: load } = (await import(ownImport)) as { default: (url: string) => Promise<Record<string, unknown>> };
  return load(url);
};

const asJson = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

const contextFor = (name: string, spec: FunctionSpec, endsAt: number): Context => {
  const log = `/aws/lambda/regulars-${name}`;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: `regulars-${name}`,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn(name),
    memoryLimitInMB: String(spec.memoryMb),
    awsRequestId: randomUUID(),
    logGroupName: log,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, endsAt - performance.now()),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
};

const within = async (seconds: number, work: Promise<unknown>): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Task timed out after ${seconds}.00 seconds`)), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};

let systems = 0;

export const loadFunctions = (manifest: Manifest): Functions => {
  systems += 1;
  const system = systems;
  const bundleOf = openBundles(Object.values(manifest).map((spec) => spec.entry));
  const handlers = new Map<string, Promise<Handler>>();

  const spec = (name: string): FunctionSpec => {
    const found = manifest[name];
    if (!found) throw new Error(`The manifest has no function ${name}`);
    return found;
  };

  const load = async (name: string): Promise<Handler> => {
    const { entry } = spec(name);
    // The query gives each system modules of its own.
    const module = await importUntouched(`${pathToFileURL(bundleOf(name, entry)).href}?system=${system}`);
    if (typeof module.handler !== 'function') throw new Error(`${entry} does not export a handler`);
    return module.handler as Handler;
  };

  const handlerOf = (name: string): Promise<Handler> => {
    const handler = handlers.get(name) ?? load(name);
    handlers.set(name, handler);
    handler.catch(() => handlers.delete(name));
    return handler;
  };

  return {
    invoke: async (name, event) => {
      const handler = await handlerOf(name);
      const { timeoutSeconds } = spec(name);
      const context = contextFor(name, spec(name), performance.now() + timeoutSeconds * 1000);
      const answer = (async () => handler(asJson(event), context))();
      return asJson(await within(timeoutSeconds, answer));
    },
    triggeredBy: (kind) => Object.keys(manifest).filter((name) => spec(name).trigger.kind === kind),
    spec,
    loadAll: async () => {
      for (const name of Object.keys(manifest)) {
        await handlerOf(name);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
};
