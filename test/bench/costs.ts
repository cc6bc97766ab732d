import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { seedSystem } from '../../infra/local/demo.ts';
import { startEngine } from '../../infra/local/engine/engine.ts';
import type { Handler } from '../../infra/local/runtime/functions.ts';
import { startSystem } from '../../infra/local/system.ts';
import { functions } from '../../infra/manifest.ts';
import { contracts } from '../../shared/contracts.ts';
import { createClient, httpTransport } from '../../shared/platform/http/client.ts';
import { bareClient } from './handlers.ts';
import { bookingBody, salonOf, slotsOf, start, workdays } from './salon.ts';
import { markdownTable } from './support/markdown.ts';
import { startRecorder } from './support/recorder.ts';
import { sized } from './support/samples.ts';

/**
 * `node test/bench/costs.ts`: the monthly bill of a salon with 500 appointments, of a chain with 50,000 and of an idle
 * system. A number of clients go the whole way (page, three searches, booking, confirmation, reminder, confirming,
 * completing, review, coming back) in the local system; everything that AWS would bill is counted on the way.
 */
const clients = Number(process.env['BENCH_CLIENTS'] ?? sized(10, 1));
const day = 86_400_000;

/** us-east-1, without the free tiers that end after a year. */
const price = {
  readUnit: 0.125 / 1e6,
  writeUnit: 0.625 / 1e6,
  storageGb: 0.25,
  backupGb: 0.2,
  lambdaGbSecond: 0.000_013_333_4,
  lambdaCall: 0.2 / 1e6,
  httpRequest: 1 / 1e6,
  queueRequest: 0.4 / 1e6,
  schedule: 1 / 1e6,
  mail: 0.16 / 1000,
  logGb: 0.5,
};
const free = { queueRequests: 1e6, schedules: 14e6 };

/** What this computer does not show, assumed: the way to DynamoDB and back, and what a cold start takes. */
const assumed = { requestMs: 5, coldStartMs: 400 };

const engine = await startEngine();
const recorder = await startRecorder(engine.endpoint);
process.env['DYNAMODB_ENDPOINT'] = recorder.endpoint;

interface Calls {
  count: number;
  milliseconds: number;
}
const calls = new Map<string, Calls>();
const handlers = new Map<string, Promise<Handler>>();
const load = async (bundle: string): Promise<Handler> =>
  ((await import(`${pathToFileURL(bundle).href}?system=1`)) as { handler: Handler }).handler;

const system = await startSystem({
  startAt: start,
  runtime: async (name, bundle, event, context) => {
    const loading = handlers.get(name) ?? load(bundle);
    handlers.set(name, loading);
    const handler = await loading;
    const began = performance.now();
    try {
      return await handler(event, context);
    } finally {
      const { count, milliseconds } = calls.get(name) ?? { count: 0, milliseconds: 0 };
      calls.set(name, { count: count + 1, milliseconds: milliseconds + performance.now() - began });
    }
  },
});
await seedSystem(system, await salonOf(5));
const api = createClient(contracts, httpTransport(system.url));
const staff = createClient(
  contracts,
  httpTransport(system.url, { authorization: `Bearer ${system.token('reception')}` }),
);

const good = <T>(outcome: { ok: true; data: T } | { ok: false; problem: unknown }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.data;
};

const tableBytes = async (): Promise<number> => {
  const document = DynamoDBDocumentClient.from(bareClient(engine.endpoint));
  let bytes = 0;
  for await (const { Items = [] } of paginateScan({ client: document }, { TableName: system.tableName }))
    for (const item of Items) {
      // What is in an index is stored there once more.
      const copies = 1 + Number('locationPk' in item) + Number('clientPk' in item);
      bytes += copies * (Buffer.byteLength(JSON.stringify(item)) + 100);
    }
  document.destroy();
  return bytes;
};

