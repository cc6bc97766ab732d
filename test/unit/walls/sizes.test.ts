import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeOf, roomOf, root, sourceFiles } from './imports.ts';

/** As many lines as an entry may have that also decides something. */
const maxEntryLines = 15;

/** Branches, loops and errors: what a file that only wires has no need of. */
const decides = (code: string): boolean =>
  /\b(?:if|else|switch|for|while|try|catch|throw)\b|(?<!\?)\?(?![.?:])/.test(code.replace(/'[^'\n]*'|`[^`]*`/g, "''"));

describe('functions only wire', () => {
  /** Reads the variables that the stack has set, and keeps what is made from them. */
  const mayDecide = 'functions/environment.ts';

  test('a file of more than 15 lines decides nothing', () => {
    const found = sourceFiles()
      .filter((file) => roomOf(file) === 'functions' && file !== mayDecide)
      .filter((file) => readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length > maxEntryLines)
      .filter((file) => decides(codeOf(file)));
    expect(found).toEqual([]);
  });

  test.each(['if (a) b();', 'const a = b ? c : d;', 'for (const a of b) c(a);', 'try { a(); } catch {}'])(
    '`%s` would be taken for a decision',
    (code) => expect(decides(code)).toBe(true),
  );

  test.each(["const a = 'as if?';", 'const a = b?.c ?? d;', '({ a }: { a?: string }) => b(a)'])(
    '`%s` would not',
    (code) => expect(decides(code)).toBe(false),
  );
});

test('no folder holds more than 12 files of code', () => {
  const perFolder = new Map<string, number>();
  for (const room of ['shared', 'functions', 'infra', 'web', 'test']) {
    for (const entry of readdirSync(join(root, room), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(?:tsx?|css|py)$/.test(entry.name)) continue;
      const folder = entry.parentPath.slice(root.length + 1);
      perFolder.set(folder, (perFolder.get(folder) ?? 0) + 1);
    }
  }
  const full = [...perFolder].filter(([, count]) => count > 12).map(([folder]) => folder);
  expect(perFolder.size).toBeGreaterThan(50);
  expect(full).toEqual([]);
});
