import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SNSEvent } from 'aws-lambda';
import type { OutboxMessage } from '../../shared/background/kinds.ts';
import type { Schedules } from '../../shared/background/schedules.ts';
import type { Role } from '../../shared/platform/http/contract.ts';
import type { FailedRecords } from './engine/stream.ts';
import type { Manifest, Runtime } from './runtime/functions.ts';
import type { Fired, Progress } from './runtime/pump.ts';
import type { RepeatTriggers } from './runtime/repeat.ts';
import type { Faults } from './services/api/server.ts';
import type { FeedbackKind } from './services/feedback.ts';
import type { Mailbox } from './services/mailbox.ts';
import type { LocalUser } from './services/pool/users.ts';
import type { QueuedMessage } from './services/queue.ts';
import type { Schedule } from './services/schedules.ts';

export interface SystemOptions {
  /** Folder in which everything is kept; without it all is in memory and gone at the end. */
  dataDir?: string;
  /** By default `regulars` where there is a data directory, and a name of its own in memory. */
  tableName?: string;
  /** Begins with an empty table also where the engine has kept one of that name. */
  anew?: boolean;
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
  /**
   * Factor by which functions may take longer, by their time limits and by their own watch; 1 by default. Hundreds of
   * them that run at once share one processor here, where in AWS each has one of its own.
   */
  patience?: number;
  /** Runs the invocations in place of the ordinary runtime, which keeps one instance of each function. */
  runtime?: Runtime;
  /** Lets calls through AWS clients fail. */
  faults?: Faults;
  /** Fills a table that this start has made, before anything runs or listens. */
  fill?: (place: FreshTable) => Promise<void>;
  /** Requests that the gateway's process answers itself, before any route. */
  beside?: (system: RunningSystem, request: IncomingMessage, response: ServerResponse, url: URL) => boolean;
}

/** A table in which there is nothing yet. */
export interface FreshTable {
  tableName: string;
  dynamoEndpoint: string;
  schedules: Pick<Schedules, 'put'>;
  /** Keeps from the functions what has been written so far. */
  hush(): Promise<void>;
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
  /** Those that sign clients' links, as the Parameter Store holds them. */
  linkKeys(): readonly string[];
  clock: { now(): number };
  /** Fires, in the order of time, all that falls due until the instant, then leaves the clock there. Don't call it from a handler. */
  windTo(instant: number, onProgress?: (progress: Progress) => void): Promise<void>;
  windBy(milliseconds: number, onProgress?: (progress: Progress) => void): Promise<void>;
  /** Waits until stream, queue and notices are quiet; what lies in the future stays there. */
  settle(): Promise<void>;
  mailbox: Mailbox;
  /** Earliest first. */
  schedules(): readonly Schedule[];
  /** Messages that wait in the queues. */
  outbox(): readonly QueuedMessage[];
  deadLetters(): readonly QueuedMessage[];
  /** Puts due work into the queue of its kind, as a schedule that comes again and again does. */
  enqueue(message: OutboxMessage): void;
  /** Puts the dead letters back into their queues, as the console's redrive does; answers how many. */
  redrive(): number;
  failedRecords(): readonly FailedRecords[];
  failedNotices(): readonly FailedNotice[];
  /** Things that came due lately, oldest first. */
  fired(): readonly Fired[];
  /** Lines that functions logged lately, one line of JSON each, oldest first. */
  logs(): readonly string[];
  /** A bearer token for a member of staff, as Cognito would issue it. */
  token(role: Role, email?: string, lifetimeSeconds?: number): string;
  /** The pool's, with their passwords. */
  users(): readonly LocalUser[];
  /** Makes a user of the pool, who has not signed in yet; answers the `sub`. */
  invite(email: string): string;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Publishes what SES would about a mail in the mailbox; false when there is no such mail. */
  publishFeedback(kind: FeedbackKind, messageId: string): boolean;
  /** A client texts to the business's number. `from` in E.164. */
  receiveText(from: string, body: string): void;
  /** Loads every function now rather than when it is first needed. */
  warm(): Promise<void>;
}

/** A running system, for whoever may end it. */
export interface System extends RunningSystem {
  close(): Promise<void>;
}
