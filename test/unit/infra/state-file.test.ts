import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createMailbox } from '../../../infra/local/services/mailbox.ts';
import { keepState, loadState, writeAtomically } from '../../../infra/local/state/state-file.ts';

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'regulars-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};
const way = /is damaged \(.+\): `npm start -- --fresh` begins anew/;

test('a state that was cut off is named, with the way out', () => {
  const file = join(folder(), 'state.json');
  writeFileSync(file, '{"clockOffset":');
  expect(() => loadState(file)).toThrow(file);
  expect(() => loadState(file)).toThrow(way);
});

test('a mailbox whose last line was cut off loses that line alone', () => {
  const file = join(folder(), 'mailbox.jsonl');
  const first = createMailbox(() => 0, file);
  const text = { phone: '+17185550100', attributes: {} };
  first.receiveText({ ...text, message: 'one' });
  writeFileSync(file, `${readFileSync(file, 'utf8')}{"id":"tw`);
  const second = createMailbox(() => 0, file);
  second.receiveText({ ...text, message: 'two' });
  expect(
    createMailbox(() => 0, file)
      .list()
      .map((message) => message.text),
  ).toEqual(['one', 'two']);
  writeFileSync(file, `broken\n${readFileSync(file, 'utf8')}`);
  expect(() => createMailbox(() => 0, file)).toThrow(way);
});

/** A folder stands where the file should be: as on a full disk, the write fails. */
const unwritable = () => {
  const path = folder();
  const file = join(path, 'state.json');
  mkdirSync(join(file, 'x'), { recursive: true });
  return { path, file };
};

test('a write that fails leaves no draft behind', () => {
  const { path, file } = unwritable();
  expect(() => writeAtomically(file, '{}')).toThrow();
  expect(readdirSync(path)).toEqual(['state.json']);
});

test('a state that can not be written is written when it can', () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => complaint.mockRestore());
  const { file } = unwritable();
  const keeper = keepState(file, () => ({ a: 1 }));
  keeper.changed();
  vi.advanceTimersByTime(10_000);
  expect(complaint).toHaveBeenCalledTimes(1);
  rmSync(file, { recursive: true });
  vi.advanceTimersByTime(3000);
  expect(loadState(file)).toEqual({ a: 1 });
});
