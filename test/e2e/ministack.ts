import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pythonTool } from './venv.ts';

/** What deploying and driving need: nothing of the developer's own AWS configuration gets in. */
export interface Emulator {
  endpoint: string;
  port: number;
  env: Record<string, string>;
  /** The last lines of its log. */
  tail(lines: number): string;
  stop(): Promise<void>;
}

export const account = '000000000000';
export const region = 'us-east-1';

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** The whole group: MiniStack starts a Node process for each function. */
const killGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
};

const untilHealthy = async (endpoint: string, child: ChildProcess, tail: (lines: number) => string): Promise<void> => {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) break;
    const healthy = await fetch(`${endpoint}/_ministack/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return;
    await sleep(200);
  }
  throw new Error(`MiniStack did not come up within a minute:\n${tail(40)}`);
};

/** Starts MiniStack afresh on a free loopback port; all that it writes lies in `workDir`. */
export const startMiniStack = async (workDir: string): Promise<Emulator> => {
  const command = pythonTool('ministack');
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const tmp = join(workDir, 'tmp');
  mkdirSync(tmp, { recursive: true });
  // MiniStack runs a script of its own in CommonJS from here; our package.json further up says ESM.
  writeFileSync(join(workDir, 'package.json'), '{ "type": "commonjs" }');

  const common = {
    // MiniStack runs functions with the first `node` of the PATH: this one, which is Lambda's.
    PATH: [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
    HOME: workDir,
    TMPDIR: tmp,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const logFile = join(workDir, 'ministack.log');
  const log = openSync(logFile, 'w');
  const child = spawn(command, [], {
    cwd: workDir,
    detached: true,
    stdio: ['ignore', log, log],
    env: {
      ...common,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: 'localhost',
      MINISTACK_ACCOUNT_ID: account,
      MINISTACK_REGION: region,
      STATE_DIR: join(workDir, 'state'),
      S3_DATA_DIR: join(workDir, 's3'),
      // These would listen on every interface.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
    },
  });
  const kill = () => killGroup(child, 'SIGKILL');
  process.once('exit', kill);

  const tail = (lines: number) => readFileSync(logFile, 'utf8').split('\n').slice(-lines).join('\n');
  const stop = async () => {
    killGroup(child, 'SIGTERM');
    for (let waited = 0; child.exitCode === null && waited < 5_000; waited += 100) await sleep(100);
    kill();
    process.off('exit', kill);
  };
  try {
    await untilHealthy(endpoint, child, tail);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, port, env: { ...common, AWS_ENDPOINT_URL: endpoint }, tail, stop };
};
