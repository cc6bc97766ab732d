import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { functions } from '../../../infra/manifest.ts';
import { jobFollowersFor } from '../../../shared/background/jobs/wiring.ts';
import { type Follower, streamHandler } from '../../../shared/background/stream.ts';
import {
  appointmentEntityName,
  blockEntityName,
  followedEntities,
  goneEntityName,
  jobEntityName,
} from '../../../shared/entities.ts';
import { journeyFollowersFor } from '../../../shared/journey/wiring.ts';
import { createTable } from '../../../shared/platform/table/table.ts';
import { createTelemetry } from '../../../shared/platform/telemetry.ts';
import { reviewFollowersFor } from '../../../shared/reviews/wiring.ts';
import { settingsJobs } from '../../../shared/settings/jobs/kinds.ts';
import { waitingFollowersFor } from '../../../shared/waiting-list/offers/wiring.ts';

type Item = Record<string, unknown>;

const eventOf = (...changes: { old?: Item; current?: Item }[]) =>
  ({
    Records: changes.map(({ old, current }, index) => ({
      dynamodb: {
        SequenceNumber: String(index + 1),
        ...(old ? { OldImage: marshall(old) } : {}),
        ...(current ? { NewImage: marshall(current) } : {}),
      },
    })),
  }) as DynamoDBStreamEvent;

const follower = (
  name: string,
  entity: Follower['entity'],
  seen: unknown[],
  parse: Follower<unknown>['parse'] = ({ id }) => id,
): Follower => ({
  entity,
  parse,
  changed: async (before, after) => void seen.push([name, before, after]),
});

const handlerOf = (...followers: Follower[]) => streamHandler(createTelemetry('stream'), () => followers);

const thing = (entity: string, id: string): Item => ({ entity, id });

describe('a record of the stream', () => {
  it('goes to all who follow its entity, in their order, and to nobody else', async () => {
    const seen: unknown[] = [];
    const handler = handlerOf(
      follower('first', appointmentEntityName, seen),
      follower('jobs', jobEntityName, seen),
      follower('second', appointmentEntityName, seen),
    );
    const [old, current] = [thing('Appointment', 'as it was'), thing('Appointment', 'as it is')];
    expect(await handler(eventOf({ old, current }))).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual([
      ['first', 'as it was', 'as it is'],
      ['second', 'as it was', 'as it is'],
    ]);
  });

  it('that nobody follows is ignored', async () => {
    const seen: unknown[] = [];
    const handler = handlerOf(follower('jobs', jobEntityName, seen));
    const event = eventOf({ current: thing('Lead', '1') }, { old: thing('Lead', '1') }, { current: { id: '1' } }, {});
    expect(await handler(event)).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual([]);
  });

  it('tells of what was deleted, and of what gave way to a tombstone', async () => {
    const seen: unknown[] = [];
    const handler = handlerOf(follower('blocks', blockEntityName, seen));
    const block = thing(blockEntityName, 'block');
    await handler(eventOf({ old: block }, { old: block, current: thing(goneEntityName, 'block') }));
    expect(seen).toEqual([
      ['blocks', 'block', undefined],
      ['blocks', 'block', undefined],
    ]);
  });

  it('is left out where it is of no interest', async () => {
    const seen: unknown[] = [];
    await handlerOf(follower('blocks', blockEntityName, seen, () => undefined))(
      eventOf({ current: thing(blockEntityName, 'block') }),
    );
    expect(seen).toEqual([]);
  });

  it('comes again when a follower fails', async () => {
    const failing: Follower = {
      entity: jobEntityName,
      parse: ({ id }) => id,
      changed: async (_, after) => {
        if (after === 'bad') throw new Error('not now');
      },
    };
    const event = eventOf({ current: thing('Job', 'good') }, { current: thing('Job', 'bad') });
    expect(await handlerOf(failing)(event)).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
  });
});

it('the function of the stream gets what its followers follow, and tombstones', () => {
  const never = () => {
    throw new Error('nothing is done here');
  };
  const table = createTable('table');
  const appointments = { get: never, parse: never, ofClient: never, ofSeries: never };
  const outbox = { send: never, sendAll: never };
  const deps = { table, appointments, outbox, schedules: { put: never, remove: never }, now: never };
  const catalogue = { current: never, recent: never };
  const followers = [
    ...waitingFollowersFor(deps),
    ...journeyFollowersFor({ ...deps, catalogue }),
    ...reviewFollowersFor(deps),
    ...jobFollowersFor(deps, [settingsJobs]),
  ];
  const followed = new Set<string>([...followers.map(({ entity }) => entity), goneEntityName]);
  const entities = Object.values(functions).flatMap(({ trigger }) =>
    trigger.kind === 'stream' ? trigger.entities : [],
  );
  expect(entities.sort()).toEqual([...followed].sort());
  expect([...followedEntities].sort()).toEqual([...followed].sort());
});
