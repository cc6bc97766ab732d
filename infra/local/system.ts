import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { SNSEvent } from 'aws-lambda';
import type { Role } from '../../shared/platform/contract.ts';
import { functions as allFunctions } from '../manifest.ts';
import { installClock } from './clock.ts';
import { openDataDir } from './data-dir.ts';
import { schedulerService } from './emulator/scheduler.ts';
import { type Faults, startEmulator } from './emulator/server.ts';
import { sesService } from './emulator/ses.ts';
import { snsService } from './emulator/sns.ts';
import { sqsService } from './emulator/sqs.ts';
import { startEngine } from './engine.ts';
import { setEnvironment } from './environment.ts';
import { createFeedbackTopic, type FeedbackKind, feedbackEvent, naturalFeedback } from './feedback.ts';
import { captureLog } from './function-log.ts';
import { loadFunctions, type Manifest } from './functions.ts';
import { startGateway } from './gateway.ts';
import { createIdentity, tokenSecret } from './identity.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import { region } from './names.ts';
import { createOutbox, type OutboxState, type QueuedMessage } from './outbox.ts';
import { deliverOutbox } from './outbox-delivery.ts';
import { type Fired, type Progress, startPump } from './pump.ts';
import { createRegularsTable } from './regulars-table.ts';
import { once, type RepeatTriggers } from './repeat.ts';
import { createScheduleBook, type Schedule } from './schedules.ts';
import { keepState, loadState, noState, type StateFile } from './state-file.ts';
import { createStreamDelivery, type FailedRecords } from './stream.ts';
import { type Checkpoints, createStreamReader } from './stream-reader.ts';

export interface SystemOptions {
  /** Where everything is kept; without it all is in memory and gone at the end. */
  dataDir?: string;
  /** Port of the gateway; 0, as by default, takes any free one. */
  port?: number;
  /** Whether the next ports are tried when that one is taken. */
  orNextPort?: boolean;
  /** The functions to run; by default those of infra/manifest.ts. */
  functions?: Manifest;
  /** The instant, in milliseconds, at which a fresh system's clock starts; by default now. */
  startAt?: number;
  /** Delivers every stream record and queue message several times or out of order. */
  repeatTriggers?: RepeatTriggers;
  /** Lets calls through AWS clients fail. */
  faults?: Faults;
  /** Requests that the gateway's process answers itself, before any route. */
  beside?: (system: RunningSystem, request: IncomingMessage, response: ServerResponse, url: URL) => boolean;
}

/** A notice that the feedback function would not take. */
export interface FailedNotice {
  event: SNSEvent;
  error: string;
  /** In milliseconds. */
  at: number;
}

/** The whole of Regulars, running on this computer. Instants are milliseconds since 1970-01-01T00:00Z. */
export interface RunningSystem {
  /** `http://127.0.0.1:port`. */
  url: string;
  tableName: string;
  dynamoEndpoint: string;
  /** Whether this system made its table, rather than finding it. */
  fresh: boolean;
  clock: { now(): number };
  /** Fires, in the order of time, all that falls due until the instant, then leaves the clock there. Don't call it from a handler. */
  windTo(instant: number, onProgress?: (progress: Progress) => void): Promise<void>;
  windBy(milliseconds: number, onProgress?: (progress: Progress) => void): Promise<void>;
  /** Waits until stream, queue and notices are quiet; what lies in the future stays there. */
  settle(): Promise<void>;
  mailbox: Mailbox;
  /** Earliest first. */
  schedules(): Schedule[];
  outbox(): readonly QueuedMessage[];
  deadLetters(): readonly QueuedMessage[];
  failedRecords(): readonly FailedRecords[];
  failedNotices(): readonly FailedNotice[];
  /** What came due lately, oldest first. */
  fired(): readonly Fired[];
  /** What functions logged lately, one line of JSON each, oldest first. */
  logs(): readonly string[];
  /** A bearer token for a member of staff, as Cognito would issue it. */
  token(role: Role, email?: string, lifetimeSeconds?: number): string;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Publishes what SES would about a mail in the mailbox; false when there is no such mail. */
  publishFeedback(kind: FeedbackKind, messageId: string): boolean;
  /** Loads every function now rather than when it is first needed. */
  warm(): Promise<void>;
}

/** A running system, for whoever may end it. */
export interface System extends RunningSystem {
  close(): Promise<void>;
}

interface State {
  clockOffset: number;
  schedules: Schedule[];
  outbox: OutboxState;
  notices: SNSEvent[];
  failedNotices: FailedNotice[];
  failedRecords: FailedRecords[];
  streamArn: string;
  checkpoints: Checkpoints;
}

/** SQS demands six times the consumer's timeout. */
const visibilityTimeoutMs = (functions: Manifest): number => {
  const consumer = Object.values(functions).find((spec) => spec.trigger.kind === 'outbox');
  return 6000 * (consumer?.timeoutSeconds ?? 30);
};

const clientOptions = (endpoint: string) => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

let running = false;

/** Starts what `run` starts; whatever it registered to be undone is undone in reverse when it fails. */
const undoable = async <T>(run: (undo: (step: () => Promise<void> | void) => void) => Promise<T>) => {
  const steps: (() => Promise<void> | void)[] = [];
  const undoAll = async (): Promise<void> => {
    for (let step = steps.pop(); step; step = steps.pop()) await step();
  };
  try {
    return { value: await run((step) => steps.push(step)), undoAll };
  } catch (error) {
    await undoAll();
    throw error;
  }
};

/**
 * Runs the manifest's functions on this computer. One system at a time per process, because functions share
 * the process's environment and clock.
 */
