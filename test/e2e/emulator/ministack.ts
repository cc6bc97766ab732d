import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { pythonTool } from './venv.ts';

export interface Emulator {
  endpoint: string;
  /** What deploying needs; nothing of the developer's own AWS configuration gets in. */
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

const trust = (certificate: string): void =>
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(certificate, 'utf8')]);

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );

const comeUp = async (endpoint: string, certificate: string, hasEnded: () => boolean): Promise<boolean> => {
  const deadline = Date.now() + 60_000;
  let trusted = false;
  while (Date.now() < deadline && !hasEnded()) {
    if (!trusted && existsSync(certificate)) {
      trust(certificate);
      trusted = true;
    }
    if (trusted && (await answers(`${endpoint}/_ministack/health`))) return true;
    await sleep(200);
  }
  return false;
};

/**
 * Starts MiniStack afresh on a free loopback port, with TLS and with policies enforced: functions act in their own
 * roles, and queues refuse what is not encrypted, as in AWS. All that it writes lies in `workDir`.
 */
export const startMiniStack = async (workDir: string): Promise<Emulator> => {
  const python = pythonTool('python');
  if (spawnSync('openssl', ['version']).status !== 0) throw new Error('MiniStack needs openssl to make a certificate');
  const port = await freePort();
  const endpoint = `https://127.0.0.1:${port}`;
  const tmp = join(workDir, 'tmp');
  const certificate = join(tmp, 'ministack-tls', 'server.crt');
  mkdirSync(tmp, { recursive: true });
  // MiniStack runs a script of its own in CommonJS from here; our package.json further up says ESM.
  writeFileSync(join(workDir, 'package.json'), '{ "type": "commonjs" }');

  const common = {
    // MiniStack runs functions with the first `node` of the PATH: this one, which is Lambda's.
    PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    HOME: workDir,
    TMPDIR: tmp,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    NODE_EXTRA_CA_CERTS: certificate,
  };
  const logFile = join(workDir, 'ministack.log');
  const log = openSync(logFile, 'w');
  const child = spawn(python, [join(import.meta.dirname, 'ministack_as_aws.py')], {
    cwd: workDir,
    detached: true,
    stdio: ['ignore', log, log],
    env: {
      ...common,
      PYTHONDONTWRITEBYTECODE: '1',
      // Its own requests to itself.
      SSL_CERT_FILE: certificate,
      AUTH: 'true',
      USE_SSL: '1',
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: 'localhost',
      MINISTACK_ACCOUNT_ID: account,
      MINISTACK_REGION: region,
      STATE_DIR: join(workDir, 'state'),
      S3_DATA_DIR: join(workDir, 's3'),
      // As AWS does: nobody gets a token where the trigger fails.
      MINISTACK_COGNITO_PRETOKEN_STRICT: '1',
      // These would listen on every interface.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
    },
  });
  const kill = () => killGroup(child, 'SIGKILL');
  process.once('exit', kill);

  const tail = (lines: number) => readFileSync(logFile, 'utf8').split('\n').slice(-lines).join('\n');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const stop = async () => {
    killGroup(child, 'SIGTERM');
    for (let waited = 0; !hasEnded() && waited < 5_000; waited += 100) await sleep(100);
    kill();
    process.off('exit', kill);
  };
  if (!(await comeUp(endpoint, certificate, hasEnded))) {
    await stop();
    throw new Error(`MiniStack did not come up within a minute:\n${tail(40)}`);
  }
  return { endpoint, env: { ...common, AWS_ENDPOINT_URL: endpoint }, tail, stop };
};
