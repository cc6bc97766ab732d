import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { functions } from '../../../infra/manifest.ts';
import {
  codeOf,
  type Import,
  allImports as imports,
  importsOf,
  isStore,
  roomOf,
  root,
  sourceFiles,
} from './imports.ts';

const files = sourceFiles();
const entries = new Set(Object.values(functions).map(({ entry }) => entry));

/** One line for each import that breaks the rule. */
const told = (broken: readonly Import[]): string[] =>
  broken.map(({ from, to, isType }) => `${from} imports ${isType ? 'the type of ' : ''}${to}`);

interface Wall {
  rule: string;
  forbids: (each: Import) => boolean;
}

/** What pages may know of the business: contracts, and the parts of the platform that do nothing to the outside. */
const forPages = new Set([
  ...['http/contract', 'http/client', 'http/problems', 'fields', 'time/time', 'time/clock', 'time/locale', 'ids'].map(
    (name) => `shared/platform/${name}.ts`,
  ),
  // Words that are shown are the words that are kept.
  'shared/clients/consents/words.ts',
  // Pages and messages lead to the same form.
  'shared/booking/online/again.ts',
]);
const isContract = (file: string): boolean => /^shared\/(?:(?!platform\/).+\/contract|contracts)\.ts$/.test(file);

/** What a capability refuses, by name. */
const isProblems = (file: string): boolean => /^shared\/(?!platform\/).+\/problems\.ts$/.test(file);

const walls: Wall[] = [
  {
    rule: 'the business knows nothing of where it runs or what it looks like',
    forbids: ({ from, to, isFile }) => roomOf(from) === 'shared' && isFile && roomOf(to) !== 'shared',
  },
  {
    rule: 'functions wire the business and the pages, and share what is no entry',
    forbids: ({ from, to, isFile }) =>
      roomOf(from) === 'functions' &&
      isFile &&
      (!['shared', 'web', 'functions'].includes(roomOf(to)) || entries.has(to)),
  },
  {
    rule: 'pages know the contracts of the business, never its insides',
    forbids: ({ from, to, isFile, isType }) => {
      if (roomOf(from) !== 'web') return false;
      if (!isFile) return !/^(?:preact(?:\/|$|-)|node:crypto$)/.test(to);
      if (roomOf(to) === 'web' || isContract(to) || isProblems(to) || forPages.has(to)) return false;
      return !(from.startsWith('web/document/') && to === 'shared/document/openapi.ts' && isType);
    },
  },
  {
    rule: 'nothing outside the business and the functions that wire it reaches into a store',
    forbids: ({ from, to }) => ['web', 'infra'].includes(roomOf(from)) && isStore(to),
  },
  {
    rule: 'the manifest is made from contracts, page addresses and the names of entities alone',
    forbids: ({ from, to }) =>
      ['infra/manifest.ts', 'infra/routes.ts'].includes(from) &&
      !isContract(to) &&
      !['infra/routes.ts', 'web/routes.ts', 'shared/entities.ts', 'shared/platform/http/contract.ts'].includes(to),
  },
  {
    rule: 'nothing that runs depends on its tests',
    forbids: ({ from, to, isFile }) => roomOf(from) !== 'test' && isFile && roomOf(to) === 'test',
  },
  {
    rule: 'the platform knows no capability that stands on it',
    forbids: ({ from, to, isFile }) =>
      from.startsWith('shared/platform/') && isFile && !to.startsWith('shared/platform/'),
  },
];

describe('walls between the rooms', () => {
  test.each(walls)('$rule', ({ forbids }) => {
    expect(told(imports.filter(forbids))).toEqual([]);
  });

  test.each([
    ['shared/booking/book.ts', "import { schedules } from '../../functions/clients.ts';", 0],
    ['shared/booking/book.ts', "export type { FunctionSpec } from '../../infra/manifest.ts';", 0],
    ['functions/api/public.ts', "const load = () => import('../../infra/bundle.ts');", 1],
    [
      'web/booking/page.tsx',
      "import { createAppointments } from '../../shared/booking/appointments/appointments.ts';",
      2,
    ],
    ['web/booking/page.tsx', "import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';", 2],
    ['functions/api/public.ts', "import { handler } from './staff.ts';", 1],
    ['web/booking/page.tsx', "import type {\n  ClientRecord,\n} from '../../shared/clients/store.ts';", 3],
    ['infra/seed.ts', "import { tombstones } from '../shared/booking/day-pages/some-store.ts';", 3],
    ['infra/manifest.ts', "import { createDispatch } from '../shared/messages/send/dispatch.ts';", 4],
    ['infra/manifest.ts', "import '../shared/platform/http/lambda.ts';", 4],
    ['infra/local/demo.ts', "import { startWorld } from '../../test/support/world.ts';", 5],
    ['shared/platform/http/server.ts', "import { statuses } from '../../booking/contract.ts';", 6],
  ])('in %s, `%s` would break a wall', (file, code, wall) => {
    const broken = walls.filter(({ forbids }) => importsOf(file, code).some(forbids));
    expect(broken.map(({ rule }) => rule)).toContain(walls[wall]?.rule);
  });
});

