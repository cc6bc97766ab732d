import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './imports.ts';
import { order } from './order.ts';

const link = (name: string): string =>
  existsSync(join(root, 'shared', name)) ? `[${name}](../shared/${name})` : `[${name}](../shared/${name}.ts)`;

const exists = (name: string): boolean =>
  existsSync(join(root, 'shared', name)) || existsSync(join(root, 'shared', `${name}.ts`));

/** First paragraph of the README below its title, or of the comment at the head of a single file. */
const purposeOf = (name: string): string => {
  const readme = join(root, 'shared', name, 'README.md');
  if (!existsSync(readme)) return '';
  const [, ...paragraphs] = readFileSync(readme, 'utf8')
    .trim()
    .split(/\n\s*\n/);
  return (paragraphs[0] ?? '').replaceAll('\n', ' ').trim();
};

const table = (): string => {
  const rows = order.flatMap((names, level) =>
    names.filter(exists).map((name) => `| ${level} | ${link(name)} | ${purposeOf(name)} |`),
  );
  return `# Code map

Written by \`npm run docs\` from the order in \`test/unit/walls/order.ts\` and the READMEs of \`shared/\`. A capability may import those on its own level and below, never in a circle.

| level | capability | what it is |
| ---: | --- | --- |
${rows.join('\n')}
`;
};

test('every folder of shared is in the order of capabilities and has a README', () => {
  const folders = readdirSync(join(root, 'shared'), { withFileTypes: true }).filter((each) => each.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => purposeOf(name) === '')).toEqual([]);
});

test('the code map is as the order and the READMEs make it', async () => {
  await expect(table()).toMatchFileSnapshot(join(root, 'docs', 'code-map.md'));
});
