import { describe, expect, it } from 'vitest';
import { daysBetween } from '../../../../shared/platform/time/time.ts';
import { byPartOfDay, lookUpWeek, type WeekQuery } from '../../../../web/booking/week.ts';
import { freeDays } from '../../../support/web/salon.ts';

const look = async (query: Partial<WeekQuery>, free: (date: string) => boolean = () => true) => {
  const asked: [string, string][] = [];
  const week = await lookUpWeek({
    today: '2026-11-24',
    horizonDays: 150,
    fetchDays: async (from, to) => {
      asked.push([from, to]);
      return freeDays(from, to, free);
    },
    ...query,
  });
  return { week, asked };
};

describe('a week', () => {
  it('begins today and opens the first free day', async () => {
    const { week, asked } = await look({}, (date) => date >= '2026-11-26');
    expect(asked).toEqual([['2026-11-24', '2026-11-30']]);
    expect(week.open?.date).toBe('2026-11-26');
    expect(week.days.map((day) => day.times.length)).toEqual([0, 0, 3, 3, 3, 3, 3]);
    expect([week.previous, week.next]).toEqual([undefined, '2026-12-01']);
  });

  it('opens the day asked for, if it is free', async () => {
    expect((await look({ day: '2026-11-28' })).week.open?.date).toBe('2026-11-28');
    expect((await look({ day: '2026-11-28' }, (date) => date !== '2026-11-28')).week.open?.date).toBe('2026-11-24');
  });

  it('never leaves what can be booked', async () => {
    expect((await look({ from: '2020-01-01' })).week.days[0]?.date).toBe('2026-11-24');
    expect((await look({ from: '2030-01-01' })).week.days[0]?.date).toBe('2026-11-24');
    const last = (await look({ from: '2026-11-27', horizonDays: 5 })).week;
    expect(last.days.map((day) => day.date)).toEqual(['2026-11-27', '2026-11-28', '2026-11-29']);
    expect([last.previous, last.next]).toEqual(['2026-11-24', undefined]);
  });

  it('shows the days that the API leaves out as closed', async () => {
    const week = await lookUpWeek({
      today: '2026-11-24',
      horizonDays: 90,
      fetchDays: async () => ({ zone: 'Europe/London', days: [] }),
    });
    expect(week.days).toHaveLength(7);
  });
});

describe('the next free day', () => {
  it('is looked for up to the horizon, at most 62 days at a time', async () => {
    const { week, asked } = await look({}, (date) => date === '2027-04-20');
    expect(week.nextFree).toBe('2027-04-20');
    for (const [from, to] of asked) expect(daysBetween(from, to)).toBeLessThanOrEqual(61);
    expect(asked.at(-1)?.[1]).toBe('2027-04-23');
  });

  it('is not looked for when the week has times', async () => {
    expect((await look({})).week.nextFree).toBeUndefined();
  });

  it('may not exist', async () => {
    const { week } = await look({}, () => false);
    expect([week.open, week.nextFree, week.last]).toEqual([undefined, undefined, '2027-04-23']);
  });
});

it('groups times by the part of the day, of which languages think differently', () => {
  const times = freeDays('2026-11-24', '2026-11-24', () => true).days[0]?.times ?? [];
  const parts = (eveningFrom: number) => byPartOfDay(times, eveningFrom).map(({ part }) => part);
  expect(parts(17)).toEqual(['morning', 'afternoon', 'evening']);
  expect(parts(19)).toEqual(['morning', 'afternoon']);
});
