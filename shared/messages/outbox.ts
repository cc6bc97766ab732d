import * as z from 'zod';
import { id, slug } from '../platform/fields.ts';

/**
 * What lies in the outbox queue: what is due, never its words or addresses; those are read when it is done. A new kind
 * of work that a schedule or the stream's planner starts is a row here and a consumer in `functions/messages/deliver.ts`.
 */
export const outboxMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('touchpoint'),
    appointmentId: id,
    touchpointId: slug,
    /** Of the appointment when this was planned; a moved or cancelled one has a higher one. */
    sequence: z.int().min(0),
  }),
  z.object({
    kind: z.literal('low-score'),
    appointmentId: id,
    /** Revision of the review. */
    revision: z.int().min(1),
  }),
]);
export type OutboxMessage = z.output<typeof outboxMessage>;
export type OutboxKind = OutboxMessage['kind'];

/** What does each kind of due work; answers in a word what became of it, for the log and the metrics. */
export type Consumers = {
  [K in OutboxKind]: (message: Extract<OutboxMessage, { kind: K }>) => Promise<string>;
};

export interface Outbox {
  /** At least once. */
  send(message: OutboxMessage): Promise<void>;
}
