import * as z from 'zod';
import { id, localDate, slug } from '../platform/fields.ts';

/**
 * Due work as it lies in a queue or a schedule: what is due, never its words or addresses; those are read when it is
 * done. A new kind is a row here and a consumer that its capability exports. Stored kinds and fields stay as they are:
 * schedules hold them for months.
 */

/** Kinds that send a message; the consumer of their queue alone may send. */
const messageKinds = [
  z.object({
    kind: z.literal('touchpoint'),
    appointmentId: id,
    touchpointId: slug,
    /** Sequence of the appointment when this was planned; a moved or cancelled one has a higher one. */
    sequence: z.int().min(0),
    /** Staff want it sent again; 1 the first time. */
    resend: z.int().min(1).optional(),
    /** Member of staff who wants that. */
    by: z.string().max(100).optional(),
    /** It waited for room in the budget of its address, and goes together with all of its client that wait. */
    joined: z.literal(true).optional(),
  }),
  z.object({
    kind: z.literal('low-score'),
    appointmentId: id,
    /** Revision of the review. */
    revision: z.int().min(1),
    /** Local day of that revision; the manager is told once a day. */
    day: localDate.optional(),
  }),
  z.object({
    kind: z.literal('text-reply'),
    /** Id of the text that a client has sent. */
    textId: id,
  }),
  /** A time is kept for somebody who waits: they have to hear of it. */
  z.object({ kind: z.literal('waiting-offer'), entryId: id, offerId: id }),
  /** Somebody has joined the waiting list: they get the link, and are asked whether the address is theirs. */
  z.object({ kind: z.literal('waiting-joined'), entryId: id }),
] as const;

/** Kinds that change the table or plan what is due later. */
const backgroundKinds = [
  z.object({
    /** The client had to confirm it until now. */
    kind: z.literal('unconfirmed'),
    appointmentId: id,
    /** Sequence of the appointment when this was planned. */
    sequence: z.int().min(0),
  }),
  z.object({
    /** Time of a diary that was taken is free: it may suit somebody who waits. */
    kind: z.literal('freed'),
    locationId: slug,
    from: z.int(),
    until: z.int(),
    /** The act that released it: nobody is offered two times of one. Absent in work from before. */
    gap: z.string().max(80).optional(),
    /** Diary times that it took; of a lesson, so many seats. */
    times: z
      .array(
        z.object({
          ownerId: z.string(),
          from: z.int(),
          until: z.int(),
          lesson: z.string().optional(),
          seats: z.int().optional(),
        }),
      )
      .optional(),
    /** It waited for the morning, and is remembered until it was offered. */
    remembered: z.literal(true).optional(),
  }),
  z.object({
    /** A row of the settings has changed in what times it makes free: some of them may suit somebody who waits. */
    kind: z.literal('settings-freed'),
    row: z.enum(['locations', 'staff', 'services', 'resources']),
    id: slug,
    /** Version of the row by the change. */
    version: z.int(),
    /** Hours and other such fields as they were; absent where the row is new. */
    was: z.record(z.string(), z.unknown()).optional(),
    /** It waited there for the morning. */
    locationId: slug.optional(),
  }),
  /** The time to decide on an offer of the waiting list is over. */
  z.object({ kind: z.literal('offer-ended'), entryId: id, offerId: id }),
  z.object({
    /** A press, a visit or staff have said that an address is the client's own: what waits for that may rank. */
    kind: z.literal('address-proven'),
    clientId: id,
    /** The press was for a place on the waiting list: others whose client was sent a link wait for a press of their own. */
    onlyParked: z.literal(true).optional(),
  }),
  /** Pieces of the work on what is booked already that a change of settings, or the adoption of a table, starts. */
  z.object({ kind: z.literal('replan'), jobId: id, locationId: slug, date: localDate }),
  z.object({ kind: z.literal('replan-offers'), jobId: id, locationId: slug }),
  z.object({ kind: z.literal('rezone'), jobId: id, locationId: slug, date: localDate }),
  z.object({ kind: z.literal('cancel-touched'), jobId: id, appointmentId: id }),
  /** Every hour: the law may have changed a zone's clock, and with Node its rules here. */
  z.object({ kind: z.literal('zone-rules') }),
  /** A portion of the entries that a change of a whole lesson makes in its clients' timelines. */
  z.object({ kind: z.literal('lesson-record'), jobId: id, portion: z.int().min(0) }),
] as const;

export const outboxMessage = z.discriminatedUnion('kind', [...messageKinds, ...backgroundKinds]);
export type OutboxMessage = z.output<typeof outboxMessage>;
export type TouchpointMessage = Extract<OutboxMessage, { kind: 'touchpoint' }>;
export type OutboxKind = OutboxMessage['kind'];
export type MessageKind = z.output<(typeof messageKinds)[number]>['kind'];
export type BackgroundKind = z.output<(typeof backgroundKinds)[number]>['kind'];

export const queueNames = ['messages', 'background'] as const;
export type QueueName = (typeof queueNames)[number];

const sending: ReadonlySet<string> = new Set(messageKinds.map(({ shape }) => shape.kind.value));

/** The queue in which work of this kind waits. */
export const queueOf = ({ kind }: Pick<OutboxMessage, 'kind'>): QueueName =>
  sending.has(kind) ? 'messages' : 'background';

/** Does each kind of due work; answers in a word what became of it, for the log and the metrics. */
export type Consumers<Kind extends OutboxKind = OutboxKind> = {
  [K in Kind]: (message: Extract<OutboxMessage, { kind: K }>) => Promise<string>;
};

export interface Outbox {
  /** At least once. It can't be received before so many seconds have passed, at most 900. */
  send(message: OutboxMessage, delaySeconds?: number): Promise<void>;
}

export interface OutboxBatch {
  /** At least once each. They can't be received before so many seconds have passed, at most 900. */
  sendAll(messages: readonly OutboxMessage[], delaySeconds: number): Promise<void>;
}
