import { randomUUID } from 'node:crypto';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Context } from 'aws-lambda';
import type { QueueName } from '../../../shared/background/kinds.ts';
import type { FunctionSpec } from '../../manifest.ts';
import { functionArn } from '../services/names.ts';
import { openBundles } from './bundles.ts';

export type Manifest = Readonly<Record<string, FunctionSpec>>;

export type Handler = (event: unknown, context: Context) => unknown;

/**
 * Runs one invocation in the function's bundle. A test may put another in the place of the ordinary one, which decides
 * what instance of the code takes the event and whether it lives to answer.
 */
export type Runtime = (name: string, bundle: string, event: unknown, context: Context) => Promise<unknown>;

/** The manifest's functions, loaded when they are first needed. */
export interface Functions {
  /** Invokes as Lambda would: the event and the answer cross as JSON, and `timeoutSeconds` is held. */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** Names of the functions with a kind of trigger. */
  triggeredBy(kind: FunctionSpec['trigger']['kind']): string[];
  /** The name of the function that consumes the queue. */
  behindQueue(name: QueueName): string | undefined;
  spec(name: string): FunctionSpec;
  /** Loads every function, giving way to other work between them. */
  loadAll(): Promise<void>;
}

// Vitest replaces import() by one that transforms what it loads; a bundle is to be loaded as it is, by Node's own.
const ownImport = 'data:text/javascript,export default (url) => import(url)';

// The query that tells one system's modules from another's passes from a bundle to the files that it loads.
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const query = /\?system=\d+$/.exec(context.parentURL ?? '')?.[0];
    const passes = query && found.url.startsWith('file:') && !found.url.includes('?');
    return passes ? { ...found, url: `${found.url}${query}` } : found;
  },
});

const importUntouched = async (url: string): Promise<Record<string, unknown>> => {
  const { default: load } = (await import(ownImport)) as { default: (url: string) => Promise<Record<string, unknown>> };
  return load(url);
};

const asJson = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** `endsAt`: on `performance.now()`, which slows down as patience grows, so that it is the manifest's limit by the code's own watch. */
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

/** One instance of each function for all its invocations. */
const createRuntime = (): { run: Runtime; load(name: string, bundle: string): Promise<Handler> } => {
  systems += 1;
  const system = systems;
  const handlers = new Map<string, Promise<Handler>>();

  const importHandler = async (bundle: string): Promise<Handler> => {
    // The query gives each system modules of its own.
    const module = await importUntouched(`${pathToFileURL(bundle).href}?system=${system}`);
    if (typeof module['handler'] !== 'function') throw new Error(`${bundle} does not export a handler`);
    return module['handler'] as Handler;
  };

  const load = (name: string, bundle: string): Promise<Handler> => {
    const handler = handlers.get(name) ?? importHandler(bundle);
    handlers.set(name, handler);
    handler.catch(() => handlers.delete(name));
    return handler;
  };
  return { load, run: async (name, bundle, event, context) => (await load(name, bundle))(event, context) };
};

/** `patience`: how many times as long as its limit a function may take. */
export const loadFunctions = (manifest: Manifest, patience: number, ownRuntime?: Runtime): Functions => {
  const ordinary = createRuntime();
  const run = ownRuntime ?? ordinary.run;
  const bundleOf = openBundles(Object.values(manifest).map((spec) => spec.entry));

  const spec = (name: string): FunctionSpec => {
    const found = manifest[name];
    if (!found) throw new Error(`The manifest has no function ${name}`);
    return found;
  };

  return {
    invoke: async (name, event) => {
      const { entry, timeoutSeconds } = spec(name);
      const seconds = timeoutSeconds * patience;
      const bundle = bundleOf(name, entry);
      if (!ownRuntime) await ordinary.load(name, bundle);
      const context = contextFor(name, spec(name), performance.now() + timeoutSeconds * 1000);
      return asJson(await within(seconds, run(name, bundle, asJson(event), context)));
    },
    triggeredBy: (kind) => Object.keys(manifest).filter((name) => spec(name).trigger.kind === kind),
    behindQueue: (queue) =>
      Object.keys(manifest).find((name) => {
        const { trigger } = spec(name);
        return trigger.kind === 'queue' && trigger.queue === queue;
      }),
    spec,
    loadAll: async () => {
      for (const name of Object.keys(manifest)) {
        await ordinary.load(name, bundleOf(name, spec(name).entry));
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
};
