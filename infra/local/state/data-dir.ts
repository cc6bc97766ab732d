import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files that a system on disk consists of. */
export interface DataFiles {
  table: string;
  state: string;
  mailbox: string;
  secret: string;
  log: string;
  /** There while the table is being filled: what a start left behind that was interrupted is of no use. */
  filling: string;
  /** Lets another process have the directory. */
  release(): void;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const lockIn = (path: string): string => join(path, 'lock');

const fillingIn = (path: string): string => join(path, 'filling');

/** Whether the last start was interrupted while it filled the table. */
export const isHalfFilled = (path: string): boolean => existsSync(fillingIn(path));

/** Another process has the directory. */
export class InUse extends Error {}

const refuseIfHeld = (path: string): void => {
  const lock = lockIn(path);
  const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new InUse(`Process ${holder} is using ${path}. End it first, or delete ${lock} if it is something else.`);
  }
};

/** Deletes all that a system has kept there, unless one is running. */
export const clearDataDir = (path: string): void => {
  refuseIfHeld(path);
  rmSync(path, { recursive: true, force: true });
};

/** Opens the directory for this process alone. */
export const openDataDir = (path: string): DataFiles => {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  refuseIfHeld(path);
  writeFileSync(lockIn(path), String(process.pid));
  return {
    table: join(path, 'table.db'),
    state: join(path, 'state.json'),
    mailbox: join(path, 'mailbox.jsonl'),
    secret: join(path, 'secret'),
    log: join(path, 'functions.log'),
    filling: fillingIn(path),
    release: () => rmSync(lockIn(path), { force: true }),
  };
};