describe('rules', () => {
  const isRules = (file: string): boolean =>
    /^shared\/.+\/(?:rules\/[\w-]+|[\w-]*rules|applies|assign|opening-hours|intervals|candidate-starts|recurrence|still-fits|consequences|due|quiet-hours|send-time|no-show-policy)\.ts$/.test(
      file,
    );
  const isPure = (name: string): boolean => /^(?:zod|temporal-polyfill\/fns\/(?!Now$)\w+)$/.test(name);

  /** Whatever the file brings into memory, as chains of files that end in a package. */
  const packagesBehind = (file: string, seen = new Set<string>()): string[][] => {
    if (seen.has(file)) return [];
    seen.add(file);
    return imports
      .filter(({ from, isType }) => from === file && !isType)
      .flatMap(({ to, isFile }) => (isFile ? packagesBehind(to, seen) : [[to]]))
      .map((chain) => [file, ...chain]);
  };

  test('are found under every name that they bear', () => {
    expect(files.filter(isRules).length).toBeGreaterThanOrEqual(16);
  });

  test('reach no table, network, file or chance, not even through what they import', () => {
    const impure = files.filter(isRules).flatMap((file) => packagesBehind(file));
    expect(impure.filter((chain) => !isPure(chain.at(-1) ?? '')).map((chain) => chain.join(' > '))).toEqual([]);
  });

  test('would be caught with a table behind them', () => {
    expect(packagesBehind('shared/booking/appointments/appointments.ts').map((chain) => chain.at(-1))).toContain(
      'dynamodb-toolbox/entity',
    );
  });
});

describe('what only the edge may touch', () => {
  const uses = (pattern: RegExp, within: (file: string) => boolean): string[] =>
    files.filter(within).flatMap((file) =>
      codeOf(file)
        .split('\n')
        .flatMap((line) => (pattern.test(line) ? [`${file}: ${line.trim()}`] : [])),
    );
  const inBusiness = (file: string): boolean => roomOf(file) === 'shared' || roomOf(file) === 'web';

  test('nothing in the business or on pages reads the environment', () => {
    expect(uses(/process\.env|import\.meta\.env/, inBusiness)).toEqual([]);
    expect(uses(/process\.env/, (file) => roomOf(file) === 'functions')).toEqual([
      'functions/environment.ts: const value = process.env[name];',
    ]);
  });

  test('where another service than AWS’s is asked for is read in one place', () => {
    const inScripts = (file: string): boolean => roomOf(file) === 'infra' || roomOf(file) === 'functions';
    expect(uses(/process\.env.*AWS_ENDPOINT|AWS_ENDPOINT.*process\.env/, inScripts)).toEqual([]);
    expect(uses(/Variable\(.AWS_ENDPOINT/, inScripts)).toEqual([
      expect.stringMatching(/^functions\/environment\.ts: /),
    ]);
  });

  test('time is told by the clock that was handed in', () => {
    const anyClock = /Date\.now|new Date\(\)|new Date\b(?!\()|Temporal\.Now|(?<![.\w])Date\(\)/;
    const outside = (file: string): boolean =>
      (inBusiness(file) || roomOf(file) === 'functions') && !file.endsWith('/clock.ts');
    expect(uses(anyClock, outside)).toEqual([]);
    expect(uses(anyClock, (file) => file === 'shared/platform/time/clock.ts')).toHaveLength(1);
  });

  test('chance comes from the source that was handed in', () => {
    const anyChance = /Math\.random|randomUUID|randomBytes|randomInt|getRandomValues/;
    const outside = (file: string): boolean =>
      (inBusiness(file) || roomOf(file) === 'functions') && !file.endsWith('/ids.ts');
    expect(uses(anyChance, outside)).toEqual([]);
    expect(uses(anyChance, (file) => file === 'shared/platform/ids.ts').length).toBeGreaterThan(0);
  });
});

test('the imports found here are all that the bundler finds', () => {
  const entries = [...new Set(files.filter((file) => /^(?:functions|web)\//.test(file)))];
  const { metafile } = buildSync({
    entryPoints: entries.map((file) => join(root, file)),
    absWorkingDir: root,
    outdir: '.build/walls',
    bundle: true,
    write: false,
    metafile: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'error',
  });
  const known = new Set(imports.map(({ from, to }) => `${from} ${to}`));
  const code = Object.entries(metafile.inputs).filter(([from]) => !from.endsWith('.css'));
  const missed = code.flatMap(([from, { imports: found }]) =>
    found
      // Styles import styles; no capability is in them.
      .filter(({ path }) => path !== 'preact/jsx-runtime' && !from.endsWith('.css') && !known.has(`${from} ${path}`))
      .map(({ path }) => `${from} ${path}`),
  );
  expect(Object.keys(metafile.inputs).length).toBeGreaterThan(100);
  expect(missed).toEqual([]);
});
