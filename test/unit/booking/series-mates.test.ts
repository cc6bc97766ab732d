import { describe, expect, it } from 'vitest';
import type { Appointment } from '../../../shared/booking/appointments/appointments.ts';
import { createSeriesMates } from '../../../shared/booking/appointments/series-mates.ts';
import { day } from '../../../shared/platform/time/time.ts';
import { visitOf } from '../../support/unit/visits.ts';

const series = { id: 'row', index: 0, count: 3 };
const one = { ...visitOf(), series };
const { contact, startsAt } = one;
const asked: number[] = [];
const matesOf = (...all: Appointment[]) =>
  createSeriesMates({
    ofClient: async (_, since) => {
      asked.push(since);
      return all;
    },
  });

describe('the appointments of one’s series', () => {
  const before = { ...one, id: 'before', startsAt: startsAt - day };
  const elsewhere = {
    ...one,
    id: 'elsewhere',
    startsAt: startsAt + day,
    contact: { ...contact, email: 'b@example.com' },
  };

  it('come in order of time, the one itself as it was read, and no other visit of the client', async () => {
    const stale = { ...one, status: 'cancelled' as const };
    const other = { ...one, id: 'other', series: { ...series, id: 'another' } };
    const mates = await matesOf(elsewhere, stale, other, before)(one, 'email');
    expect(mates.map(({ appointment }) => appointment)).toEqual([before, one, elsewhere]);
    expect(asked.at(-1)).toBeLessThanOrEqual(Math.min(one.bookedAt, startsAt) - day);
  });

  it('have links that prove no address to which nothing was sent', async () => {
    const mates = await matesOf(elsewhere, before)(one, 'email');
    expect(mates.map(({ writtenTo }) => writtenTo)).toEqual(['email', 'email', undefined]);
    const byAnswer = await matesOf(elsewhere, before)(one, undefined);
    expect(byAnswer.map(({ writtenTo }) => writtenTo)).toEqual([undefined, undefined, undefined]);
  });

  it('are not looked for where there is none', async () => {
    const questions = asked.length;
    const { series: _, ...alone } = one;
    expect(await matesOf(before)(alone, 'sms')).toEqual([{ appointment: alone, writtenTo: 'sms' }]);
    expect(asked).toHaveLength(questions);
  });
});
