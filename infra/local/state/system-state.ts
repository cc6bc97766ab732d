import type { SNSEvent } from 'aws-lambda';
import type { FailedRecords } from '../engine/stream.ts';
import type { Checkpoints } from '../engine/stream-reader.ts';
import type { FailedNotice } from '../running-system.ts';
import type { StoredParameter } from '../services/parameters.ts';
import type { LocalSession } from '../services/pool/sessions.ts';
import type { LocalUser } from '../services/pool/users.ts';
import type { QueueState } from '../services/queue.ts';
import type { Schedule } from '../services/schedules.ts';
import { keepState, loadState, type StateFile } from './state-file.ts';
import type { Undo } from './undo.ts';

/** State that survives a restart, besides table and mailbox: one snapshot, so that nothing gets lost in between. */
export interface SystemState {
  /** Milliseconds. */
  clockOffset: number;
  schedules: Schedule[];
  /** Messages. */
  outbox: QueueState;
  /** Absent in a state from before the background had a queue of its own. */
  background?: QueueState;
  notices: SNSEvent[];
  /** Incoming ones; absent in a state from before there were any. */
  texts?: SNSEvent[];
  /** The Parameter Store's; absent in a state from before there was one. */
  parameters?: StoredParameter[];
  /** State of the user pool; absent from before there was one. */
  users?: LocalUser[];
  /** Absent from before anybody signed in on this computer. */
  sessions?: LocalSession[];
  failedNotices: FailedNotice[];
  failedRecords: FailedRecords[];
  streamArn: string;
  checkpoints: Checkpoints;
}

export const loadSystemState = (file: string | undefined): SystemState | undefined =>
  file === undefined ? undefined : loadState<SystemState>(file);

/** Keeps the snapshot on disk, also when the process exits without closing the system. */
export const keepSystemState = (file: string, snapshot: () => SystemState, undo: Undo): StateFile => {
  const keeper = keepState(file, snapshot);
  process.on('exit', keeper.flush);
  undo(() => {
    process.off('exit', keeper.flush);
    keeper.flush();
  });
  keeper.changed();
  return keeper;
};
