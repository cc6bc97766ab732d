import * as z from 'zod';
import { channel, duration, slug } from '../../platform/fields.ts';
import { twice, unique } from './shared.ts';

/** Templates that touchpoints of the journey send. */
export const touchpointTemplates = [
  'confirmation',
  'reminder',
  'moved',
  'cancelled',
  'review-request',
  'come-back',
] as const;

/** Touchpoints under which the system itself sends: a journey's own may not be called so. */
const reservedTouchpoints = [
  'low-score',
  'waiting-joined',
  'waiting-offer',
  'text-stopped',
  'text-resumed',
  'text-help',
  'unconfirmed',
] as const;

/** One step of the journey. */
export const touchpointSchema = z
  .object({
    id: slug.refine(
      (name) => !reservedTouchpoints.some((reserved) => reserved === name),
      `must be none of ${reservedTouchpoints.join(', ')}: messages of the system are called so`,
    ),
    template: z.enum(touchpointTemplates),
    /**
     * `booking`, `move`, `cancellation`: the moment of the act. `start`, `end`: of the appointment.
     * `last-visit`: the end of a completed visit that no later one has followed.
     */
    anchor: z.enum(['booking', 'move', 'cancellation', 'start', 'end', 'last-visit']),
    /** From the anchor; negative is before. Days and weeks keep the local time. `repeat` is the service's own interval. */
    offset: z.union([z.literal('repeat'), duration]),
    /** In order of preference; the client's own preference comes first where it is among them. */
    channels: z.array(channel).min(1),
    /** `completed`: only if the visit took place. `nothing-booked`: only if the client has no appointment ahead. `unconfirmed`: only if the client has not confirmed. */
    when: z.array(z.enum(['completed', 'nothing-booked', 'unconfirmed'])).default([]),
    /** Marketing needs consent by channel and carries one-click unsubscribing. */
    purpose: z.enum(['service', 'marketing']),
    /** Whether it waits for the end of quiet hours; what answers the client's own act does not. */
    quiet: z.enum(['respect', 'ignore']).default('respect'),
  })
  .refine((touchpoint) => touchpoint.offset !== 'repeat' || touchpoint.anchor === 'last-visit', {
    path: ['offset'],
    error: '`repeat` goes with the anchor `last-visit`',
  })
  .refine((touchpoint) => touchpoint.template !== 'come-back' || touchpoint.purpose === 'marketing', {
    path: ['purpose'],
    error: 'an invitation to come back is marketing',
  });
export type Touchpoint = z.output<typeof touchpointSchema>;

export const defaultJourney = [
  {
    id: 'confirmation',
    template: 'confirmation',
    anchor: 'booking',
    offset: 'PT0S',
    channels: ['email', 'sms'],
    purpose: 'service',
    quiet: 'ignore',
  },
  {
    id: 'reminder',
    template: 'reminder',
    anchor: 'start',
    offset: '-P1D',
    channels: ['email', 'sms'],
    purpose: 'service',
  },
  {
    id: 'moved',
    template: 'moved',
    anchor: 'move',
    offset: 'PT0S',
    channels: ['email', 'sms'],
    purpose: 'service',
    quiet: 'ignore',
  },
  {
    id: 'cancelled',
    template: 'cancelled',
    anchor: 'cancellation',
    offset: 'PT0S',
    channels: ['email', 'sms'],
    purpose: 'service',
    quiet: 'ignore',
  },
  {
    id: 'review',
    template: 'review-request',
    anchor: 'end',
    offset: 'PT2H',
    channels: ['email', 'sms'],
    when: ['completed'],
    purpose: 'service',
  },
  {
    id: 'come-back',
    template: 'come-back',
    anchor: 'last-visit',
    offset: 'repeat',
    channels: ['email', 'sms'],
    when: ['completed', 'nothing-booked'],
    purpose: 'marketing',
  },
] satisfies z.input<typeof touchpointSchema>[];

/** The journey as a whole, in the order in which it is shown. */
export const journeySchema = z.array(touchpointSchema).max(50).refine(unique, twice);
