import * as z from 'zod';
import { id, slug } from '../platform/fields.ts';

/** What lies in the outbox queue: which message is due, never its words or addresses; those are read when it is sent. */
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

export interface Outbox {
  /** At least once. */
  send(message: OutboxMessage): Promise<void>;
}
