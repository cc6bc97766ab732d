import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A DynamoDB engine that answers at `endpoint`. */
export interface Engine {
  endpoint: string;
  /** Id of the process that this one started. */
  pid?: number | undefined;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..', '..');

/** The file of the dynoxide binary for a platform, whether or not it is there. */
export const engineBinary = (platform: string = process.platform, arch: string = process.arch): string =>
  join(root, 'node_modules', '@dynoxide', `${platform}-${arch}`, platform === 'win32' ? 'dynoxide.exe' : 'dynoxide');

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** A directory in memory where the system has such a thing. */
const passingDir = (): string => mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'regulars-engine-'));

/**
 * Before each write the engine looks for the last record of its stream among all that there ever were: after 15,000 of
 * them a write took 50 times as long as at the beginning. With this index it takes as long as ever, and less.
 */
const indexStream = (dbPath: string): void => {
  const database = new DatabaseSync(dbPath, { timeout: 5000 });
  try {
    const known = database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_stream_records'").get();
    if (!known) return;
    database.exec(
      'CREATE INDEX IF NOT EXISTS regulars_stream_order ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
    );
  } finally {
    database.close();
  }
};

/**
 * Ends the engine, and removes what shall not outlive it, even when this process is killed without a chance to do so:
 * the pipe to the guard breaks.
 */
const guard = (child: ChildProcess, passing: string | undefined): ChildProcess | undefined =>
  process.platform === 'win32' || child.pid === undefined
    ? undefined
    : spawn(
        '/bin/sh',
        [
          '-c',
          'cat >/dev/null; kill -9 "$0" 2>/dev/null; [ -z "$1" ] || rm -rf "$1"',
          String(child.pid),
          passing ?? '',
        ],
        { stdio: ['pipe', 'ignore', 'ignore'], detached: true },
      );

const listening = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('listening on')) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The DynamoDB engine ended with ${code}: ${said.trim()}`)));
  });

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

const launch = async (binary: string, file: string | undefined): Promise<Engine> => {
  const port = await freePort();
  const passing = file === undefined ? passingDir() : undefined;
  const dbPath = file ?? join(passing ?? '', 'table.db');
  const forget = (): void => {
    if (passing) rmSync(passing, { recursive: true, force: true });
  };
  const args = ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', dbPath];
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  try {
    await listening(child);
    indexStream(dbPath);
  } catch (error) {
    child.kill('SIGKILL');
    forget();
    throw error;
  }
  const watcher = guard(child, passing);
  watcher?.unref();
  child.unref();
  const killNow = (): void => {
    child.kill('SIGKILL');
    forget();
  };
  process.once('exit', killNow);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    pid: child.pid,
    close: async () => {
      process.off('exit', killNow);
      const gone = ended(child);
      watcher?.kill('SIGKILL');
      child.ref();
      child.kill('SIGTERM');
      await gone;
      forget();
    },
  };
};

/**
 * Starts the engine that npm brought for this platform, in the file `dbPath` or in one that is gone with the engine.
 * `DYNAMODB_ENDPOINT` names another one, which is then only used, neither started nor ended.
 */
export const startEngine = async (
  dbPath?: string,
  { binary = engineBinary(), endpoint = process.env['DYNAMODB_ENDPOINT'] } = {},
): Promise<Engine> => {
  if (endpoint) return { endpoint, close: async () => {} };
  if (!existsSync(binary)) {
    throw new Error(
      `There is no DynamoDB engine for ${process.platform}-${process.arch}: ${binary} does not exist. Run \`npm install\`; ` +
        'if your registry has no @dynoxide package for this platform, start any other engine (such as DynamoDB Local) ' +
        'and name it: DYNAMODB_ENDPOINT=http://127.0.0.1:8000',
    );
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(binary, dbPath);
    } catch (error) {
      if (attempt === 3 || !/in use/i.test(String(error))) throw error;
    }
  }
};
