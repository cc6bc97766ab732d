import type { ItemSchema } from 'dynamodb-toolbox/schema/item';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import type { Instant } from '../../platform/time/time.ts';
import type { OutboxMessage } from '../kinds.ts';

/** Fields of every job; a capability's own have more. */
export interface Job {
  id: string;
  kind: string;
  /** Its cause, as the API's paths have it. */
  why: string;
  at: Instant;
  by: string;
  roles: string[];
  /** Rises when the pieces that are not done shall start again. */
  round: number;
  /** Since when the pieces that are left do nothing. */
  stoppedAt?: Instant | undefined;
}

/** A part of a job that is done well within the time that a function has. It may come twice. */
export type Piece = Extract<OutboxMessage, { jobId: string }>;

interface DonePiece {
  /** The name under which it is marked as done. */
  piece: string;
  at: Instant;
  /** Ids of what was left as it is. */
  conflicts?: string[] | undefined;
}

/** The jobs of a capability: what they have beside what every job has, how they are cut and started. */
export interface JobKinds<J extends Job = Job> {
  /** Attributes of their own, all optional: each kind has some. Stored jobs bear them, so their names stay. */
  details: ItemSchema;
  piecesOf(job: J): Piece[];
  pieceName(piece: Piece): string;
  /** Seconds from the commit until the work begins. */
  delaySeconds: Record<J['kind'], number>;
}

export interface JobStore<J extends Job = Job> {
  create(job: J): TransactionWrite;
  get(id: string): Promise<J | undefined>;
  done(id: string): Promise<DonePiece[]>;
  isDone(id: string, piece: string): Promise<boolean>;
  /** Done twice is done. */
  setDone(id: string, piece: DonePiece): Promise<void>;
  /** Lets it go on, also where it was stopped. */
  nextRound(id: string): TransactionWrite;
  stop(id: string, at: Instant): TransactionWrite;
  /** An item of the stream, unmarshalled; `undefined`: a job of another capability. */
  parse(image: Record<string, unknown>): J | undefined;
}
