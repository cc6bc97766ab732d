import { randomUUID } from 'node:crypto';
import { DeleteTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { region } from '../services/names.ts';
import type { Undo } from '../state/undo.ts';
import { startEngine } from './engine.ts';
import { createRegularsTable } from './regulars-table.ts';

/** The table, in a running engine. */
export interface TablePlace {
  endpoint: string;
  tableName: string;
  streamArn: string;
  streams: DynamoDBStreamsClient;
  /** Whether it has just been created. */
  fresh: boolean;
}

/** Starts the engine, on the file or in memory, and sees to the table; in memory it has a name of its own. */
export const openTable = async (file: string | undefined, undo: Undo): Promise<TablePlace> => {
  const engine = await startEngine(file);
  undo(engine.close);
  const options = {
    endpoint: engine.endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const dynamo = new DynamoDBClient(options);
  const streams = new DynamoDBStreamsClient(options);
  undo(() => {
    dynamo.destroy();
    streams.destroy();
  });
  const tableName = file ? 'regulars' : `regulars-${randomUUID().slice(0, 8)}`;
  const fresh = await createRegularsTable(dynamo, tableName);
  // A named engine outlives this system and keeps its tables, which slows DynamoDB Local down with every one.
  if (!file && process.env['DYNAMODB_ENDPOINT']) {
    undo(async () => {
      await dynamo.send(new DeleteTableCommand({ TableName: tableName }));
    });
  }
  const { Table: table } = await dynamo.send(new DescribeTableCommand({ TableName: tableName }));
  return { endpoint: engine.endpoint, tableName, streamArn: table?.LatestStreamArn ?? '', streams, fresh };
};
