import { describe, expect, it } from 'vitest';
import type { Appointment } from '../../../shared/booking/appointments/appointments.ts';
import { createDeadline } from '../../../shared/journey/confirm-deadline.ts';

const now = Date.parse('2026-11-22T15:00:00Z');
const confirmBy = now + 3_600_500;
const id = '0123456789abcdef';
const appointment = (changes: Partial<Appointment> = {}): Appointment => ({
  id,
  clientId: id,
  status: 'pending',
  version: 1,
  sequence: 0,
  locationId: 'here',
  zone: 'Asia/Dhaka',
  startsAt: now + 86_400_000,
  endsAt: now + 90_000_000,
  contact: { firstName: 'Nadia', language: 'en' },
  services: [],
  occupies: [],
  bookedAt: now,
  updatedAt: now,
  ...changes,
});

/** What is done when the record says one thing and the table, read one after the other, these. */
const acts = async (
  before: Appointment | undefined,
  after: Appointment,
  standing: readonly (Appointment | undefined)[] = [after],
): Promise<unknown[]> => {
  const done: unknown[] = [];
  let reads = 0;
  const deadline = createDeadline({
    appointments: {
      get: async () => {
        reads += 1;
        return standing[Math.min(reads, standing.length) - 1];
      },
    },
    schedules: {
      put: async (name, at, { ...message }) => void done.push(['put', name, at - now, message]),
      remove: async (name) => void done.push(['remove', name]),
    },
    expire: async (message) => void done.push(['lapse', message]),
    now: () => now,
  });
  await deadline.changed(before, after);
  return done;
};

const name = `${id}.unconfirmed`;
const message = { kind: 'unconfirmed', appointmentId: id, sequence: 0 };
const due = appointment({ confirmBy });

describe('the deadline of what the client must confirm', () => {
  it('is no matter where there is none', async () => {
    expect(await acts(undefined, appointment())).toEqual([]);
    expect(await acts(appointment(), appointment({ status: 'cancelled', version: 2 }))).toEqual([]);
  });

  it('has a schedule at the first whole second from it, never before', async () => {
    expect(await acts(undefined, due)).toEqual([['put', name, 3_601_000, message]]);
  });

  it('is left alone by changes that do not touch it', async () => {
    expect(await acts(due, { ...due, version: 2 })).toEqual([]);
  });

  it('is planned again for what was moved', async () => {
    const moved = { ...due, version: 2, sequence: 1 };
    expect(await acts(due, moved)).toEqual([['put', name, 3_601_000, { ...message, sequence: 1 }]]);
  });

  it.each([
    ['confirmed', appointment({ status: 'confirmed', version: 2 })],
    ['cancelled', appointment({ status: 'cancelled', confirmBy, version: 2 })],
    ['arrived', appointment({ status: 'arrived', confirmBy, version: 2 })],
  ])('is off once it is %s', async (_, after) => {
    expect(await acts(due, after)).toEqual([['remove', name]]);
  });

  it('that has passed meanwhile is acted upon at once', async () => {
    const late = appointment({ confirmBy: now - 5000 });
    expect(await acts(undefined, late)).toEqual([['lapse', message]]);
  });

  it('follows the appointment as it stands, whatever the record says', async () => {
    const confirmed = appointment({ status: 'confirmed', version: 2 });
    expect(await acts(undefined, due, [confirmed])).toEqual([['remove', name]]);
    expect(await acts(undefined, due, [due, confirmed])).toEqual([
      ['put', name, 3_601_000, message],
      ['remove', name],
    ]);
    expect(await acts(undefined, due, [undefined])).toEqual([]);
  });
});
