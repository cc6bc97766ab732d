import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
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

/** What AWS has and MiniStack 1.5 has not. The owner is created through Cognito's API instead. */
const unknownToMiniStack = ['AWS::Cognito::UserPoolUser', 'AWS::Cognito::UserPoolUserToGroupAttachment'];

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

/** Only in the copy that goes to MiniStack; a type that it learns meanwhile should leave the list above. */
const leaveOutUnknown = (assembly: string): string[] => {
  const file = join(assembly, 'Regulars.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, { Type: string }> };
  const kept = Object.entries(template.Resources).filter(([, { Type }]) => !unknownToMiniStack.includes(Type));
  const left = Object.keys(template.Resources).length - kept.length;
  writeFileSync(file, JSON.stringify({ ...template, Resources: Object.fromEntries(kept) }));
  return left === unknownToMiniStack.length ? unknownToMiniStack : [];
};

export const deploy = async (emulator: Emulator, workDir: string): Promise<Deployed> => {
  const assembly = join(workDir, 'cdk.out');
  const outputsFile = join(workDir, 'outputs.json');
  await cdk(emulator, ['synth', '--quiet', '--output', assembly]);
  console.log(`  (left out for MiniStack: ${leaveOutUnknown(assembly).join(', ')})`);
  await cdk(emulator, ['bootstrap', `aws://${account}/${region}`, '--app', assembly]);
  await cdk(emulator, [
    ...['deploy', '--app', assembly, '--require-approval', 'never', '--outputs-file', outputsFile],
    ...['--parameters', `SenderAddress=${sender}`, '--parameters', `OwnerEmail=${owner}`],
  ]);
  return outputs.parse(JSON.parse(readFileSync(outputsFile, 'utf8'))).Regulars;
};

export const destroy = (emulator: Emulator, workDir: string): Promise<void> =>
  cdk(emulator, ['destroy', '--app', join(workDir, 'cdk.out'), '--force']);
