import { describe, expect, it } from 'vitest';
import { deferredUntil } from '../../../../shared/journey/rules/deferred.ts';
import { instantOf, minute } from '../../../../shared/platform/time/time.ts';
import { catalogueIndexOf, touchpointOf, visitOf } from '../../../support/unit/visits.ts';

/** Quiet from nine in the evening to eight in the morning, in London. */
const catalogueIndex = catalogueIndexOf((file) => {
  file.settings.quietHours = { from: '21:00', until: '08:00' };
});
const at = (date: string, time: string) => instantOf(`2026-11-${date}`, time, 'Europe/London');
const morning = at('25', '08:00');

const review = touchpointOf({
  id: 'review',
  template: 'review-request',
  anchor: 'end',
  offset: 'PT2H',
  when: ['completed'],
});
/** Over at noon of the 24th, so that the review is due at two. */
const completed = (completedAt: number) => visitOf({ status: 'completed', completedAt });

describe('what waits for the end of quiet hours', () => {
  it('is the message of a visit that was marked in them, until they end', () => {
    const marked = completed(at('24', '23:30'));
    expect(deferredUntil(catalogueIndex, review, marked, at('25', '02:00'))).toBe(morning);
    expect(deferredUntil(catalogueIndex, review, marked, morning - 1)).toBe(morning);
    expect(deferredUntil(catalogueIndex, review, marked, morning)).toBeUndefined();
    expect(deferredUntil(catalogueIndex, review, marked, at('25', '22:00'))).toBeUndefined();
  });

  it('is not what had gone before them, nor of a visit that was marked too late or not at all', () => {
    expect(deferredUntil(catalogueIndex, review, completed(at('24', '20:00')), at('25', '02:00'))).toBeUndefined();
    const long = { ...completed(at('24', '23:30')), endsAt: at('21', '18:00') };
    expect(deferredUntil(catalogueIndex, review, long, at('25', '02:00'))).toBeUndefined();
    expect(deferredUntil(catalogueIndex, review, { ...long, endsAt: at('21', '20:00') }, at('25', '02:00'))).toBe(
      morning,
    );
    expect(deferredUntil(catalogueIndex, review, visitOf(), at('25', '02:00'))).toBeUndefined();
  });

  it('is what was on its way when they began, and nothing that fell due earlier', () => {
    const reminder = (startsAt: number) =>
      deferredUntil(catalogueIndex, touchpointOf(), visitOf({ startsAt }), at('24', '23:00'));
    expect(reminder(at('25', '21:00') - minute)).toBe(morning);
    expect(reminder(at('25', '21:00') - 2 * minute)).toBe(morning);
    expect(reminder(at('25', '21:00') - 3 * minute)).toBeUndefined();
  });

  it('is no reminder that would come too late to be of use', () => {
    const early = visitOf({ startsAt: at('25', '08:30') });
    const before = touchpointOf({ offset: '-PT11H31M' });
    expect(deferredUntil(catalogueIndex, before, early, at('24', '23:00'))).toBeUndefined();
  });

  it('is not what is still to fall due, which has a schedule of its own, but what answers an act at once', () => {
    const offer = { purpose: 'marketing', channels: ['sms'], anchor: 'booking', offset: 'PT0S' } as const;
    const contact = { firstName: 'Nadia', phone: '+17185550101', language: 'en' } as const;
    const booked = visitOf({ contact, startsAt: at('28', '11:00'), bookedAt: at('24', '23:00') });
    const wait = (quiet: 'ignore' | 'respect') =>
      deferredUntil(catalogueIndex, touchpointOf({ ...offer, channels: ['sms'], quiet }), booked, at('24', '23:30'));
    expect([wait('ignore'), wait('respect')]).toEqual([morning, undefined]);
    const passed = deferredUntil(
      catalogueIndex,
      touchpointOf({ ...offer, channels: ['sms'], quiet: 'ignore' }),
      booked,
      morning,
    );
    expect(passed).toBeUndefined();
  });
});