export const startSystem = async (options: SystemOptions = {}): Promise<System> => {
  if (running) throw new Error('A local system is already running in this process; close it first');
  running = true;
  try {
    const { value, undoAll } = await undoable((undo) => assemble(options, undo));
    let closed: Promise<void> | undefined;
    return {
      ...value,
      close: () => {
        closed ??= undoAll().finally(() => {
          running = false;
        });
        return closed;
      },
    };
  } catch (error) {
    running = false;
    throw error;
  }
};

const assemble = async (
  options: SystemOptions,
  undo: (step: () => Promise<void> | void) => void,
): Promise<RunningSystem> => {
  const manifestFunctions = options.functions ?? allFunctions;
  const repeat = options.repeatTriggers ?? once;
  const files = options.dataDir === undefined ? undefined : openDataDir(options.dataDir);
  if (files) undo(files.release);
  const saved = files && loadState<State>(files.state);

  const clock = installClock(saved?.clockOffset ?? (options.startAt === undefined ? 0 : options.startAt - Date.now()));
  undo(clock.restore);
  const log = captureLog(files?.log);
  undo(log.release);

  const engine = await startEngine(files?.table);
  undo(engine.close);
  const tableName = files ? 'regulars' : `regulars-${randomUUID().slice(0, 8)}`;
  const dynamo = new DynamoDBClient(clientOptions(engine.endpoint));
  const streams = new DynamoDBStreamsClient(clientOptions(engine.endpoint));
  undo(() => {
    dynamo.destroy();
    streams.destroy();
  });
  const fresh = await createRegularsTable(dynamo, tableName);
  const { Table: table } = await dynamo.send(new DescribeTableCommand({ TableName: tableName }));
  const streamArn = table?.LatestStreamArn ?? '';

  let keeper: StateFile = noState;
  const changed = (): void => keeper.changed();
  const failedRecords = [...(saved?.failedRecords ?? [])];
  const failedNotices = [...(saved?.failedNotices ?? [])];

  const functions = loadFunctions(manifestFunctions);
  const mailbox = createMailbox(clock.now, files?.mailbox);
  const schedules = createScheduleBook(clock.now, changed, saved?.schedules);
  const outbox = createOutbox({
    now: clock.now,
    changed,
    visibilityTimeoutMs: visibilityTimeoutMs(manifestFunctions),
    state: saved?.outbox,
  });
  const topic = createFeedbackTopic(
    functions,
    changed,
    (event, error) => {
      failedNotices.push({ event, error: String(error), at: clock.now() });
    },
    saved?.notices,
  );
  const reader = createStreamReader(
    streams,
    streamArn,
    saved?.streamArn === streamArn ? saved.checkpoints : {},
    changed,
  );
  const stream = createStreamDelivery({
    reader,
    streamArn,
    functions,
    repeat,
    clockOffset: clock.offset,
    onFailed: (failed) => {
      failedRecords.push({ ...failed, at: clock.now() });
      changed();
    },
  });

  if (files) {
    const snapshot = (): State => ({
      clockOffset: clock.offset(),
      schedules: schedules.state(),
      outbox: outbox.state(),
      notices: topic.state(),
      failedNotices,
      failedRecords,
      streamArn,
      checkpoints: reader.checkpoints(),
    });
    keeper = keepState(files.state, snapshot);
    const { flush } = keeper;
    process.on('exit', flush);
    undo(() => {
      process.off('exit', flush);
      flush();
    });
    keeper.changed();
  }

  const emulator = await startEmulator(
    {
      sqs: sqsService(outbox),
      ses: sesService(mailbox, (mail) => {
        for (const kind of naturalFeedback(mail)) topic.publish(feedbackEvent(kind, mail, clock.now()));
      }),
      sns: snsService(mailbox),
      scheduler: schedulerService(schedules),
    },
    options.faults,
  );
  undo(emulator.close);

  const identity = createIdentity(tokenSecret(files?.secret), clock.now);
  let system: RunningSystem | undefined;
  let wake = (): void => {};
  const gateway = await startGateway({
    functions,
    identity,
    port: options.port ?? 0,
    orNext: options.orNextPort ?? false,
    beside: (request, response, url) =>
      system !== undefined && (options.beside?.(system, request, response, url) ?? false),
    onAnswered: () => wake(),
  });
  undo(gateway.close);
  undo(setEnvironment({ tableName, publicUrl: gateway.url, dynamoEndpoint: engine.endpoint, emulator }));

  const pump = startPump({
    clock,
    schedules,
    outbox,
    deliveries: [stream.pump, () => deliverOutbox(outbox, functions, repeat), topic.pump],
    changed,
  });
  wake = pump.wake;
  undo(pump.stop);

  system = {
    url: gateway.url,
    tableName,
    dynamoEndpoint: engine.endpoint,
    fresh,
    clock: { now: clock.now },
    windTo: pump.windTo,
    windBy: (milliseconds, onProgress) => pump.windTo(clock.now() + milliseconds, onProgress),
    settle: pump.settle,
    mailbox,
    schedules: schedules.upcoming,
    outbox: outbox.waiting,
    deadLetters: outbox.dead,
    failedRecords: () => failedRecords,
    failedNotices: () => failedNotices,
    fired: pump.fired,
    logs: log.lines,
    token: identity.token,
    invoke: functions.invoke,
    publishFeedback: (kind, messageId) => {
      const mail = mailbox.list({ channel: 'email' }).find((message) => message.id === messageId);
      if (!mail) return false;
      topic.publish(feedbackEvent(kind, mail, clock.now()));
      pump.wake();
      return true;
    },
    warm: functions.loadAll,
  };
  return system;
};
