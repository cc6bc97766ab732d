import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandFault, command, readCommandLine } from '../command-line.ts';

const usage = `npm run new -- capability <name> [--beside <another capability>]

  Makes shared/<name> with a contract, routes, wiring, rules, a store, a use case, examples and a README, makes its
  tests, and enters it in three places: the order of capabilities, the contracts, the function of staff.

  <name>     lower case, words joined by hyphens: gift-cards
  --beside   a capability on whose level it stands in test/unit/walls/order.ts; waiting-list where absent`;

const root = join(import.meta.dirname, '..', '..');
const templates = join(import.meta.dirname, 'template');

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Placeholders of the templates for the capability's name, in the forms that code needs. */
const wordsOf = (name: string): Record<string, string> => {
  const pascal = name.split('-').map(capital).join('');
  return {
    __name__: name,
    __Pascal__: pascal,
    __camel__: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    __plain__: name.replaceAll('-', ' '),
    __PARTITION__: name.toUpperCase(),
  };
};

const filled = (text: string, words: Record<string, string>): string =>
  text.replace(/__\w+?__/g, (word) => words[word] ?? word);

/** Target of a template's file. */
const placeOf = (template: string, name: string): string => {
  const file = template.replace(/\.tpl$/, '');
  if (file === join('test', 'integration.test.ts')) return join('test', 'integration', name, `${name}.test.ts`);
  if (file.startsWith('test')) return join('test', 'unit', name, file.slice('test/'.length));
  return join('shared', name, file);
};

/** Inserts a line before or after the first one that matches. Throws where there is none. */
const insert = (file: string, side: 'before' | 'after', where: RegExp, line: string): void => {
  const path = join(root, file);
  const lines = readFileSync(path, 'utf8').split('\n');
  const index = lines.findIndex((each) => where.test(each));
  if (index < 0) throw new Error(`${file} has no line like ${where}: enter the capability by hand`);
  lines.splice(side === 'before' ? index : index + 1, 0, line);
  writeFileSync(path, lines.join('\n'));
  console.log(`changed  ${file}`);
};

await command(() => {
  const options = { beside: { type: 'string' } } as const;
  const { positionals, values, help } = readCommandLine({ usage, options, positionals: [2, 2] });
  const [what, name = ''] = positionals;
  if (what !== 'capability') throw new CommandFault(`There is no ${what} to make, only a capability; ${help}`);
  if (!/^[a-z]+(-[a-z]+)*$/.test(name))
    throw new CommandFault(`${name} is no name for a capability: use lower case, words joined by hyphens; ${help}`);
  if (existsSync(join(root, 'shared', name)))
    throw new CommandFault(`shared/${name} is there already; nothing was changed.`);

  const words = wordsOf(name);
  const files = readdirSync(templates, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tpl'));
  for (const template of files.sort()) {
    const file = placeOf(template, name);
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), filled(readFileSync(join(templates, template), 'utf8'), words));
    console.log(`made     ${file}`);
  }

  const camel = words['__camel__'];
  const order = 'test/unit/walls/order.ts';
  if (!readFileSync(join(root, order), 'utf8').includes(`'${name}'`))
    insert(order, 'after', new RegExp(`^\\s*'${values.beside ?? 'waiting-list'}',`), `    '${name}',`);
  const contracts = 'shared/contracts.ts';
  insert(contracts, 'before', /^import /, `import { ${camel}Routes } from './${name}/contract.ts';`);
  insert(contracts, 'before', /^import /, `import { ${camel}Examples } from './${name}/examples.ts';`);
  insert(contracts, 'after', /staffRoutes = \[/, `  ...${camel}Routes,`);
  insert(contracts, 'after', /^export const examples/, `  ...${camel}Examples,`);
  insert(
    'functions/api/staff.ts',
    'after',
    /const capabilities: Capabilities = \{/,
    `  '/v1/${name}': async () => (await import('../../shared/${name}/routes.ts')).${camel}Bindings(foundation()),`,
  );
  console.log('\nNow: npm run format && npm run samples && npm run docs && npm run check && npm test');
});
