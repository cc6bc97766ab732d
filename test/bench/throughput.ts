import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BatchGetItemCommand, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { seedSystem } from '../../infra/local/demo.ts';
import { type Engine, startEngine } from '../../infra/local/engine/engine.ts';
import { startSystem } from '../../infra/local/system.ts';
import { functions } from '../../infra/manifest.ts';
import { bareClient, makeTable, openHandlers, setClock, withoutLogLines } from './handlers.ts';
import type { LoadOrder, LoadResult } from './load.ts';
import { availabilityQueries, salonOf, slotsOf, start, workdays } from './salon.ts';
import { markdownTable } from './support/markdown.ts';
import { type Command, startRecorder } from './support/recorder.ts';
import { percentile, sized, timed } from './support/samples.ts';

/**
 * `node test/bench/throughput.ts`: bookings and availabilities per second at ten connections through the local gateway,
 * what the engine alone can do, and where the processor's time goes.
 */
const connections = 10;
const warmUpSeconds = Number(process.env['BENCH_WARM_UP'] ?? sized(4, 1));
const seconds = Number(process.env['BENCH_SECONDS'] ?? sized(10, 1));
const aloneMs = seconds * 500;
const recordedBookings = sized(seconds * 100, 20);

const salonFor = {
  /** Five people over seven days, as in the table of units; `filled` of those days are half booked. */
  availability: { people: 5, days: 70, filled: sized(60, 3) },
  /** Room enough for every booking to have a time of its own. */
  booking: { people: 30, days: 95 },
};

withoutLogLines();
let engine: Engine = { endpoint: '', close: async () => {} };

/** Each part has an engine of its own: the local engine's writes grow slower with all that it has ever been given. */
const freshEngine = async (): Promise<void> => {
  await engine.close();
  delete process.env['DYNAMODB_ENDPOINT'];
  engine = await startEngine();
  process.env['DYNAMODB_ENDPOINT'] = engine.endpoint;
};

