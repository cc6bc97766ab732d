import type { Period, Touchpoint } from '../../business/catalogue.ts';
import { outsideAll, quietClocks } from '../../messages/quiet-hours.ts';
import { type Instant, shift } from '../../platform/time/time.ts';

/** History of an appointment, and its time. */
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
 * Instant at which a touchpoint is due: its offset from its anchor, then out of the quiet hours. Days, weeks and months keep the
 * local time across clock changes (a month after 31 January is the end of February), hours are exact. `undefined`:
 * the anchor has not happened, or the service has no repeat interval. Conditions (`when`) and whether the time has
 * passed are the caller's to judge; also `undefined` where the quiet hours leave no time of day.
 */
export const dueAt = (input: {
  touchpoint: Pick<Touchpoint, 'anchor' | 'offset' | 'quiet' | 'purpose' | 'channels'>;
  anchors: Anchors;
  /** Interval of the service that the client had; days. */
  repeatDays?: number | undefined;
  /** IANA zone of the location. */
  zone: string;
  quietHours: Period;
  contact: { phone?: string | undefined; zone?: string | undefined };
}): Instant | undefined => {
  const { touchpoint, anchors, repeatDays, zone } = input;
  const anchor = anchorOf(touchpoint.anchor, anchors);
  const offset = touchpoint.offset === 'repeat' ? repeatDays && `P${repeatDays}D` : touchpoint.offset;
  if (anchor === undefined || !offset) return undefined;
  const due = shift(anchor, offset, zone);
  const precedes = touchpoint.anchor === 'start' && due < anchors.startsAt;
  return outsideAll(due, quietClocks(input), precedes ? anchors.startsAt : undefined);
};
