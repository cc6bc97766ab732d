import { realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

const packages = join(import.meta.dirname, '..', '..', 'node_modules');

/** Every schema of zod can describe itself as JSON Schema: 18 kB, of use only where the API is described. */
const jsonSchema = ['zod/v4/core/to-json-schema.js', 'zod/v4/core/json-schema-processors.js'];

const unused = [
  // Kinds of attribute that no entity has, 12 kB: dynamodb-toolbox picks one of all by its name.
  'dynamodb-toolbox/dist/esm/schema/anyOf/schema.js',
  'dynamodb-toolbox/dist/esm/schema/record/schema.js',
  ...['anyOf', 'record', 'tuple'].flatMap((kind) => [
    `dynamodb-toolbox/dist/esm/schema/actions/parse/${kind}.js`,
    `dynamodb-toolbox/dist/esm/schema/actions/format/${kind}.js`,
  ]),
  ...['record', 'tuple'].map(
    (kind) => `dynamodb-toolbox/dist/esm/entity/actions/update/updateItemParams/extension/${kind}.js`,
  ),
  // For engines without `node:crypto`, 3 kB.
  '@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js',
  // Asked for by clients of S3 alone, 1 kB.
  '@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/service-customizations/s3.js',
];

/** zod 3's way to ask for formats, `z.string().email()`: deprecated for `z.email()`, and with the makings of all 26 formats 10 kB. */
const formatOfString = /this\.check\(core\._\w+\(Zod\w+, params\)\)/g;

const describesApi = 'functions/api/document.ts';

const missing = (what: string): string =>
  `function missing() { throw new Error(${JSON.stringify(`${what} is not in the bundle; infra/bundled/left-out.ts says why`)}); }`;

/**
 * Leaves out of the bundle of `entry` what packages reach for by themselves and no request ever needs. In its place stand
 * functions of the same names, and whoever calls one after all is told. A module that a package no longer has fails the build.
 */
export const leaveOut = (entry: string): Plugin => ({
  name: 'leave-out',
  setup: ({ onLoad, esbuild }) => {
    const modules = entry === describesApi ? unused : [...jsonSchema, ...unused];
    const names = new Map(modules.map((module) => [realpathSync(join(packages, module)), module]));
    onLoad({ filter: /node_modules/ }, async ({ path }) => {
      const module = names.get(path);
      if (!module) return;
      const { metafile } = await esbuild.build({ entryPoints: [path], format: 'esm', write: false, metafile: true });
      const exported = Object.values(metafile.outputs).flatMap((output) => output.exports);
      return { contents: `${missing(module)}\nexport { ${exported.map((name) => `missing as ${name}`).join(', ')} };` };
    });
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]classic[\\/]schemas\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const without = source.replace(formatOfString, 'missing()');
      if (without === source) throw new Error('zod keeps the formats of strings otherwise');
      return { contents: `${without}\n${missing('A format of z.string()')}` };
    });
    // Clients tell the service their version; the rest of the file, 2 kB each, is for npm.
    onLoad({ filter: /[\\/]@aws-sdk[\\/][^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = (await import(path, { with: { type: 'json' } })).default;
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
});
