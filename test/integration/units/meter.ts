import type { ConsumedCapacity, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** What a piece of work cost: requests, and the units that DynamoDB counts. */
export interface Units {
  requests: number;
  read: number;
  write: number;
}

interface Answer {
  ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
}

const reads = new Set([
  'GetItemCommand',
  'BatchGetItemCommand',
  'QueryCommand',
  'ScanCommand',
  'TransactGetItemsCommand',
]);

/** Counts what goes through the client, retries and all. */
export const meterOf = (client: DynamoDBClient) => {
  let units: Units = { requests: 0, read: 0, write: 0 };
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
        const result = await next(args);
        const { ConsumedCapacity: consumed = [] } = result.output as Answer;
        const sum = [consumed].flat().reduce((total, { CapacityUnits = 0 }) => total + CapacityUnits, 0);
        units.requests += 1;
        units[reads.has(commandName) ? 'read' : 'write'] += sum;
        return result;
      },
    { step: 'initialize', name: 'meter' },
  );
  return {
    /** Units of the work alone. */
    async measure<T>(work: () => Promise<T>): Promise<{ units: Units; value: T }> {
      units = { requests: 0, read: 0, write: 0 };
      const value = await work();
      return { units: { ...units }, value };
    },
  };
};
