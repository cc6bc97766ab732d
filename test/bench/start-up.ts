import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { type BundleSize, bundleFunction } from '../../infra/bundle.ts';
import { type FunctionSpec, functions, type Grant } from '../../infra/manifest.ts';
import { sized } from './support/samples.ts';

/**
 * `node test/bench/start-up.ts [rounds]`: the bundle of every function, its size and the time that a fresh process takes
 * to import it, beside two that hold only the SDK clients which the function may use: one built by esbuild as it comes,
 * one built as functions are. Every round imports the three after each other; medians of the rounds.
 */
const root = join(import.meta.dirname, '..', '..');
const home = '.build/bench';
const rounds = Number(process.argv[2] ?? sized(15, 1));

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

/** As anyone would bundle the SDK for Lambda, without what `infra/bundle.ts` leaves out. */
const bundlePlainly = (entry: string, outDir: string): BundleSize => {
  const { metafile } = buildSync({
    entryPoints: [join(root, entry)],
    outfile: join(outDir, 'index.mjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    metafile: true,
  });
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  return { start: bytes, all: bytes };
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const kilobytes = (bytes: number): number => Math.round(bytes / 1000);

mkdirSync(join(root, home), { recursive: true });
console.log(`## Size and start-up

The bundle of each function beside two that hold only the SDK clients that it may use: built by esbuild as it comes, and built
as functions are, without what Lambda never uses. kB of 1,000 bytes; milliseconds that a fresh process takes to import it,
medians of ${rounds} rounds. At most 600 kB, and 1.35 times the plain SDK.

| function | kB at its start | kB in all | ms | plain SDK, kB | ms | times | SDK built as functions are, kB | ms | times |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |`);
for (const [name, spec] of Object.entries(functions).slice(0, sized(Number.POSITIVE_INFINITY, 2))) {
  const folder = (kind: string): string => join(root, home, `${name}-${kind}`);
  const clientsEntry = clientsAlone(name, spec);
  const own = bundleFunction(spec.entry, folder('own'));
  const plain = bundlePlainly(clientsEntry, folder('plain'));
  const light = bundleFunction(clientsEntry, folder('light'));
  const kinds = ['own', 'plain', 'light'] as const;
  const taken = { own: [] as number[], plain: [] as number[], light: [] as number[] };
  for (let round = 0; round < rounds; round += 1)
    for (const kind of kinds) taken[kind].push(importOnce(join(folder(kind), 'index.mjs')));
  const ms = { own: median(taken.own), plain: median(taken.plain), light: median(taken.light) };
  // Beside no client at all a ratio says nothing.
  const times = (than: number) => (spec.may.some((grant) => clients[grant]) ? (ms.own / than).toFixed(2) : '–');
  const cells = [
    name,
    kilobytes(own.start),
    kilobytes(own.all),
    ms.own.toFixed(0),
    kilobytes(plain.all),
    ms.plain.toFixed(0),
    times(ms.plain),
    kilobytes(light.start),
    ms.light.toFixed(0),
    times(ms.light),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
