import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** A DynamoDB engine that answers at `endpoint`. */
export interface Engine {
  endpoint: string;
  /** Of the process that this one started. */
  pid?: number | undefined;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..');

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

/** Ends the engine even when this process is killed without a chance to do so: the pipe to the guard breaks. */
const guard = (child: ChildProcess): ChildProcess | undefined =>
  process.platform === 'win32' || child.pid === undefined
    ? undefined
    : spawn('/bin/sh', ['-c', 'cat >/dev/null; kill -9 "$0" 2>/dev/null', String(child.pid)], {
        stdio: ['pipe', 'ignore', 'ignore'],
        detached: true,
      });

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

const launch = async (binary: string, dbPath: string | undefined): Promise<Engine> => {
  const port = await freePort();
  const args = ['serve', '--host', '127.0.0.1', '--port', String(port), ...(dbPath ? ['--db-path', dbPath] : [])];
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  await listening(child);
  const watcher = guard(child);
  watcher?.unref();
  child.unref();
  const killNow = (): void => void child.kill('SIGKILL');
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
    },
  };
};

/**
 * Starts the engine that npm brought for this platform, in memory or in the file `dbPath`.
 * `DYNAMODB_ENDPOINT` names another one, which is then only used, neither started nor ended.
 */
export const startEngine = async (
  dbPath?: string,
  { binary = engineBinary(), endpoint = process.env.DYNAMODB_ENDPOINT } = {},
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
