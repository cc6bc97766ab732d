import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { bundleFunction } from '../../infra/bundle.ts';
import { createRegularsTable } from '../../infra/local/engine/regulars-table.ts';
import { type Emulator, startEmulator } from '../../infra/local/services/api/server.ts';
import { ssmService } from '../../infra/local/services/api/ssm.ts';
import { createParameterBook } from '../../infra/local/services/parameters.ts';
import { functions } from '../../infra/manifest.ts';
import type { Catalogue } from '../../shared/business/catalogue.ts';
import { systemRandom } from '../../shared/platform/ids.ts';
import { createTable } from '../../shared/platform/table/table.ts';
import { linkKeysParameter, linkKeysText, newLinkKey } from '../../shared/platform/tokens/link-keys.ts';
import { seed } from '../../shared/settings/seed.ts';
import { bookingBody, httpEventOf, type Slot, start } from './salon.ts';
import { sized } from './support/samples.ts';

const home = join(import.meta.dirname, '..', '..', '.build', 'bench');
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
let loaded = 0;
const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

type Handler = (event: unknown, context: unknown) => Promise<APIGatewayProxyStructuredResultV2>;

/** A bare client of the engine, as the SDK makes it. */
export const bareClient = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });

/** A copy of the bundle of its own, since each instance of the code keeps the table that it met first. */
const ownBundle = (name: string): string => {
  const entry = functions[name]?.entry;
  if (!entry) throw new Error(`The manifest has no function ${name}`);
  loaded += 1;
  const folder = join(home, `${name}-${process.pid}-${loaded}`);
  bundleFunction(entry, folder);
  folders.push(folder);
  return join(folder, 'index.mjs');
};

/** The Parameter Store of this process; it ends with it. */
const parameters = createParameterBook(Date.now, () => {});
let emulator: Promise<Emulator> | undefined;

const pointAt = async (endpoint: string, tableName: string): Promise<void> => {
  emulator ??= startEmulator({ ssm: ssmService(parameters) });
  const parameter = linkKeysParameter(tableName);
  parameters.put(parameter, linkKeysText([newLinkKey(systemRandom)]), { type: 'SecureString', overwrite: true });
  Object.assign(process.env, {
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ENDPOINT_URL_SSM: (await emulator).endpoint('ssm'),
    TABLE_NAME: tableName,
    LINK_KEYS_PARAMETER: parameter,
    PUBLIC_URL: 'https://salon.example',
  });
};

/** Functions log a line for each request, and count metrics; none of it belongs among the figures. */
export const withoutLogLines = (): void => {
  const { stdout } = process;
  const write = stdout.write.bind(stdout) as (...args: unknown[]) => boolean;
  stdout.write = ((text: unknown, ...rest: unknown[]) =>
    typeof text === 'string' && (text.startsWith('{"level":"info"') || text.startsWith('{"_aws"'))
      ? true
      : write(text, ...rest)) as typeof stdout.write;
};

/** Time of day is the process's own; every bench begins at the same instant. */
export const setClock = (): void => {
  const { now } = Date;
  const offset = start - now();
  Date.now = () => now() + offset;
};

export const makeTable = async (endpoint: string, tableName: string, catalogue: Catalogue): Promise<void> => {
  const client = bareClient(endpoint);
  await createRegularsTable(client, tableName);
  await seed(createTable(tableName, client), catalogue, Date.now());
  client.destroy();
};

/** The two functions that visitors meet, as Lambda would load them, warm, on a table. */
export const openHandlers = async (endpoint: string, tableName: string) => {
  await pointAt(endpoint, tableName);
  const load = async (name: string): Promise<Handler> => {
    const module = (await import(pathToFileURL(ownBundle(name)).href)) as { handler: Handler };
    return module.handler;
  };
  const [availability, booking] = [await load('public-reads'), await load('public')];
  const invoke = async (handler: Handler, event: unknown, expected: number) => {
    const result = await handler(event, {});
    if (result.statusCode !== expected) throw new Error(`${result.statusCode}: ${JSON.stringify(result)}`);
    return result.body ?? '';
  };
  const formToken = async (): Promise<string> =>
    JSON.parse(await invoke(booking, httpEventOf('GET', '/v1/form-token', {}), 200)).formToken as string;
  // A form books once; the forms lie ready, as getting one is no part of booking.
  const forms: string[] = [];
  for (let count = 0; count < sized(5_000, 300); count += 1) forms.push(await formToken());
  const find = (query: Record<string, string>) =>
    invoke(availability, httpEventOf('GET', '/v1/availability', { query }), 200);
  await find({ location: 'brooklyn', services: 'cut', from: '2026-11-23', to: '2026-11-23' });
  return {
    find,
    book: (slot: Slot, number: number, sourceIp: string) =>
      invoke(
        booking,
        httpEventOf('POST', '/v1/appointments', { body: bookingBody(slot, number, forms.pop() ?? ''), sourceIp }),
        201,
      ),
  };
};
