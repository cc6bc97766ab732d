import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Milliseconds between a change and its way to the disk. */
const debounceMs = 50;

/** Milliseconds until the next try, where the disk took nothing. */
const retryMs = 2000;

/** Keeps one snapshot on disk, so that what belongs together is always from the same moment. */
export interface StateFile {
  /** To be called after every change. */
  changed(): void;
  /** Writes what is outstanding, at once. */
  flush(): void;
}

/** A file that can't be read any more; says which, and the way out. */
export class FileDamaged extends Error {
  constructor(file: string, why: unknown) {
    super(
      `${file} is damaged (${(why as Error).message}): \`npm start -- --fresh\` begins anew, without what is in .data/.`,
    );
    this.name = 'FileDamaged';
  }
}

/** State that the last process left, or undefined. Throws FileDamaged. */
export const loadState = <T>(file: string): T | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    throw new FileDamaged(file, error);
  }
};

/** Writes by renaming: a reader or a crash sees the old file or the new one, never half of one. */
export const writeAtomically = (file: string, text: string, mode = 0o600): void => {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text, { mode });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
};

/** Writes `snapshot()` to the file soon after each change. */
export const keepState = (file: string, snapshot: () => unknown): StateFile => {
  let timer: NodeJS.Timeout | undefined;
  let isComplaining = false;
  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    writeAtomically(file, JSON.stringify(snapshot()));
    isComplaining = false;
  };
  /** A full disk doesn't end the system: the snapshot is written once there is room. */
  const write = (): void => {
    try {
      flush();
    } catch (error) {
      if (!isComplaining) console.error(`${file} can't be written, and is tried again: ${(error as Error).message}`);
      isComplaining = true;
      timer = setTimeout(write, retryMs).unref();
    }
  };
  return {
    changed: () => {
      timer ??= setTimeout(write, debounceMs).unref();
    },
    flush,
  };
};

/** For systems that live in memory only. */
export const noState: StateFile = { changed: () => {}, flush: () => {} };