/** Every function loaded and the catalogue read: what a system does once is no part of a visit. */
const slots = slotsOf(5, workdays(12), 4);
const oneClient = async (index: number) => {
  const slot = slots[index];
  if (!slot) throw new Error('The salon is full');
  await fetch(`${system.url}/book`);
  for (let search = 0; search < 3; search += 1) {
    const from = slot.startsAt.slice(0, 10);
    good(await api.getAvailability({ query: { location: 'brooklyn', services: 'cut', from, to: from } }));
  }
  const { formToken } = good(await api.getFormToken({}));
  const body = {
    ...bookingBody(slot, index, formToken),
    consents: [
      { channel: 'email' as const, purpose: 'marketing' as const, words: 'Tell me when it is time to come back.' },
    ],
  };
  return good(await api.createAppointment({ body, idempotencyKey: randomUUID() }));
};

await system.warm();
await oneClient(0);
await system.settle();
recorder.take();
calls.clear();
const [bytesBefore, linesBefore, mailsBefore] = [
  await tableBytes(),
  system.logs().length,
  system.mailbox.list({}).length,
];
recorder.take();
const firedBefore = system.fired().length;

const booked: Awaited<ReturnType<typeof oneClient>>[] = [];
for (let index = 1; index <= clients; index += 1) booked.push(await oneClient(index));
await system.settle();
for (const { token } of booked) {
  await fetch(`${system.url}/a/${token}`);
  good(await api.confirmByLink({ params: { token } }));
}
const lastEnd = Math.max(...booked.map(({ endsAt }) => Date.parse(endsAt)));
for (const visit of booked.toSorted((a, b) => Date.parse(a.endsAt) - Date.parse(b.endsAt))) {
  if (Date.parse(visit.endsAt) > system.clock.now()) await system.windTo(Date.parse(visit.endsAt));
  good(await staff.markAppointment({ params: { appointmentId: visit.id }, body: { status: 'completed' } }));
}
await system.windTo(lastEnd + 2 * day);
const reviews = system.mailbox
  .list({ channel: 'email' })
  .flatMap(({ links }) => links.filter((link) => link.includes('/r/')))
  .slice(-clients);
for (const link of reviews) {
  await fetch(link);
  const token = link.split('/r/')[1] ?? '';
  await api.putReviewByLink({ params: { token }, body: { ratings: [], words: 'Thank you.' } });
}
await system.windTo(lastEnd + 60 * day);
await system.settle();

const { units } = recorder.take();
const mails = (system.mailbox.list({}).length - mailsBefore) / clients;
const schedules = (system.fired().length - firedBefore) / clients;
const logBytes = system
  .logs()
  .slice(linesBefore)
  .reduce((sum, line) => sum + Buffer.byteLength(line) + 26, 0);
const bytes = (await tableBytes()) - bytesBefore;
const perVisit = [...calls].map(([name, { count, milliseconds }]) => ({
  name,
  http: functions[name]?.trigger.kind === 'http',
  memoryGb: (functions[name]?.memoryMb ?? 0) / 1024,
  count: count / clients,
  milliseconds: milliseconds / count,
}));
const sum = (of: (row: (typeof perVisit)[number]) => number): number =>
  perVisit.reduce((total, row) => total + of(row), 0);
const lambdaCalls = sum(({ count }) => count);
const httpRequests = sum(({ http, count }) => (http ? count : 0));
const requestsPerCall = units.requests / clients / lambdaCalls;

/** A desk asks for what has changed every ten seconds, ten hours a day: the day's list, or nothing new. */
recorder.take();
const today = new Date(system.clock.now()).toISOString().slice(0, 10);
good(await staff.getDiary({ query: { locationId: 'brooklyn', date: today } }));
recorder.take();
calls.clear();
good(await staff.getDiary({ query: { locationId: 'brooklyn', date: today } }));
const desk = { units: recorder.take().units, milliseconds: calls.get('staff')?.milliseconds ?? 0 };
await system.close();
recorder.close();
await engine.close();

const lambda = (count: number, gbSeconds: number): number =>
  count * price.lambdaCall + gbSeconds * price.lambdaGbSecond;

