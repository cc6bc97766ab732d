import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { roomOf, root, sourceFiles } from './imports.ts';

/** A comment that begins with a relative clause makes its reader wait for the noun. */
const clause = '(?:What|Who|Whose|Where|Which|How|When|So many|So long|Of)\\b';
const comment = new RegExp(
  `/\\*\\*\\s*(?:\\n\\s*\\* )?${clause}.*|(?<!//.*)(?<=(?:^|\\n)(?!\\s*//).*\\n\\s*)// ${clause}.*`,
  'g',
);

const clausesIn = (code: string): string[] => code.match(comment) ?? [];

test('comments begin with a noun or a verb', () => {
  const code = sourceFiles().filter((file) => roomOf(file) !== 'test');
  const found = code.flatMap((file) =>
    clausesIn(readFileSync(join(root, file), 'utf8')).map((line) => `${file}: ${line}`),
  );
  expect(found).toEqual([]);
});

test.each(['/** What is due. */', '/**\n * How it is done.', 'a();\n  // Who comes first.\n'])(
  '%j would be found',
  (code) => expect(clausesIn(code)).toHaveLength(1),
);

test('a line that goes on with the one above would not', () => {
  expect(clausesIn('  // It is done\n  // where it is due.\n  // What else?\n')).toEqual([]);
});
