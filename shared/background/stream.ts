import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { followedEntities } from '../entities.ts';
import { handleEach } from '../platform/batch.ts';
import { type TimeLimit, withDeadline } from '../platform/deadline.ts';
import type { Telemetry } from '../platform/telemetry.ts';

/**
 * A capability's reaction to committed changes of one kind of item: it schedules and enqueues, it never calls the
 * outside. Records repeat and come late, so whoever acts upon them reads again.
 */
export interface Follower<T = unknown> {
  entity: (typeof followedEntities)[number];
  /** Throws for an item that is not of the entity; `undefined`: it is of no interest. */
  parse(image: Record<string, unknown>): T | undefined;
  /** `before` is absent where the item is new, `after` where it was deleted or a tombstone stands in its place. */
  changed(before: T | undefined, after: T | undefined): Promise<void>;
}

type Item = Record<string, unknown>;

const itemOf = (image: unknown): Item | undefined =>
  image ? unmarshall(image as Record<string, AttributeValue>) : undefined;

/** The consumer of the table's stream: tells followers, in their order, what has become of the items of their entity. */
export const streamHandler = (telemetry: Telemetry, followers: () => readonly Follower[]) => {
  const handle = async ({ dynamodb }: DynamoDBRecord): Promise<void> => {
    const [old, current] = [itemOf(dynamodb?.OldImage), itemOf(dynamodb?.NewImage)];
    for (const { entity, parse, changed } of followers()) {
      const read = (item: Item | undefined) => (item?.['entity'] === entity ? parse(item) : undefined);
      const [before, after] = [read(old), read(current)];
      if (before !== undefined || after !== undefined) await changed(before, after);
    }
  };
  return (event: DynamoDBStreamEvent, limit?: TimeLimit): Promise<DynamoDBBatchResponse> =>
    withDeadline(limit, () =>
      handleEach(event.Records, (record) => record.dynamodb?.SequenceNumber ?? '', handle, telemetry),
    );
};
