import * as z from 'zod';
import { id, localDate, slug } from '../platform/fields.ts';

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
    /** Staff want it sent again; 1 the first time. */
    resend: z.int().min(1).optional(),
    /** Who among staff wants that. */
    by: z.string().max(100).optional(),
  }),
  z.object({
    /** The client had to confirm it until now. */
    kind: z.literal('unconfirmed'),
    appointmentId: id,
    /** Of the appointment when this was planned. */
    sequence: z.int().min(0),
  }),
  z.object({
    kind: z.literal('low-score'),
    appointmentId: id,
    /** Revision of the review. */
    revision: z.int().min(1),
  }),
  z.object({
    kind: z.literal('text-reply'),
    /** Of the text that a client has sent. */
    textId: id,
  }),
  z.object({
    /** Time of a diary that was taken is free: it may suit somebody who waits. */
    kind: z.literal('freed'),
    locationId: slug,
    from: z.int(),
    until: z.int(),
    /** It waited for the morning, and is remembered until it was offered. */
    remembered: z.literal(true).optional(),
  }),
  /** A time is kept for somebody who waits: they have to hear of it, and it ends. */
  z.object({ kind: z.literal('waiting-offer'), entryId: id, offerId: id }),
  z.object({ kind: z.literal('offer-ended'), entryId: id, offerId: id }),
  /** Pieces of the work on what is booked already that a change of settings, or the adoption of a table, starts. */
  z.object({ kind: z.literal('replan'), jobId: id, locationId: slug, date: localDate }),
  z.object({ kind: z.literal('replan-offers'), jobId: id, locationId: slug }),
  z.object({ kind: z.literal('rezone'), jobId: id, locationId: slug, date: localDate }),
  z.object({ kind: z.literal('cancel-touched'), jobId: id, appointmentId: id }),
]);
export type OutboxMessage = z.output<typeof outboxMessage>;
export type TouchpointMessage = Extract<OutboxMessage, { kind: 'touchpoint' }>;
export type OutboxKind = OutboxMessage['kind'];

/** What does each kind of due work; answers in a word what became of it, for the log and the metrics. */
export type Consumers = {
  [K in OutboxKind]: (message: Extract<OutboxMessage, { kind: K }>) => Promise<string>;
};

export interface Outbox {
  /** At least once. */
  send(message: OutboxMessage): Promise<void>;
}

export interface OutboxBatch {
  /** At least once each. They can't be received before so many seconds have passed, at most 900. */
  sendAll(messages: readonly OutboxMessage[], delaySeconds: number): Promise<void>;
}
