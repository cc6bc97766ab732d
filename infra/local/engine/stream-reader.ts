import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
  type _Record as StreamRecord,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';

/** The last sequence number that every consumer is done with, by shard. */
export type Checkpoints = Record<string, string>;

interface StreamRead {
  records: StreamRecord[];
  /** To be called when all consumers are done with the records: the next read goes on behind them. */
  done(): void;
}

export interface StreamReader {
  read(limit: number): Promise<StreamRead>;
  checkpoints(): Checkpoints;
}

const shardsRefreshMs = 10_000;

/** Reads a table's stream from its beginning, or from behind the checkpoints; what was not `done` comes again. */
export const createStreamReader = (
  client: DynamoDBStreamsClient,
  streamArn: string,
  saved: Checkpoints,
  changed: () => void,
): StreamReader => {
  const checkpoints: Checkpoints = { ...saved };
  const iterators = new Map<string, string>();
  const finished = new Set<string>();
  let shards: Shard[] = [];
  let refreshedAt = Number.NEGATIVE_INFINITY;

  const refreshShards = async (): Promise<void> => {
    if (performance.now() - refreshedAt < shardsRefreshMs) return;
    const found: Shard[] = [];
    let after: string | undefined;
    do {
      const { StreamDescription: stream } = await client.send(
        new DescribeStreamCommand({ StreamArn: streamArn, ...(after ? { ExclusiveStartShardId: after } : {}) }),
      );
      found.push(...(stream?.Shards ?? []));
      after = stream?.LastEvaluatedShardId;
    } while (after);
    shards = found;
    refreshedAt = performance.now();
  };

  const iteratorBehind = async (shardId: string): Promise<string | undefined> => {
    const start = { StreamArn: streamArn, ShardId: shardId };
    const checkpoint = checkpoints[shardId];
    if (checkpoint) {
      try {
        const behind = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: checkpoint } as const;
        return (await client.send(new GetShardIteratorCommand({ ...start, ...behind }))).ShardIterator;
      } catch (error) {
        if (!(error instanceof TrimmedDataAccessException)) throw error;
      }
    }
    return (await client.send(new GetShardIteratorCommand({ ...start, ShardIteratorType: 'TRIM_HORIZON' })))
      .ShardIterator;
  };

  const readShard = async (shardId: string, limit: number): Promise<StreamRead> => {
    const iterator = iterators.get(shardId) ?? (await iteratorBehind(shardId));
    iterators.delete(shardId);
    if (!iterator) return { records: [], done: () => {} };
    const answer = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }));
    const records = answer.Records ?? [];
    const last = records.at(-1)?.dynamodb?.SequenceNumber;
    const next = answer.NextShardIterator;
    const done = (): void => {
      if (next) iterators.set(shardId, next);
      else finished.add(shardId);
      if (last) {
        checkpoints[shardId] = last;
        changed();
      }
    };
    if (records.length === 0) done();
    return { records, done };
  };

  return {
    read: async (limit) => {
      await refreshShards();
      for (const { ShardId: shardId } of shards) {
        if (!shardId || finished.has(shardId)) continue;
        const read = await readShard(shardId, limit);
        if (finished.has(shardId)) refreshedAt = Number.NEGATIVE_INFINITY;
        if (read.records.length > 0) return read;
      }
      return { records: [], done: () => {} };
    },
    checkpoints: () => checkpoints,
  };
};
