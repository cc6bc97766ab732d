import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFunction } from '../../../infra/bundle.ts';
import { functions } from '../../../infra/manifest.ts';

const root = join(import.meta.dirname, '..', '..', '..');
/** Bytes of all files of a function. */
const largest = 600_000;
/** Of what no single request loads whole. */
const largestOfAll: Record<string, number> = {
  // Four languages, all pages, every act by a form or a link, every country’s numbering plan, and what was typed on the way back.
  site: 810_000,
  // Every capability of staff, each loaded when somebody first asks for it.
  staff: 770_000,
  // Three more clients of AWS (texts, schedules, the other queue), each loaded by the few messages that need it, and the
  // numbering plans for texts; budgets of addresses and notices.
  messages: 695_000,
};
let home: string;

beforeAll(async () => {
  const build = join(root, '.build');
  mkdirSync(build, { recursive: true });
  home = await mkdtemp(join(build, 'bundles-'));
});
afterAll(() => rm(home, { recursive: true }));

const textOf = (outDir: string): string =>
  readdirSync(outDir)
    .map((file) => readFileSync(join(outDir, file), 'utf8'))
    .join('\n');

it.each(Object.entries(functions))('%s is light', (name, { entry }) => {
  const outDir = join(home, name);
  const { start, all } = bundleFunction(entry, outDir);
  expect(start).toBeLessThanOrEqual(largest);
  expect(all).toBeLessThanOrEqual(largestOfAll[name] ?? largest);
  expect(all).toBeGreaterThanOrEqual(start);
  const files = readdirSync(outDir);
  expect(files).toContain('index.mjs');
  expect(files.reduce((sum, file) => sum + statSync(join(outDir, file)).size, 0)).toBe(all);
});

it('keeps from the start what is seldom needed', () => {
  const { start, all } = bundleFunction(functions['public']?.entry ?? '', join(home, 'booking'));
  expect(all - start).toBeGreaterThan(40 * 1024);
  expect(readdirSync(join(home, 'booking')).some((file) => file.startsWith('phone-'))).toBe(true);
});

describe('what bundles leave out', () => {
  /** The bundle of a function whose source is `lines`, in the repository's root. */
  const bundleOf = async (name: string, lines: string[]) => {
    const entry = join(home, `${name}.ts`);
    const outDir = join(home, name);
    writeFileSync(entry, lines.join('\n'));
    bundleFunction(relative(root, entry), outDir);
    const { handler } = await import(pathToFileURL(join(outDir, 'index.mjs')).href);
    return { handler, text: textOf(outDir) };
  };

  it.each([
    ['JSON Schema', 'z.toJSONSchema(z.string())'],
    ['JSON Schema by method', 'z.string().toJSONSchema()'],
    ['formats as of zod 3', 'z.string().email()'],
  ])('tells who asks for it: %s', async (name, expression) => {
    const { handler } = await bundleOf(name.replaceAll(' ', '-'), [
      "import * as z from 'zod';",
      `export const handler = () => ${expression};`,
    ]);
    expect(handler).toThrow(/is not in the bundle; infra\/bundled\/left-out\.ts says why/);
  });

  it('leaves what is asked for', async () => {
    const { handler } = await bundleOf('formats', [
      "import * as z from 'zod';",
      'const schema = z.object({ email: z.email(), day: z.iso.date(), count: z.coerce.number().int().min(1).optional() });',
      'export const handler = (value) => schema.safeParse(value).error?.issues.map(({ path }) => path.join());',
    ]);
    expect(handler({ email: 'ann@example.com', day: '2026-11-24', count: '2' })).toBeUndefined();
    expect(handler({ email: 'ann', day: '24 November', count: '0' })).toEqual(['email', 'day', 'count']);
  });

  it('describes the API where that is asked for', () => {
    const outDir = join(home, 'describing');
    bundleFunction(functions['document']?.entry ?? '', outDir);
    expect(textOf(outDir)).toContain('json-schema.org/draft/2020-12');
    expect(textOf(outDir)).toContain('One-click unsubscribing');
  });
});
