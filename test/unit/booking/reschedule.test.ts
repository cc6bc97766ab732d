import { describe, expect, it } from 'vitest';
import type { Appointment } from '../../../shared/booking/appointments/appointments.ts';
import { rescheduled } from '../../../shared/booking/appointments/reschedule.ts';
import { anyone } from '../../../shared/business/catalogue.ts';
import { standardTemplates } from '../../../shared/messages/templates/standard/index.ts';
import { hour } from '../../support/durations.ts';
import { location, person, service } from '../../support/unit/catalogue.ts';
import { serviceLine, startsAt, visitOf } from '../../support/unit/visits.ts';

const at = startsAt - 100 * hour;
const here = location({ id: 'soho', zone: 'Europe/London' });

const changed = (
  before: Appointment,
  { start = before.startsAt, hours = 1, by = 'amina', asked = '', done = 'cut' } = {},
): Appointment => {
  const wanted = [{ service: service(done, 60), asked: asked || by, candidates: [person(by)], resources: [] }];
  const [one] = wanted;
  if (!one) throw new Error('nothing is wanted');
  const until = start + hours * hour;
  const assignments = [{ service: one.service, person: person(by), resources: [], from: start, until }];
  const placement = { startsAt: start, endsAt: until, assignments, occupies: [] };
  const circumstances = { at, by: 'desk', confirmWithinHours: 12 };
  return rescheduled(before, { location: here, wanted, seats: 1 }, placement as never, circumstances).to;
};

describe('the act of which a client hears', () => {
  const before = visitOf({ sequence: 3, act: { sequence: 2, at: at - hour, by: 'client' } });
  const told = { act: { sequence: 4, at, by: 'desk' }, movedAt: at, sequence: 4 };

  it.each([
    ['another time', { start: startsAt + hour }],
    ['another person than the one asked for', { by: 'ben' }],
    ['anyone, who is another than the one asked for', { by: 'ben', asked: anyone }],
    ['another service', { done: 'colour' }],
  ])('is %s', (_, change) => {
    expect(changed(before, change)).toMatchObject(told);
  });

  it('is no other end: the act before it stays the one to be told', () => {
    const longer = changed(before, { hours: 2 });
    expect(longer).toMatchObject({ sequence: 4, act: before.act });
    expect(longer.movedAt).toBe(before.movedAt);
    const old = changed({ ...before, act: undefined }, { hours: 2 });
    expect(old).toMatchObject({ sequence: 4, act: { sequence: 3 } });
  });

  it('is no other person where the client asked for nobody', () => {
    const anybodys = { ...before, services: [{ ...serviceLine('cut'), asked: anyone }] };
    expect(changed(anybodys, { by: 'ben', asked: anyone })).toMatchObject({ sequence: 3, act: before.act });
  });

  it('keeps what is confirmed where the time stays', () => {
    expect(changed({ ...before, status: 'confirmed' }, { by: 'ben' }).status).toBe('confirmed');
    expect(changed({ ...before, status: 'confirmed' }, { start: startsAt + hour }).status).toBe('pending');
  });
});

describe('the deadline to confirm', () => {
  const until = (confirmBy: number, change: Parameters<typeof changed>[1]) =>
    changed(visitOf({ confirmBy }), change).confirmBy;

  it('is worked out anew for another time, never earlier than was told, and not after the start', () => {
    const later = { start: startsAt + 24 * hour };
    expect(until(at + hour, later)).toBe(at + 12 * hour);
    expect(until(at + 20 * hour, later)).toBe(at + 20 * hour);
    expect(until(at + 20 * hour, { start: at + 6 * hour })).toBe(at + 6 * hour);
    expect(until(at + hour, { hours: 2 })).toBe(at + hour);
  });

  it.each(['confirmation', 'moved', 'reminder'] as const)('stands in every %s', (template) => {
    for (const { [template]: text } of Object.values(standardTemplates)) {
      expect([text.email, text.sms]).toEqual([
        expect.stringContaining('{{confirmBy}}'),
        expect.stringContaining('{{confirmBy}}'),
      ]);
    }
  });
});