const bill = (appointments: number, desks: number, cold: number) => {
  const polls = desks * 6 * 60 * 10 * 26;
  const seconds = (milliseconds: number, share: number) =>
    (milliseconds + requestsPerCall * assumed.requestMs + share * assumed.coldStartMs) / 1000;
  const gbSeconds = appointments * sum((row) => row.count * row.memoryGb * seconds(row.milliseconds, cold));
  const deskGbSeconds = polls * 0.5 * seconds(desk.milliseconds, 0);
  // An idle queue is asked five times in 20 seconds, each outbox message is sent, received and deleted.
  const queueRequests = 650_000 + appointments * mails * 3;
  const storedGb = (appointments * 12 * (bytes / clients)) / 1e9;
  return {
    'DynamoDB, reads and writes':
      appointments * ((units.read / clients) * price.readUnit + (units.write / clients) * price.writeUnit),
    Lambda: lambda(appointments * lambdaCalls, gbSeconds),
    'HTTP API': appointments * httpRequests * price.httpRequest,
    'SQS and Scheduler':
      Math.max(0, queueRequests - free.queueRequests) * price.queueRequest +
      Math.max(0, appointments * schedules - free.schedules) * price.schedule,
    'SES, mails': appointments * mails * price.mail,
    'CloudWatch, logs': (appointments * (logBytes / clients) * price.logGb) / 1e9,
    'storage and backups, a year of appointments': storedGb * (price.storageGb + price.backupGb),
    'a front desk that asks every ten seconds, ten hours a day, for each location':
      polls * price.httpRequest + lambda(polls, deskGbSeconds) + polls * desk.units.read * price.readUnit,
  };
};

const columns = [bill(0, 0, 0), bill(500, 1, 0.3), bill(50_000, 50, 0.02)];
const dollars = (value: number): string => (value === 0 ? '0' : `$${value.toFixed(value < 0.1 ? 3 : 2)}`);
const names = Object.keys(columns[0] ?? {}) as (keyof ReturnType<typeof bill>)[];
const total = (column: ReturnType<typeof bill>): number => Object.values(column).reduce((all, value) => all + value, 0);
console.log(`## What it costs in a month, texts apart

${clients} clients went the whole way (page, three searches, booking, confirmation, reminder, confirming, completing, review,
coming back). Of each were counted: ${(units.read / clients).toFixed(0)} read and ${(units.write / clients).toFixed(0)} write units in ${(units.requests / clients).toFixed(0)} requests, ${lambdaCalls.toFixed(0)} calls of functions, ${httpRequests.toFixed(0)} of them by HTTP,
${mails.toFixed(1)} mails, ${schedules.toFixed(1)} schedules, ${(logBytes / clients / 1024).toFixed(1)} kB of logs, ${(bytes / clients / 1024).toFixed(1)} kB kept.
`);
console.log(
  markdownTable(
    ['', 'idle', 'a salon, 500 appointments', 'a chain, 50,000, 50 locations'],
    [
      ...names.map((name) => [name, ...columns.map((column) => dollars(column[name]))]),
      ['**a month**', ...columns.map((column) => `**${dollars(total(column))}**`)],
    ],
  ),
);
console.log(`Prices of us-east-1: DynamoDB on demand $0.125 and $0.625 per million read and write units, $0.25 and $0.20 per GB kept and
backed up; Lambda (arm64) $0.0000133334 per GB-second and $0.20 per million calls; HTTP API $1 per million; SQS $0.40 per
million after the first, which an idle queue's polling uses two thirds of; Scheduler $1 per million after 14 million; SES $0.16
per 1,000 mails with an attachment; logs $0.50 per GB. Metrics beyond the ten that are free, $0.30 each, and four alarms, $0.10 each, are not in it. Durations are
those measured here with ${assumed.requestMs} ms more for each request to DynamoDB; a cold start of ${assumed.coldStartMs} ms meets 30% of the salon's calls
and 2% of the chain's. The free tier of Lambda (a million calls, 400,000 GB-seconds) would take most of Lambda's line off.

| function | calls for each appointment | milliseconds here |
| --- | ---: | ---: |
${perVisit.map(({ name, count, milliseconds }) => `| ${name} | ${count.toFixed(1)} | ${milliseconds.toFixed(1)} |`).join('\n')}
`);
process.exit(0);
