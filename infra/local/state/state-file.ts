import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Milliseconds between a change and its way to the disk. */
const debounceMs = 50;

/** Keeps one snapshot on disk, so that what belongs together is always from the same moment. */
export interface StateFile {
  /** To be called after every change. */
  changed(): void;
  /** Writes what is outstanding, at once. */
  flush(): void;
}

/** State that the last process left, or undefined. */
export const loadState = <T>(file: string): T | undefined =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;

/** Writes by renaming: a reader or a crash sees the old file or the new one, never half of one. */
export const writeAtomically = (file: string, text: string, mode = 0o600): void => {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, text, { mode });
  renameSync(draft, file);
};

/** Writes `snapshot()` to the file soon after each change. */
export const keepState = (file: string, snapshot: () => unknown): StateFile => {
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    writeAtomically(file, JSON.stringify(snapshot()));
  };
  return {
    changed: () => {
      timer ??= setTimeout(flush, debounceMs).unref();
    },
    flush,
  };
};

/** For systems that live in memory only. */
export const noState: StateFile = { changed: () => {}, flush: () => {} };
