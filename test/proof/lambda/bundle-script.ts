import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { buildSync } from 'esbuild';
import type { Handler } from '../../../infra/local/runtime/functions.ts';

/** What an instance of a function's code sees of the world in place of the real thing. */
interface Surroundings {
  /** Node's modules by name, without `node:`; those that are absent are the real ones. */
  modules: Record<string, object>;
  setTimeout: (callback: () => void, milliseconds?: number) => unknown;
}

/** Runs the bundle's code from its beginning: an instance with a state of its own, gone when nobody holds it. */
export type Instantiate = (surroundings: Surroundings) => Handler;

/**
 * The bundle that would be deployed, as a function that can be run over and over: an ES module stays in memory for as
 * long as the process lives, and a harness that kills functions makes thousands of instances.
 */
export const bundleScript = (file: string): Instantiate => {
  const url = pathToFileURL(file).href;
  const { outputFiles } = buildSync({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    minify: true,
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': JSON.stringify(url) },
    logLevel: 'error',
  });
  const code = outputFiles[0]?.text ?? '';
  const run = compileFunction(code, ['exports', 'module', 'require', 'setTimeout'], { filename: file });
  const real = createRequire(url);
  return ({ modules, setTimeout }) => {
    const require = (name: string): unknown => {
      const bare = name.replace(/^node:/, '');
      return bare === 'module' ? { createRequire: () => require } : (modules[bare] ?? real(name));
    };
    const module: { exports: { handler?: Handler } } = { exports: {} };
    run(module.exports, module, require, setTimeout);
    const { handler } = module.exports;
    if (typeof handler !== 'function') throw new Error(`${file} does not export a handler`);
    return handler;
  };
};
