import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { linkKeysParameter } from '../shared/platform/tokens/link-keys.ts';
import { bundleFunction } from './bundle.ts';
import { CommandFault, failWith, readCommandLine } from './command-line.ts';
import { seedIfEmpty } from './local/demo.ts';
import { type Emulator, startEmulator } from './local/services/api/server.ts';
import { ssmService } from './local/services/api/ssm.ts';
import { prepareLinkKeys } from './local/services/link-keys.ts';
import { createParameterBook } from './local/services/parameters.ts';
import { loadSystemState } from './local/state/system-state.ts';
import { startSystem } from './local/system.ts';
import { functions } from './manifest.ts';
import type { Placeholders } from './samples/placeholder-types.ts';
import { createPlaceholders, plainPlaceholders } from './samples/placeholders.ts';
import { readable } from './samples/readable.ts';
import { eventOf, sampleAt } from './samples/samples.ts';

const usage = `npm run invoke -- <function> <event.json> [--table <name> [--endpoint <url>]] [--set <name>=<value>]…

  <function>    one of ${Object.keys(functions).join(', ')}
  <event.json>  a sample of events/ or a file of your own
  --table       runs against this table, with the environment as it is; without it, in a system of its own in memory
                that holds the demo salon
  --endpoint    another DynamoDB than your AWS account's, such as the one that \`npm start\` prints
  --set         fills {{name}} in the sample`;

const options = {
  table: { type: 'string' },
  endpoint: { type: 'string' },
  set: { type: 'string', multiple: true },
} as const;

const readArguments = () => {
  const { values, positionals, help } = readCommandLine({ usage, options, positionals: [2, 2] });
  const [name = '', file = ''] = positionals;
  const spec = functions[name];
  if (!spec) throw new CommandFault(`There is no function ${name}; there are ${Object.keys(functions).join(', ')}.`);
  if (!existsSync(file)) throw new CommandFault(`There is no file ${file}; the samples are in events/${name}.`);
  const pairs = (values.set ?? []).map((pair) => {
    const at = pair.indexOf('=');
    if (at < 1) throw new CommandFault(`--set takes a name and a value, as in --set token=abc, not ${pair}; ${help}`);
    return [pair.slice(0, at), () => pair.slice(at + 1)] as const;
  });
  return { values, name, file, spec, given: Object.fromEntries(pairs) satisfies Placeholders };
};

const read = () => {
  try {
    return readArguments();
  } catch (error) {
    return failWith(error);
  }
};
const { values, name, file, spec, given } = read();
const load = (placeholders: Placeholders) => eventOf(sampleAt(resolve(file)), { ...placeholders, ...given });

const inOwnSystem = async (): Promise<unknown> => {
  const system = await startSystem();
  try {
    await seedIfEmpty(system);
    const event = await load(createPlaceholders(system)());
    await system.settle();
    const before = system.logs().length;
    const answer = await system.invoke(name, event);
    // The system itself prints errors.
    const lines = system.logs().slice(before);
    for (const line of lines) if (JSON.parse(line).level !== 'error') console.error(line);
    return answer;
  } finally {
    await system.close();
  }
};

/** Bundles take credentials from the environment only, so what the shell has otherwise, such as a profile, goes there. */
const credentialsToEnvironment = async (): Promise<void> => {
  const { accessKeyId, secretAccessKey, sessionToken } = await new DynamoDBClient().config.credentials();
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });
  if (sessionToken) process.env['AWS_SESSION_TOKEN'] = sessionToken;
  else delete process.env['AWS_SESSION_TOKEN'];
};

/** A Parameter Store with the link keys of the table at another endpoint, which is that of `npm start` as a rule. */
const localParameters = async (tableName: string, dynamoEndpoint: string): Promise<Emulator> => {
  const saved = loadSystemState(join(import.meta.dirname, '..', '.data', 'state.json'));
  const parameters = createParameterBook(
    () => Date.now(),
    () => {},
    saved?.parameters,
  );
  const emulator = await startEmulator({ ssm: ssmService(parameters) });
  await prepareLinkKeys(tableName, dynamoEndpoint, emulator);
  return emulator;
};

const againstTable = async (tableName: string): Promise<unknown> => {
  const parameters = values.endpoint ? await localParameters(tableName, values.endpoint) : undefined;
  const onThisComputer = {
    AWS_ENDPOINT_URL_DYNAMODB: values.endpoint,
    AWS_ENDPOINT_URL_SSM: parameters?.endpoint('ssm'),
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  const names = { TABLE_NAME: tableName, LINK_KEYS_PARAMETER: linkKeysParameter(tableName) };
  Object.assign(process.env, names, values.endpoint ? onThisComputer : {});
  await credentialsToEnvironment();
  const folder = join(import.meta.dirname, '..', '.build', 'invoke', name);
  bundleFunction(spec.entry, folder);
  const { handler } = await import(pathToFileURL(join(folder, 'index.mjs')).href);
  const context: Partial<Context> = { functionName: name, awsRequestId: randomUUID() };
  try {
    return await handler(await load(plainPlaceholders()), context);
  } finally {
    await parameters?.close();
  }
};

try {
  const answer = values.table ? await againstTable(values.table) : await inOwnSystem();
  console.log(JSON.stringify(readable(answer) ?? null, null, 2));
} catch (error) {
  failWith(error);
}
