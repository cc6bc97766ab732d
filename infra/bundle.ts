import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { type Built, type BundleSize, fromCache } from './bundle-cache.ts';
import { leaveOut } from './bundled/left-out.ts';
import { writePhoneMetadata } from './bundled/phone-metadata.ts';
import { styleSheetsAsText } from './bundled/style-sheets.ts';

export type { BundleSize } from './bundle-cache.ts';

const root = join(import.meta.dirname, '..');
const phoneMetadata = join(root, '.build', 'bundled', 'phone-metadata.mjs');

/**
 * Replacements in bundles for more that Lambda never uses; each file says why. The SDK's clients themselves stay as they
 * are: signing, retrying and parsing are not ours to write.
 */
const lighter: Record<string, string> = {
  '@aws-sdk/credential-provider-node': join(root, 'infra/bundled/credentials.ts'),
  '@aws-sdk/middleware-endpoint-discovery': join(root, 'infra/bundled/endpoint-discovery.ts'),
  '@smithy/core/event-streams': join(root, 'infra/bundled/event-streams.ts'),
  'libphonenumber-js/core': join(root, 'infra/bundled/phone-library.ts'),
  'libphonenumber-js/min/metadata': phoneMetadata,
};

const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;

/** The files that `entry` loads, by the kinds of import given, with those that they load. */
const loadedBy = ({ outputs }: Metafile, entry: string, kinds: readonly string[]): string[] => {
  const found = new Set([entry]);
  for (const file of found)
    for (const { path, kind, external } of outputs[file]?.imports ?? [])
      if (kinds.includes(kind) && !external) found.add(path);
  return [...found];
};

const bundle = async (entry: string, outDir: string): Promise<Built> => {
  writePhoneMetadata(phoneMetadata);
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const { metafile } = await build({
    entryPoints: { index: join(root, entry) },
    outdir: outDir,
    outExtension: { '.js': '.mjs' },
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    minify: true,
    keepNames: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    // Bengali takes three bytes a letter as it is, six escaped.
    charset: 'utf8',
    alias: lighter,
    plugins: [leaveOut(entry), styleSheetsAsText],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // CommonJS dependencies call require for Node's own modules.
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    metafile: true,
    logLevel: 'error',
  });
  const index = relative(root, join(outDir, 'index.mjs'));
  const all = loadedBy(metafile, index, ['import-statement', 'dynamic-import']);
  // esbuild also writes what only dead code would load.
  for (const file of Object.keys(metafile.outputs)) if (!all.includes(file)) rmSync(join(root, file));
  const bytesOf = (files: string[]) => files.reduce((sum, file) => sum + (metafile.outputs[file]?.bytes ?? 0), 0);
  return {
    start: bytesOf(loadedBy(metafile, index, ['import-statement'])),
    all: bytesOf(all),
    inputs: Object.keys(metafile.inputs),
  };
};

/**
 * Bundles one function into `<outDir>/index.mjs`, the SDK inside: the same artefact on this computer, in AWS and in the
 * bench. What is imported by `import()` lies in files of its own beside it, and is loaded when it is first needed.
 *
 * In a process of its own: CDK makes its constructs without waiting, and esbuild lets plugins in only where one waits.
 */
export const bundleFunction = (entry: string, outDir: string): BundleSize =>
  fromCache(entry, outDir, () =>
    JSON.parse(execFileSync(process.execPath, [import.meta.filename, entry, outDir], options)),
  );

if (import.meta.main) {
  const [entry = '', outDir = ''] = process.argv.slice(2);
  console.log(JSON.stringify(await bundle(entry, outDir)));
}
