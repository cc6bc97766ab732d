import { describe, expect, it } from 'vitest';
import type { Appointment } from '../../../shared/booking/appointments/appointments.ts';
import { mustBeChangeable, permissions } from '../../../shared/booking/appointments/view.ts';
import type { Status } from '../../../shared/booking/contract.ts';
import { catalogueSchema } from '../../../shared/business/catalogue.ts';
import { createCatalogueIndex } from '../../../shared/business/catalogue-index.ts';
import { Problem } from '../../../shared/platform/http/problems.ts';
import { minute } from '../../../shared/platform/time/time.ts';
import { location } from '../../support/unit/catalogue.ts';

const directoryWith = (cutOffMinutes: number, phone?: string) =>
  createCatalogueIndex(
    catalogueSchema.parse({
      settings: { name: 'Here', languages: ['en'], currency: 'GBP', country: 'GB', booking: { cutOffMinutes } },
      locations: [location(phone ? { phone } : {})],
      staff: [],
      categories: [],
      services: [],
    }),
    'test',
  );

const startsAt = Date.parse('2026-11-24T10:00:00Z');
const appointment = (status: Status): Appointment => ({
  id: '0123456789abcdef',
  clientId: '0123456789abcdef',
  status,
  version: 1,
  sequence: 0,
  locationId: 'here',
  zone: 'Europe/London',
  startsAt,
  endsAt: startsAt + 60 * minute,
  contact: { firstName: 'Nadia', language: 'en' },
  services: [],
  occupies: [],
  bookedAt: 0,
  updatedAt: 0,
});

const refusal = (status: Status, now: number, catalogueIndex = directoryWith(240)): [string, string] | undefined => {
  try {
    mustBeChangeable(catalogueIndex, appointment(status), now);
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return [error.code, error.message];
    throw error;
  }
};
const may = (status: Status, now: number, catalogueIndex = directoryWith(240)) =>
  permissions(catalogueIndex, appointment(status), now);

describe('what a client may do by the link', () => {
  const cutOff = startsAt - 240 * minute;

  it('includes moving and cancelling up to the very millisecond of the cut-off', () => {
    expect(may('pending', cutOff)).toEqual({ confirm: true, move: true, cancel: true });
    expect(refusal('pending', cutOff)).toBeUndefined();
    expect(may('pending', cutOff + 1)).toEqual({ confirm: true, move: false, cancel: false });
    expect(refusal('pending', cutOff + 1)?.[0]).toBe('cut_off_passed');
  });

  it('includes confirming up to the start, not from it on', () => {
    expect(may('pending', startsAt - 1).confirm).toBe(true);
    expect(may('pending', startsAt).confirm).toBe(false);
  });

  it('is nothing once the visit has begun, even where there is no cut-off', () => {
    const catalogueIndex = directoryWith(0);
    expect(may('confirmed', startsAt - 1, catalogueIndex)).toEqual({ confirm: false, move: true, cancel: true });
    expect(refusal('confirmed', startsAt - 1, catalogueIndex)).toBeUndefined();
    expect(may('confirmed', startsAt, catalogueIndex)).toEqual({ confirm: false, move: false, cancel: false });
    expect(refusal('confirmed', startsAt, catalogueIndex)).toEqual(['status_conflict', 'The appointment has begun.']);
  });

  it.each(['arrived', 'completed', 'cancelled', 'no_show'] as const)('is nothing when the visit is %s', (status) => {
    expect(may(status, cutOff - minute)).toEqual({ confirm: false, move: false, cancel: false });
    expect(refusal(status, cutOff - minute)).toEqual([
      'status_conflict',
      `The appointment is ${status.replace('_', '-')}.`,
    ]);
  });

  it('is said the same way by the screen and by the rule, at any time', () => {
    for (const status of ['pending', 'confirmed', 'arrived', 'completed', 'cancelled', 'no_show'] as const) {
      for (const now of [cutOff - 1, cutOff, cutOff + 1, startsAt - 1, startsAt, startsAt + minute]) {
        const allowed = refusal(status, now) === undefined;
        expect(may(status, now)).toMatchObject({ move: allowed, cancel: allowed });
      }
    }
  });

  it('too late is to call: the number is given where there is one', () => {
    expect(refusal('pending', startsAt - 1, directoryWith(240, '+44 20 7946 0000'))?.[1]).toBe(
      'Call us on +44 20 7946 0000.',
    );
    expect(refusal('pending', startsAt - 1)?.[1]).toBe('Call us.');
  });
});
