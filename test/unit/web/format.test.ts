import { describe, expect, it } from 'vitest';
import { createFormat } from '../../../web/i18n/format.ts';

const moment = '2026-11-24T15:30:00+00:00';

describe('times', () => {
  it('follow the location, not the server', () => {
    expect(createFormat('en', 'GB').time(moment, 'Asia/Dhaka')).toBe('21:30');
    expect(createFormat('ru', 'GB').time(moment, 'America/New_York')).toBe('10:30');
  });

  it('name the part of the day where the language does', () => {
    expect(createFormat('bn', 'BD').time(moment, 'Europe/London')).toBe('দুপুর ৩:৩০');
    expect(createFormat('hi', 'IN').time(moment, 'Europe/London')).toBe('दोपहर 3:30');
    expect(createFormat('en', 'US').time(moment, 'Europe/London')).toMatch(/^3:30\sPM$/);
  });

  it('name the zone', () => {
    expect(createFormat('en', 'GB').zoneName(moment, 'Europe/London')).toBe('United Kingdom Time');
    expect(createFormat('bn', 'BD').zoneName(moment, 'Asia/Dhaka')).toContain('বাংলাদেশ');
  });
});

describe('dates', () => {
  it('are written as the country writes them', () => {
    expect(createFormat('en', 'GB').date(moment, 'Europe/London')).toBe('Tuesday, 24 November 2026');
    expect(createFormat('en', 'US').date(moment, 'Europe/London')).toBe('Tuesday, November 24, 2026');
    expect(createFormat('ru', 'US').date(moment, 'Europe/London')).toBe('вторник, 24 ноября 2026 г.');
    expect(createFormat('bn', 'US').day('2026-11-24')).toContain('২৪ নভেম্বর');
  });

  it('do not slip by a day', () => {
    expect(createFormat('en', 'GB').day('2026-03-29')).toBe('Sunday 29 March');
  });
});

describe('prices and durations', () => {
  it('take digits and places from the language, minor units from the currency', () => {
    expect(createFormat('en', 'GB').money({ amount: 5500, currency: 'GBP' })).toBe('£55');
    expect(createFormat('en', 'GB').money({ amount: 5550, currency: 'GBP' })).toBe('£55.50');
    expect(createFormat('bn', 'BD').money({ amount: 120_000, currency: 'BDT' })).toContain('১,২০০');
    expect(createFormat('en', 'GB').money({ amount: 5500, currency: 'JPY' })).toBe('¥5,500');
  });

  it('say hours and minutes', () => {
    expect(createFormat('en', 'US').duration(150)).toBe('2 hr 30 min');
    expect(createFormat('en', 'US').duration(60)).toBe('1 hr');
    expect(createFormat('ru', 'GB').duration(90)).toBe('1 ч 30 мин');
    expect(createFormat('bn', 'GB').duration(90)).toBe('১ ঘণ্টা ৩০ মিনিট');
  });
});
