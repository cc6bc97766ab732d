import { Agent, createServer, type IncomingMessage, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A command as it went to the engine: names and values of DynamoDB's JSON. */
export interface Command {
  /** `Query`, `TransactWriteItems`. */
  operation: string;
  input: Record<string, unknown>;
  began: number;
  ended: number;
}

export interface Units {
  requests: number;
  read: number;
  write: number;
}

const reading = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'TransactGetItems']);
const counted = new Set([...reading, 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

const textOf = async (message: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

/** Stands before the engine, whoever the client is: keeps the commands that pass and the units that they consume. */
export const startRecorder = async (endpoint: string) => {
  const engine = new URL(endpoint);
  const agent = new Agent({ keepAlive: true });
  let commands: Command[] = [];
  let units: Units = { requests: 0, read: 0, write: 0 };

  const forward = (headers: IncomingMessage['headers'], body: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const { 'content-length': _, host: __, ...rest } = headers;
      send({ agent, host: engine.hostname, port: engine.port, method: 'POST', path: '/', headers: rest }, resolve)
        .once('error', reject)
        .end(body);
    });

  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
    const input = JSON.parse((await textOf(request)) || '{}') as Record<string, unknown>;
    const metered = counted.has(operation);
    const began = performance.now();
    const answer = await forward(
      request.headers,
      JSON.stringify(metered ? { ...input, ReturnConsumedCapacity: 'TOTAL' } : input),
    );
    const body = await textOf(answer);
    if (metered) {
      commands.push({ operation, input, began, ended: performance.now() });
      const { ConsumedCapacity: consumed = [] } = JSON.parse(body) as { ConsumedCapacity?: unknown };
      const sum = [consumed as { CapacityUnits?: number }[]]
        .flat()
        .reduce((total, { CapacityUnits = 0 }) => total + CapacityUnits, 0);
      units.requests += 1;
      units[reading.has(operation) ? 'read' : 'write'] += sum;
    }
    const { 'transfer-encoding': _, 'x-amz-crc32': __, ...headers } = answer.headers;
    response.writeHead(answer.statusCode ?? 500, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What passed since it was last asked. */
    take: (): { commands: Command[]; units: Units } => {
      const taken = { commands, units };
      commands = [];
      units = { requests: 0, read: 0, write: 0 };
      return taken;
    },
    close: () => {
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
};
