import { setTimeout as pause } from 'node:timers/promises';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { startEngine } from '../../infra/local/engine/engine.ts';
import { bareClient, makeTable, openHandlers, setClock, withoutLogLines } from './handlers.ts';
import { addressOf, availabilityQueries, newQuestions, salonOf, slotsOf, workdays } from './salon.ts';
import { markdownTable } from './support/markdown.ts';
import { type Command, startRecorder } from './support/recorder.ts';
import { median, percentile, sized, timed } from './support/samples.ts';

/**
 * `node test/bench/overhead.ts`: a request through the bundled handler against the bare DynamoDB commands that it
 * needs, one after the other in turn, so that whatever else the machine does meets both.
 *
 * The commands are those that the handler itself sends: a recorder before the engine keeps them while a first salon is
 * filled; a second salon, booked in the same order, takes them from a bare document client (those that the handler
 * sends at once, at once), while a third is booked through the handler.
 */
const people = 5;
const warmUp = sized(200, 5);
const counted = sized(800, 20);

const commands = {
  GetItem: GetCommand,
  PutItem: PutCommand,
  UpdateItem: UpdateCommand,
  Query: QueryCommand,
  BatchGetItem: BatchGetCommand,
  TransactGetItems: TransactGetCommand,
  TransactWriteItems: TransactWriteCommand,
} as unknown as Record<string, new (input: never) => never>;

type Values = Parameters<typeof unmarshall>[0];
const isValues = (name: string): boolean => ['Key', 'Item', 'ExpressionAttributeValues'].includes(name);

/** The input of a recorded command as a document client takes it, for another table. */
const forTable = (input: unknown, from: string, to: string, name = ''): unknown => {
  if (isValues(name)) return unmarshall(input as Values);
  if (name === 'Keys') return (input as Values[]).map((key) => unmarshall(key));
  if (input === from) return to;
  if (Array.isArray(input)) return input.map((value) => forTable(value, from, to));
  if (typeof input !== 'object' || input === null) return input;
  return Object.fromEntries(
    Object.entries(input)
      .filter(([key]) => key !== 'ClientRequestToken' && key !== 'ReturnConsumedCapacity')
      .map(([key, value]) => [key === from ? to : key, forTable(value, from, to, key)]),
  );
};

/** Commands that were under way together, together. */
const steps = (recorded: readonly Command[]): Command[][] => {
  const grouped: Command[][] = [];
  for (const command of recorded.toSorted((a, b) => a.began - b.began)) {
    const group = grouped.at(-1);
    if (group && command.began < Math.max(...group.map(({ ended }) => ended))) group.push(command);
    else grouped.push([command]);
  }
  return grouped;
};

withoutLogLines();
setClock();
const engine = await startEngine();
const recorder = await startRecorder(engine.endpoint);
const [recorded, bare, handled] = ['bench-recorded', 'bench-bare', 'bench-handled'] as const;
const salon = await salonOf(people);
for (const name of [recorded, bare, handled]) await makeTable(engine.endpoint, name, salon);
const first = await openHandlers(recorder.endpoint, recorded);
const third = await openHandlers(engine.endpoint, handled);
const document = DynamoDBDocumentClient.from(bareClient(engine.endpoint), {
  marshallOptions: { removeUndefinedValues: true },
});

/** Counters try a condition that may fail, in the handler as here. */
const unlessConditional = (error: Error): undefined => {
  if (error.name !== 'ConditionalCheckFailedException') throw error;
};

/** Ready to send: making the inputs is no part of what is measured. */
const replayOf = (passed: readonly Command[]) => {
  const prepared = steps(passed).map((group) =>
    group.map(({ operation, input }) => {
      const Kind = commands[operation];
      if (!Kind) throw new Error(`No command stands for ${operation}`);
      return () => document.send(new Kind(forTable(input, recorded, bare) as never)).catch(unlessConditional);
    }),
  );
  return async () => {
    for (const group of prepared) await Promise.all(group.map((send) => send()));
  };
};

interface Pair {
  bare: number[];
  handled: number[];
  commands: number;
}

const inTurn = async (works: readonly { bare: () => Promise<unknown>; handled: () => Promise<unknown> }[]) => {
  const pair: Pick<Pair, 'bare' | 'handled'> = { bare: [], handled: [] };
  for (const [index, work] of works.entries()) {
    for (const side of index % 2 === 0 ? (['bare', 'handled'] as const) : (['handled', 'bare'] as const)) {
      const took = await timed(work[side]);
      if (index >= warmUp) pair[side].push(took);
    }
    if (index % 100 === 99) await pause(5);
  }
  return pair;
};

const bookings = async (): Promise<Pair> => {
  const slots = slotsOf(people, workdays(40), 1).slice(0, warmUp + counted);
  recorder.take();
  const works: Parameters<typeof inTurn>[0][number][] = [];
  let sent = 0;
  for (const [index, slot] of slots.entries()) {
    await first.book(slot, index, addressOf(index));
    const { commands: passed } = recorder.take();
    sent += passed.length;
    works.push({ bare: replayOf(passed), handled: () => third.book(slot, index, addressOf(index)) });
  }
  return { ...(await inTurn(works)), commands: sent / slots.length };
};

const availabilities = async (queries: readonly Record<string, string>[], most: number): Promise<Pair> => {
  recorder.take();
  const works: Parameters<typeof inTurn>[0][number][] = [];
  let sent = 0;
  for (const query of queries) {
    await first.find(query);
    const { commands: passed } = recorder.take();
    sent += passed.length;
    works.push({ bare: replayOf(passed), handled: () => third.find(query) });
  }
  const all = Array.from({ length: most }, (_, index) => works[index % works.length]).filter(
    (work) => work !== undefined,
  );
  return { ...(await inTurn(all)), commands: sent / queries.length };
};

const row = (name: string, { bare: without, handled: within, commands: sent }: Pair): string[] => {
  const pair = (share: number) => [percentile(without, share), percentile(within, share)] as const;
  const [a, b] = [median(without), median(within)];
  const [c, d] = pair(0.99);
  return [name, sent.toFixed(1), ...[a, b, b / a, c, d, d / c].map((value) => value.toFixed(2))];
};

const booked = await bookings();
const weeks = availabilityQueries(people, sized(60, 10), 2);
const asked = await availabilities(weeks, warmUp + counted);
const questions = newQuestions(3).slice(0, sized(Number.POSITIVE_INFINITY, warmUp + counted));
const neverAsked = await availabilities(questions, questions.length);
console.log(`## A request through the handler against the bare commands that it needs

${counted} of each, in turn with ${counted} times the same DynamoDB commands from a bare \`DynamoDBDocumentClient\`, one at a
time, on the local engine. Bookings: each another time, person, client and address. Availability: ${people} people over
seven days, weeks, services and people varied, in a salon with ${warmUp + counted} bookings over seven weeks; ${weeks.length} questions asked
again and again by visitors of the same weeks, and ${questions.length} that nobody has asked before. At most 1.3 times.
`);
console.log(
  markdownTable(
    ['', 'commands', 'bare, median ms', 'handler, median ms', 'times', 'bare, p99 ms', 'handler, p99 ms', 'times'],
    [row('availability', asked), row('availability, new questions', neverAsked), row('booking', booked)],
  ),
);
document.destroy();
recorder.close();
await engine.close();
process.exit(0);
