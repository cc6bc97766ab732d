import { randomUUID } from 'node:crypto';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { region } from '../services/names.ts';
import type { Undo } from '../state/undo.ts';
import { startEngine } from './engine.ts';
import { createRegularsTable, deleteRegularsTable } from './regulars-table.ts';

/** The table, in a running engine. */
export interface TablePlace {
  endpoint: string;
  tableName: string;
  streamArn: string;
  streams: DynamoDBStreamsClient;
  /** Whether it has just been created. */
  fresh: boolean;
}

export interface TableOptions {
  /** The engine's file; in memory without one. */
  file: string | undefined;
  /** By default `regulars` on a file, and a name of its own in memory. */
  tableName: string | undefined;
  /** Whether a table of that name, which an engine named by `DYNAMODB_ENDPOINT` has kept, makes way for an empty one. */
  anew: boolean;
}

/** Starts the engine, on the file or in memory, and sees to the table. */
export const openTable = async (wanted: TableOptions, undo: Undo): Promise<TablePlace> => {
  const { file, tableName = file ? 'regulars' : `regulars-${randomUUID().slice(0, 8)}`, anew } = wanted;
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
  if (anew) await deleteRegularsTable(dynamo, tableName);
  const fresh = await createRegularsTable(dynamo, tableName);
  // A named engine outlives this system and keeps its tables, which slows DynamoDB Local down with every one.
  if (!file && process.env['DYNAMODB_ENDPOINT']) {
    undo(() => deleteRegularsTable(dynamo, tableName));
  }
  const { Table: table } = await dynamo.send(new DescribeTableCommand({ TableName: tableName }));
  return { endpoint: engine.endpoint, tableName, streamArn: table?.LatestStreamArn ?? '', streams, fresh };
};
