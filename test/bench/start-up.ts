import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleFunction } from '../../infra/bundle.ts';
import { type FunctionSpec, functions, type Grant } from '../../infra/manifest.ts';

/**
 * `node test/bench/start-up.ts`: the bundle of every function, its size and the time that a fresh process takes to import
 * it (median of nine), beside a bundle that holds only the SDK clients which the function may use.
 */
const root = join(import.meta.dirname, '..', '..');
const home = '.build/bench';
const times = 9;

const dynamo = [
  "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';",
  "import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';",
  'used.push(DynamoDBClient, BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, TransactWriteCommand, UpdateCommand);',
];
const clients: Partial<Record<Grant, string[]>> = {
  'table:read': dynamo,
  'table:write': dynamo,
  'outbox:send': [
    "import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';",
    'used.push(SendMessageCommand, SQSClient);',
  ],
  'schedules:manage': [
    "import { CreateScheduleCommand, DeleteScheduleCommand, SchedulerClient, UpdateScheduleCommand } from '@aws-sdk/client-scheduler';",
    'used.push(CreateScheduleCommand, DeleteScheduleCommand, SchedulerClient, UpdateScheduleCommand);',
  ],
  'mail:send': [
    "import { SendRawEmailCommand, SESClient } from '@aws-sdk/client-ses';",
    'used.push(SendRawEmailCommand, SESClient);',
  ],
  'text:send': [
    "import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';",
    'used.push(PublishCommand, SNSClient);',
  ],
};

const clientsAlone = (name: string, { may }: FunctionSpec): string => {
  const entry = `${home}/${name}-clients.ts`;
  const lines = may.flatMap((grant) => clients[grant] ?? []);
  writeFileSync(
    join(root, entry),
    ['const used: unknown[] = [];', ...lines, 'export const handler = () => used;', ''].join('\n'),
  );
  return entry;
};

const importOnce = (file: string): number => {
  const script = `const t = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); console.log(performance.now() - t)`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
};

const measured = (entry: string, folder: string) => {
  const bytes = bundleFunction(entry, join(root, folder));
  const file = join(root, folder, 'index.mjs');
  const all = Array.from({ length: times }, () => importOnce(file)).sort((a, b) => a - b);
  return { kilobytes: Math.round(bytes / 1024), milliseconds: Math.round(all[Math.floor(times / 2)] ?? 0) };
};

mkdirSync(join(root, home), { recursive: true });
console.log(
  '| function | bundle, kB | import, ms | its SDK clients alone, kB | ms |\n| --- | ---: | ---: | ---: | ---: |',
);
for (const [name, spec] of Object.entries(functions)) {
  const whole = measured(spec.entry, `${home}/${name}`);
  const alone = measured(clientsAlone(name, spec), `${home}/${name}-clients`);
  console.log(`| ${name} | ${whole.kilobytes} | ${whole.milliseconds} | ${alone.kilobytes} | ${alone.milliseconds} |`);
}