/** Milliseconds of processor time so far. */
const ownCpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const engineCpu = (): number => {
  if (engine.pid === undefined || process.platform !== 'linux') return Number.NaN;
  const fields = readFileSync(`/proc/${engine.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
};

/** Ticks of the processors so far, and those of them that the host gave to other machines. */
const ticks = (): { all: number; stolen: number } => {
  if (process.platform !== 'linux') return { all: Number.NaN, stolen: Number.NaN };
  const fields = readFileSync('/proc/stat', 'utf8').split('\n')[0]?.split(/\s+/).slice(1, 9).map(Number) ?? [];
  return { all: fields.reduce((sum, field) => sum + field, 0), stolen: fields[7] ?? 0 };
};

interface Cost {
  answers: number;
  perSecond: number;
  p50: number;
  p99: number;
  /** Milliseconds of processor time for each: this process, the engine, the load. */
  own: number;
  engine: number;
  load: number;
}

type Order = Omit<LoadOrder, 'forms'>;

/** Forms that lie ready, as getting one is no part of booking. */
const formsFor = async ({ kind, url, seconds }: Order): Promise<string[]> => {
  const forms: string[] = [];
  for (let left = kind === 'booking' ? seconds * 1_000 : 0; left > 0; left -= 1) {
    const { formToken } = (await (await fetch(`${url}/v1/form-token`)).json()) as { formToken: string };
    forms.push(formToken);
  }
  return forms;
};

const load = async (order: LoadOrder): Promise<LoadResult> => {
  const running = promisify(execFile)(process.execPath, [join(import.meta.dirname, 'load.ts')]);
  running.child.stdin?.end(JSON.stringify(order));
  return JSON.parse((await running).stdout) as LoadResult;
};

const refusals = ({ statuses, answers }: LoadResult): number =>
  answers - (statuses['200'] ?? 0) - (statuses['201'] ?? 0);

const underLoad = async (order: Order): Promise<Cost & { used: number }> => {
  const warming = { ...order, seconds: warmUpSeconds };
  const warm = await load({ ...warming, forms: await formsFor(warming) });
  const forms = await formsFor(order);
  const [own, engineBefore] = [ownCpu(), engineCpu()];
  const result = await load({ ...order, forms, skip: order.skip + warm.used });
  if (refusals(result) > 0) throw new Error(`Not every answer was good: ${JSON.stringify(result.statuses)}`);
  const { answers, perSecond, p50, p99, cpu } = result;
  return {
    ...{ answers, perSecond, p50, p99, used: warm.used + result.used },
    own: (ownCpu() - own) / answers,
    engine: (engineCpu() - engineBefore) / answers,
    load: cpu / answers,
  };
};

/** The same work ten at a time, in this process, without gateway and load. */
const atTen = async (works: readonly (() => Promise<unknown>)[], forMs: number): Promise<Cost> => {
  const times: number[] = [];
  let next = 0;
  const [own, engineBefore, began] = [ownCpu(), engineCpu(), performance.now()];
  const worker = async () => {
    while (performance.now() - began < forMs && next < works.length) {
      const work = works[next++];
      if (work) times.push(await timed(work));
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const answers = times.length;
  return {
    answers,
    perSecond: (answers / (performance.now() - began)) * 1000,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    own: (ownCpu() - own) / answers,
    engine: (engineCpu() - engineBefore) / answers,
    load: 0,
  };
};

/** Reads as the SDK sends them, without any code of ours. */
const readCommands = {
  BatchGetItem: BatchGetItemCommand,
  GetItem: GetItemCommand,
  Query: QueryCommand,
} as unknown as Record<string, new (input: unknown) => QueryCommand>;

const forever = <T>(works: readonly T[]): T[] =>
  Array.from({ length: 20_000 }, (_, index) => works[index % works.length] as T);

/** A request to the engine that no SDK made: what the engine itself can do. */
const agent = new Agent({ keepAlive: true });
const raw = (operation: string, input: unknown) => {
  const { hostname, port } = new URL(engine.endpoint);
  const body = JSON.stringify(input);
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    'x-amz-date': '20261122T150000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=local/20261122/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    'content-length': String(Buffer.byteLength(body)),
  };
  return () =>
    new Promise<void>((resolve, reject) => {
      request({ agent, hostname, port, method: 'POST', path: '/', headers }, (answer) => {
        answer.resume().once('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(operation))));
      })
        .once('error', reject)
        .end(body);
    });
};

const systemWith = async (names: (name: string) => boolean, people: number, days: number, filled: boolean) => {
  const system = await startSystem({
    startAt: start,
    functions: Object.fromEntries(Object.entries(functions).filter(([name]) => names(name))),
    beside: (_, incoming, response, url) => {
      const address = incoming.headers['x-bench-address'];
      // The clients of a salon don't share one address, which the limit by address and minute would meet.
      if (address) Object.defineProperty(incoming.socket, 'remoteAddress', { value: address, configurable: true });
      if (url.pathname !== '/plain') return false;
      response.end('plain');
      return true;
    },
  });
  await seedSystem(system, await salonOf(people));
  if (filled) {
    const half = Math.floor((people * days * 8) / 2);
    const handlers = await openHandlers(engine.endpoint, system.tableName);
    const slots = slotsOf(people, workdays(days), 1).slice(0, half);
    let next = 0;
    const worker = async () => {
      for (let index = next++; index < half; index = next++) {
        const slot = slots[index];
        if (slot) await handlers.book(slot, index, `10.9.${index >> 8}.${index & 255}`);
      }
    };
    await Promise.all(Array.from({ length: 4 }, worker));
  }
  return system;
};

const isHttp = (name: string): boolean => functions[name]?.trigger.kind === 'http';

const availability = async () => {
  await freshEngine();
  const { people, days, filled } = salonFor.availability;
  const system = await systemWith(isHttp, people, filled, true);
  const order: Order = { url: system.url, kind: 'availability', people, days, connections, seconds, skip: 0 };
  const through = await underLoad(order);
  const plain = await underLoad({ ...order, kind: 'plain', seconds: sized(4, 1) });

  const recorder = await startRecorder(engine.endpoint);
  const recording = await openHandlers(recorder.endpoint, system.tableName);
  recorder.take();
  const queries = availabilityQueries(people, sized(200, 20), 3);
  const commands: Command[] = [];
  for (const query of queries) {
    await recording.find(query);
    commands.push(...recorder.take().commands);
  }
  const handlers = await openHandlers(engine.endpoint, system.tableName);
  const handler = await atTen(forever(queries.map((query) => () => handlers.find(query))), aloneMs);
  const bare = await atTen(forever(commands.map(({ operation, input }) => raw(operation, input))), aloneMs);
  const sdk = bareClient(engine.endpoint);
  const viaSdk = await atTen(
    forever(
      commands.map(({ operation, input }) => () => {
        const Kind = readCommands[operation];
        if (!Kind) throw new Error(`No command stands for ${operation}`);
        return sdk.send(new Kind(input));
      }),
    ),
    aloneMs,
  );
  sdk.destroy();
  recorder.close();
  await system.close();
  return { through, plain, handler, engineAlone: bare, viaSdk, commands: commands.length / queries.length };
};

const booking = async (consequences: boolean) => {
  await freshEngine();
  const { people, days } = salonFor.booking;
  const system = await systemWith(consequences ? () => true : isHttp, people, days, false);
  const order: Order = { url: system.url, kind: 'booking', people, days, connections, seconds, skip: 0 };
  const through = await underLoad(order);
  let handler: Cost | undefined;
  if (!consequences) {
    const handlers = await openHandlers(engine.endpoint, system.tableName);
    const slots = slotsOf(people, workdays(days), 1).slice(through.used);
    const number = (index: number) => through.used + index + 1;
    handler = await atTen(
      slots.map((slot, index) => () => handlers.book(slot, number(index), `10.9.${index >> 8}.${index & 255}`)),
      aloneMs,
    );
  }
  await system.close();
  return { through, handler };
};

/** The commands of bookings in their order, replayed against a fresh table of the same salon. */
const bookingAlone = async () => {
  setClock();
  await freshEngine();
  const { people, days } = salonFor.booking;
  const recorder = await startRecorder(engine.endpoint);
  const salon = await salonOf(people);
  await makeTable(engine.endpoint, 'bench-recorded', salon);
  await makeTable(engine.endpoint, 'bench-replayed', salon);
  const handlers = await openHandlers(recorder.endpoint, 'bench-recorded');
  recorder.take();
  const works: (() => Promise<unknown>)[] = [];
  let commands = 0;
  // Each on a page of its own: what is replayed ten at a time may overtake, and a page's version tells.
  const pages = new Map(
    slotsOf(people, workdays(days), 1).map((slot) => [slot.staffId + slot.startsAt.slice(0, 10), slot]),
  );
  const apart = [...pages.values()].slice(0, recordedBookings);
  for (const [index, slot] of apart.entries()) {
    await handlers.book(slot, index, `10.8.${index >> 8}.${index & 255}`);
    const sends = recorder.take().commands.map(({ operation, input }) => {
      // A token of the recorded transaction would be refused with another table.
      const { ClientRequestToken: _, ...rest } = input;
      const text = JSON.stringify(rest).replaceAll('"bench-recorded"', '"bench-replayed"');
      return raw(operation, JSON.parse(text));
    });
    commands += sends.length;
    works.push(async () => {
      for (const send of sends) await send();
    });
  }
  recorder.close();
  return { ...(await atTen(works, 30_000)), commands: commands / works.length };
};

const empty = async () => {
  await freshEngine();
  await makeTable(engine.endpoint, 'bench-empty', await salonOf(1));
  const document = DynamoDBDocumentClient.from(bareClient(engine.endpoint));
  const key = { TableName: 'bench-empty', Key: { pk: 'nothing', sk: 'nothing' } };
  const input = { TableName: 'bench-empty', Key: { pk: { S: 'nothing' }, sk: { S: 'nothing' } } };
  const viaSdk = await atTen(forever([() => document.send(new GetCommand(key))]), aloneMs);
  const viaNothing = await atTen(forever([raw('GetItem', input)]), aloneMs);
  document.destroy();
  return { viaSdk, viaNothing };
};

const rate = (value: number): string => value.toFixed(0);
const ms = (value: number): string => value.toFixed(2);

const before = ticks();
const found = await availability();
const booked = (await booking(false)) as { through: Cost; handler: Cost };
const withConsequences = await booking(true);
const alone = await bookingAlone();
const nothing = await empty();
const after = ticks();
const stolen = (after.stolen - before.stolen) / (after.all - before.all);

const speed = (name: string, { perSecond, p50, p99 }: Cost, peer: string) => [
  name,
  rate(perSecond),
  ms(p50),
  ms(p99),
  peer,
];
console.log(`## Per second at ${connections} connections

Through the local gateway for ${seconds} seconds, after ${warmUpSeconds} of warming up; gateway and functions share one Node process, the
engine and autocannon have one each, all on ${(await import('node:os')).availableParallelism()} processors. Every booking is for another time, person, client and address;
availability asks for 500 different weeks, services and people over seven days in a salon of ${salonFor.availability.people} people that is
half booked. The diary is queried for each answer, and none of it is kept in memory; an answer is worked out anew when the
diary, the catalogue or the minute has changed.
`);
console.log(
  markdownTable(
    ['', 'per second', 'p50, ms', 'p99, ms', 'Easy!Appointments, NestJS + PostgreSQL'],
    [
      speed('availability', found.through, '222-263, 768-998'),
      speed('booking', booked.through, '68-82, 416-499'),
      speed('booking, with its messages planned and sent meanwhile', withConsequences.through, ''),
      speed('engine alone, the commands of availability', found.engineAlone, ''),
      speed('the SDK’s client alone, the commands of availability', found.viaSdk, ''),
      speed('engine alone, the commands of booking', alone, ''),
      speed('engine alone, a GetItem of nothing', nothing.viaNothing, ''),
      speed('the SDK’s document client, a GetItem of nothing', nothing.viaSdk, ''),
    ],
  ),
);
console.log(`Required: availability at least five times Easy!Appointments, booking at least twice. The engine alone: the same commands, ten at a
time, over bare HTTP without any client library (${found.commands.toFixed(1)} commands for an availability, ${alone.commands.toFixed(1)} for a booking).
While this ran, the host gave ${(stolen * 100).toFixed(0)}% of the processors' time to other machines.

### Where the processor's time goes, milliseconds for each
`);
const parts = (name: string, through: Cost, handler: Cost, engineAlone: Cost) => {
  const gateway = through.own - handler.own;
  return [
    name,
    ...[gateway, handler.own, engineAlone.own, through.engine, through.load].map(ms),
    `${Math.round((through.own / (through.own + through.engine + through.load)) * 100)}%`,
  ];
};
console.log(
  markdownTable(
    ['', 'gateway', 'handler and client', 'of that bare HTTP', 'engine', 'autocannon', 'share of Node'],
    [
      parts('availability', found.through, found.handler, found.engineAlone),
      parts('booking', booked.through, booked.handler, alone),
    ],
  ),
);
console.log(`The handler is measured by itself in the same process, the gateway by subtraction; an answer of the gateway's server without a
function takes ${ms(found.plain.own)} ms (${rate(found.plain.perSecond)} per second).
`);
await engine.close();
process.exit(0);
