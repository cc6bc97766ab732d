import type { Period, Touchpoint } from '../business/catalogue.ts';
import { type Instant, shift } from '../platform/time.ts';
import { outsideQuiet } from './quiet.ts';

/** What has happened with an appointment, and when it is. */
export interface Anchors {
  bookedAt?: Instant | undefined;
  movedAt?: Instant | undefined;
  cancelledAt?: Instant | undefined;
  startsAt: Instant;
  /** Also the end of the last visit, for the touchpoint that follows a completed one. */
  endsAt: Instant;
}

const anchorOf = (anchor: Touchpoint['anchor'], anchors: Anchors): Instant | undefined => {
  switch (anchor) {
    case 'booking':
      return anchors.bookedAt;
    case 'move':
      return anchors.movedAt;
    case 'cancellation':
      return anchors.cancelledAt;
    case 'start':
      return anchors.startsAt;
    case 'end':
    case 'last-visit':
      return anchors.endsAt;
  }
};

/**
 * When a touchpoint is due: its offset from its anchor, then out of the quiet hours. Days, weeks and months keep the
 * local time across clock changes (a month after 31 January is the end of February), hours are exact. `undefined`:
 * the anchor has not happened, or the service has no repeat interval. Conditions (`when`) and whether the time has
 * passed are the caller's to judge.
 */
export const dueAt = (input: {
  touchpoint: Pick<Touchpoint, 'anchor' | 'offset' | 'quiet'>;
  anchors: Anchors;
  /** Of the service that the client had; days. */
  repeatDays?: number | undefined;
  /** IANA zone of the location. */
  zone: string;
  quietHours: Period;
}): Instant | undefined => {
  const { touchpoint, anchors, repeatDays, zone, quietHours } = input;
  const anchor = anchorOf(touchpoint.anchor, anchors);
  const offset = touchpoint.offset === 'repeat' ? repeatDays && `P${repeatDays}D` : touchpoint.offset;
  if (anchor === undefined || !offset) return undefined;
  const due = shift(anchor, offset, zone);
  if (touchpoint.quiet === 'ignore') return due;
  const precedes = touchpoint.anchor === 'start' && due < anchors.startsAt;
  return outsideQuiet(due, quietHours, zone, precedes ? anchors.startsAt : undefined);
};
