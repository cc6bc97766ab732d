import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as z from 'zod';
import { account, type Emulator, region } from './ministack.ts';

export const sender = 'hello@salon.example';
export const owner = 'owner@salon.example';

const outputs = z.object({
  Regulars: z.object({
    ApiUrl: z.url(),
    TableName: z.string(),
    LinkKeysParameter: z.string(),
    UserPoolId: z.string(),
    UserPoolClientId: z.string(),
    OutboxQueueUrl: z.url(),
    UndeliveredQueueUrl: z.url(),
    UnplannedQueueUrl: z.url(),
    UnheardQueueUrl: z.url(),
    ScheduleGroup: z.string(),
    FeedbackTopicArn: z.string(),
  }),
});
export type Deployed = z.output<typeof outputs>['Regulars'];

const cdkCommand = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');

const cdk = (emulator: Emulator, args: string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cdkCommand, ...args, '--no-notices', '--no-color'], {
      env: { ...emulator.env, CDK_DISABLE_CLI_TELEMETRY: 'true', CI: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    child.stdout.on('data', (chunk) => said.push(String(chunk)));
    child.stderr.on('data', (chunk) => said.push(String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`cdk ${args.join(' ')} failed:\n${said.join('').split('\n').slice(-40).join('\n')}`));
    });
  });

/** `context`: what `cdk.context.json` would hold. */
export const deploy = async (
  emulator: Emulator,
  workDir: string,
  context: Record<string, string> = {},
): Promise<Deployed> => {
  const assembly = join(workDir, 'cdk.out');
  const outputsFile = join(workDir, 'outputs.json');
  // It is destroyed in the end. AWS would refuse that without `removable`; the emulator knows no protection of pools.
  const given = Object.entries({ removable: 'true', ...context }).flatMap(([name, value]) => [
    '--context',
    `${name}=${value}`,
  ]);
  await cdk(emulator, ['synth', '--quiet', '--output', assembly, ...given]);
  await cdk(emulator, ['bootstrap', `aws://${account}/${region}`, '--app', assembly]);
  return deployAssembly(emulator, assembly, outputsFile, outputs);
};

const oldOutputs = z.object({
  Regulars: outputs.shape.Regulars.omit({ LinkKeysParameter: true }).extend({ ScheduleRoleArn: z.string() }),
});

/** Deploys the assembly of an old stack that lies in `old.out`. */
export const deployOld = async (emulator: Emulator, workDir: string) => {
  const assembly = join(workDir, 'old.out');
  await cdk(emulator, ['bootstrap', `aws://${account}/${region}`, '--app', assembly]);
  return deployAssembly(emulator, assembly, join(workDir, 'old-outputs.json'), oldOutputs);
};

const deployAssembly = async <Output>(
  emulator: Emulator,
  assembly: string,
  outputsFile: string,
  schema: z.ZodType<{ Regulars: Output }>,
): Promise<Output> => {
  await cdk(emulator, [
    ...['deploy', '--app', assembly, '--require-approval', 'never', '--outputs-file', outputsFile],
    ...['--parameters', `SenderAddress=${sender}`, '--parameters', `OwnerEmail=${owner}`],
  ]);
  return schema.parse(JSON.parse(readFileSync(outputsFile, 'utf8'))).Regulars;
};

export const destroy = (emulator: Emulator, workDir: string): Promise<void> =>
  cdk(emulator, ['destroy', '--app', join(workDir, 'cdk.out'), '--force']);
