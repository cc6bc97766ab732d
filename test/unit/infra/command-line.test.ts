import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CommandFault, faultOf, readCommandLine } from '../../../infra/command-line.ts';
import { portIn } from '../../../infra/local/port.ts';
import { root } from '../walls/imports.ts';

const named = (name: string, message = 'x'): Error => Object.assign(new Error(message), { name });
const coded = (code: string, path?: string): Error => Object.assign(new Error('x'), { code, path });

test.each([
  [coded('ENOENT', 'salon.json'), 'There is no file salon.json.'],
  [coded('EISDIR', 'events'), 'This is a folder, not a file: events.'],
  [coded('ENOSPC'), /The disk is full/],
  [named('ResourceNotFoundException'), /no such table/],
  [named('CredentialsProviderError'), /no AWS credentials/],
  [named('Error', 'Region is missing'), /AWS_REGION/],
  [new AggregateError([coded('ECONNREFUSED')]), /Nothing answers/],
  [new CommandFault('Do that.'), 'Do that.'],
])('%s is told in one sentence', (error, sentence) => {
  expect(faultOf(error)).toMatch(sentence);
  expect(faultOf(error)).not.toMatch(/\n\s*at /);
});

test('what nobody foresaw is no fault of the one who typed', () => {
  expect(faultOf(new Error('x is not a function'))).toBeUndefined();
});

describe('the port', () => {
  test.each([
    [undefined, undefined],
    ['', undefined],
    [' ', undefined],
    ['0', 0],
    ['8080', 8080],
  ])('%j is %j', (given, port) => expect(portIn(given)).toBe(port));
  test.each(['abc', '80a', '-1', '65536', '1.5'])('%s is none', (given) =>
    expect(() => portIn(given)).toThrow(
      `PORT must be a number from 1 to 65535, or 0 for any that is free, and is ${given}.`,
    ),
  );
});

test('arguments that are missing, too many or unknown are named', () => {
  const read = (...args: string[]) => readCommandLine({ usage: 'npm run seed -- <file>', positionals: [1, 1], args });
  expect(read('a').positionals).toEqual(['a']);
  expect(() => read()).toThrow('npm run seed needs an argument more; `npm run seed -- --help` shows how it is used.');
  expect(() => read('a', 'b')).toThrow('npm run seed does not know what to do with b;');
  expect(() => read('a', '--tabel')).toThrow("Unknown option '--tabel'; `npm run seed -- --help`");
});

/** Every command that takes arguments, called wrongly. */
const wrongly: [command: string, args: string[], sentence: RegExp][] = [
  ['infra/local/start.ts', ['--frsh'], /^Unknown option '--frsh'/],
  ['infra/seed.ts', [], /^npm run seed needs an argument more/],
  ['infra/seed.ts', ['infra/local/demo-salon.json'], /^Name the table with --table/],
  ['infra/seed.ts', ['nowhere.json', '--table', 'x'], /^There is no file nowhere\.json/],
  ['infra/invoke.ts', ['nobody', 'x.json'], /^There is no function nobody; there are /],
  ['infra/invoke.ts', ['site', 'nowhere.json'], /^There is no file nowhere\.json; the samples are in events\/site/],
  ['infra/adopt.ts', [], /^Name the table with --table/],
  ['infra/rotate-links.ts', ['--table', 'x', '--leaked', '--drop-old'], /^Choose one of/],
  ['infra/retention/list.ts', ['--tabel', 'x'], /^Unknown option '--tabel'/],
  ['infra/new/new.ts', ['thing', 'gift-cards'], /^There is no thing to make/],
  ['infra/passwords/write.ts', ['nowhere.txt'], /^There is no file nowhere\.txt/],
  ['test/bench/run.ts', ['nope'], /^There is no part nope; there are start-up/],
  ['test/proof/faults/main.ts', ['--appointments', 'many'], /^--appointments takes a number, not many/],
];

test.each(wrongly)('%s %j ends with one sentence and 2', (file, args, sentence) => {
  const { TABLE_NAME: _, ...env } = process.env;
  const { status, stderr, stdout } = spawnSync(process.execPath, [join(root, file), ...args], {
    ...{ cwd: root, encoding: 'utf8', env },
  });
  expect(stderr).toMatch(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect([status, stdout]).toEqual([2, '']);
});
