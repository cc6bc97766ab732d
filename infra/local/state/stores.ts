import type { QueueName } from '../../../shared/background/kinds.ts';
import { createStreamDelivery, type FailedRecords, type StreamDelivery } from '../engine/stream.ts';
import { createStreamReader } from '../engine/stream-reader.ts';
import type { TablePlace } from '../engine/table-place.ts';
import type { FailedNotice } from '../running-system.ts';
import type { WindableClock } from '../runtime/clock.ts';
import type { Functions } from '../runtime/functions.ts';
import type { RepeatTriggers } from '../runtime/repeat.ts';
import { createMailbox, type Mailbox } from '../services/mailbox.ts';
import { createParameterBook, type ParameterBook } from '../services/parameters.ts';
import { createSessionBook, type SessionBook } from '../services/pool/sessions.ts';
import { createUserBook, type UserBook } from '../services/pool/users.ts';
import { createQueue, type Queue, type QueueState } from '../services/queue.ts';
import { createScheduleBook, type ScheduleBook } from '../services/schedules.ts';
import { createTopic, type Topic, type TopicOptions } from '../services/topic.ts';
import type { DataFiles } from './data-dir.ts';
import { noState } from './state-file.ts';
import { keepSystemState, type SystemState } from './system-state.ts';
import type { Undo } from './undo.ts';

/** Everything that holds something between two requests. */
export interface Stores {
  mailbox: Mailbox;
  schedules: ScheduleBook;
  queues: Record<QueueName, Queue>;
  /** Fate of mails. */
  topic: Topic;
  /** Texts from clients. */
  texts: Topic;
  stream: StreamDelivery;
  parameters: ParameterBook;
  /** People who may sign in. */
  users: UserBook;
  /** Sessions of those who have signed in. */
  sessions: SessionBook;
  failedRecords: readonly FailedRecords[];
  failedNotices: readonly FailedNotice[];
  /** To be called after a change of the clock. */
  changed: () => void;
}

export interface StoresOptions {
  clock: WindableClock;
  functions: Functions;
  table: TablePlace;
  repeat: RepeatTriggers;
  /** Absent where all is in memory. */
  files: DataFiles | undefined;
  saved: SystemState | undefined;
}

/** SQS demands six times the consumer's timeout. */
const visibilityTimeoutMs = (functions: Functions, queue: QueueName): number => {
  const consumer = functions.behindQueue(queue);
  return 6000 * (consumer ? functions.spec(consumer).timeoutSeconds : 30);
};

export const openStores = ({ clock, functions, table, repeat, files, saved }: StoresOptions, undo: Undo): Stores => {
  let keeper = noState;
  const changed = (): void => keeper.changed();
  const failedRecords = [...(saved?.failedRecords ?? [])];
  const failedNotices = [...(saved?.failedNotices ?? [])];

  const schedules = createScheduleBook(clock.now, changed, saved?.schedules);
  const queueOf = (name: QueueName, state: QueueState | undefined): Queue =>
    createQueue({ now: clock.now, changed, visibilityTimeoutMs: visibilityTimeoutMs(functions, name), state });
  const queues = { messages: queueOf('messages', saved?.outbox), background: queueOf('background', saved?.background) };
  const topicOf = (trigger: TopicOptions['trigger'], state: TopicOptions['state']): Topic =>
    createTopic({
      trigger,
      functions,
      repeat,
      changed,
      onFailed: (event, error) => {
        failedNotices.push({ event, error: String(error), at: clock.now() });
      },
      state,
    });
  const parameters = createParameterBook(clock.now, changed, saved?.parameters);
  const users = createUserBook(clock.now, changed, saved?.users);
  const sessions = createSessionBook(clock.now, changed, saved?.sessions);
  const topic = topicOf('feedback', saved?.notices);
  const texts = topicOf('incoming-texts', saved?.texts);
  const known = saved?.streamArn === table.streamArn ? saved.checkpoints : {};
  const reader = createStreamReader(table.streams, table.streamArn, known, changed);
  const stream = createStreamDelivery({
    reader,
    streamArn: table.streamArn,
    functions,
    repeat,
    clockOffset: clock.offset,
    onFailed: (failed) => {
      failedRecords.push({ ...failed, at: clock.now() });
      changed();
    },
  });

  if (files) {
    const snapshot = (): SystemState => ({
      clockOffset: clock.offset(),
      schedules: schedules.state(),
      outbox: queues.messages.state(),
      background: queues.background.state(),
      notices: topic.state(),
      texts: texts.state(),
      parameters: parameters.state(),
      users: users.state(),
      sessions: sessions.state(),
      failedNotices,
      failedRecords,
      streamArn: table.streamArn,
      checkpoints: reader.checkpoints(),
    });
    keeper = keepSystemState(files.state, snapshot, undo);
  }
  const mailbox = createMailbox(clock.now, files?.mailbox);
  const kept = { mailbox, schedules, queues, topic, texts, stream, parameters, users, sessions };
  return { ...kept, failedRecords, failedNotices, changed };
};
