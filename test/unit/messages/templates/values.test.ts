import { describe, expect, it } from 'vitest';
import { lowScoreValues, visitValues } from '../../../../shared/messages/templates/values.ts';
import type { Language } from '../../../../shared/platform/fields.ts';
import { instantOf } from '../../../../shared/platform/time/time.ts';
import { sampleLowScore, sampleSeries, sampleVisit } from '../../../support/unit/message-samples.ts';

const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, ' ');

describe('the time of a visit in words', () => {
  it.each([
    ['en', 'Europe/London', '10:30', 'Tuesday 24 November at 10:30', 'Tue 24 Nov, 10:30', '24 November', '10:30'],
    ['bn', 'Asia/Dhaka', '10:30', 'মঙ্গলবার ২৪ নভেম্বর, সকাল ১০:৩০', 'মঙ্গল ২৪ নভে, সকাল ১০:৩০', '২৪ নভেম্বর', 'সকাল ১০:৩০'],
    ['bn', 'Asia/Dhaka', '21:05', 'মঙ্গলবার ২৪ নভেম্বর, রাত ৯:০৫', 'মঙ্গল ২৪ নভে, রাত ৯:০৫', '২৪ নভেম্বর', 'রাত ৯:০৫'],
    [
      'hi',
      'Asia/Kolkata',
      '19:05',
      'मंगलवार, 24 नवंबर को शाम 7:05 बजे',
      'मंगल, 24 नव॰, शाम 7:05',
      '24 नवंबर',
      'शाम 7:05 बजे',
    ],
    ['ru', 'Europe/London', '9:05', 'вторник, 24 ноября в 9:05', 'вт, 24 нояб., 9:05', '24 ноября', '9:05'],
  ] as const)('%s in %s at %s', (language, zone, time, when, whenShort, date, clock) => {
    const visit = { ...sampleVisit(language, zone), startsAt: instantOf('2026-11-24', time.padStart(5, '0'), zone) };
    const values = visitValues(visit);
    expect(values).toMatchObject({
      when: when.normalize('NFC'),
      whenShort: whenShort.normalize('NFC'),
      date: date.normalize('NFC'),
      time: clock.normalize('NFC'),
    });
  });

  it('is the clock of the location, not of the server or the client', () => {
    const visit = { ...sampleVisit('en'), startsAt: Date.UTC(2026, 10, 24, 23, 30) };
    expect(visitValues(visit).when).toBe('Tuesday 24 November at 23:30');
    const inDhaka = { ...visit, location: { ...visit.location, zone: 'Asia/Dhaka' } };
    expect(visitValues(inDhaka).when).toBe('Wednesday 25 November at 5:30');
  });

  it('follows the country in English', () => {
    const visit = { ...sampleVisit('en', 'America/New_York'), country: 'US' };
    expect(plain(visitValues(visit).when)).toBe('Tuesday, November 24 at 10:30 AM');
  });

  it('shows the year when it is far away', () => {
    const visit = { ...sampleVisit('en'), startsAt: instantOf('2027-11-24', '10:30', 'Europe/London') };
    expect(visitValues(visit).when).toBe('Wednesday, 24 November 2027 at 10:30');
    expect(visitValues(visit).date).toBe('24 November 2027');
  });
});

describe('sentences that stand only where they are true', () => {
  const zone = 'Europe/London';

  it.each([
    ['en', 'booking', 12, 'This is the first of 12 appointments', ', the last on 9 February.'],
    ['en', 'move', 12, 'This is the first of 12 appointments that have been moved', ', the last on 9 February.'],
    [
      'en',
      'cancellation',
      2,
      'This is the first of 2 appointments that have been cancelled',
      ', the last on 1 December.',
    ],
    ['bn', 'booking', 12, '১২টি অ্যাপয়েন্টমেন্টের মধ্যে এটি প্রথম', ', শেষটি ৯ ফেব্রুয়ারি।'],
    ['bn', 'move', 12, 'যে ১২টি অ্যাপয়েন্টমেন্টের সময় বদলেছে, এটি তার প্রথম', ', শেষটি ৯ ফেব্রুয়ারি।'],
    ['bn', 'cancellation', 2, 'যে ২টি অ্যাপয়েন্টমেন্ট বাতিল হয়েছে, এটি তার প্রথম', ', শেষটি ১ ডিসেম্বর।'],
    ['hi', 'booking', 12, 'कुल 12 अपॉइंटमेंट में से यह पहला है', ', आख़िरी 9 फ़रवरी को है।'],
    ['hi', 'move', 12, 'जिन 12 अपॉइंटमेंट का समय बदला है, उनमें से यह पहला है', ', आख़िरी 9 फ़रवरी को है।'],
    ['hi', 'cancellation', 2, 'रद्द हुए 2 अपॉइंटमेंट में से यह पहला है', ', आख़िरी 1 दिसंबर को है।'],
    ['ru', 'booking', 12, 'Это первая из 12 записей', ', последняя: 9 февраля.'],
    ['ru', 'booking', 21, 'Это первая из 21 записи', ', последняя: 13 апреля.'],
    ['ru', 'booking', 2, 'Это первая из 2 записей', ', последняя: 1 декабря.'],
    ['ru', 'move', 12, 'Это первая из 12 перенесённых записей', ', последняя: 9 февраля.'],
    ['ru', 'move', 21, 'Это первая из 21 перенесённой записи', ', последняя: 13 апреля.'],
    ['ru', 'cancellation', 2, 'Это первая из 2 отменённых записей', ', последняя: 1 декабря.'],
    ['ru', 'cancellation', 21, 'Это первая из 21 отменённой записи', ', последняя: 13 апреля.'],
  ] as const)('how often it repeats, in %s, a %s of %i', (language, act, count, sentence, end) => {
    const visit = { ...sampleVisit(language), repeats: sampleSeries(act, count) };
    expect(visitValues(visit, 'sms').repeats?.normalize('NFC')).toBe(`${sentence}${end}`.normalize('NFC'));
    const [head, ...lines] = visitValues(visit).repeats?.split('\n') ?? [];
    expect(head?.normalize('NFC')).toBe(`${sentence}:`.normalize('NFC'));
    expect([lines.length, lines[0]]).toEqual([count, visitValues(visit).when]);
  });

  it('every date, the odd ones included, and in what one differs', () => {
    const [first, ...rest] = sampleSeries('booking', 4).dates;
    const odd = {
      startsAt: instantOf('2026-12-02', '15:00', zone),
      zone: 'America/New_York',
      services: ['Cut', 'Colour'],
      location: 'Brooklyn',
    };
    const dates = first ? [first, odd, ...rest] : [];
    const visit = { ...sampleVisit('en'), repeats: { act: 'booking' as const, dates } };
    expect(visitValues(visit).repeats?.split('\n').slice(1, 4)).toEqual([
      'Tuesday 24 November at 10:30',
      'Wednesday 2 December at 10:00 · Cut, Colour · Brooklyn',
      'Tuesday 1 December at 10:30',
    ]);
    const far = { ...visit, now: visit.now - 300 * 86_400_000 };
    expect(visitValues(far).repeats).toContain('Tuesday, 24 November 2026 at 10:30');
  });

  it('says nothing of what does not repeat', () => {
    const repeats = (count: number) =>
      visitValues({ ...sampleVisit('en'), repeats: sampleSeries('booking', count) }).repeats;
    expect([repeats(1), visitValues(sampleVisit('en')).repeats]).toEqual(['', '']);
  });

  it.each([
    ['en', "Please confirm by Mon 23 Nov, 9:00, or we'll offer the time to someone else."],
    ['bn', 'সোম ২৩ নভে, সকাল ৯:০০-এর মধ্যে নিশ্চিত করুন, নইলে সময়টি অন্য কাউকে দেওয়া হবে।'],
    ['hi', 'सोम, 23 नव॰, सुबह 9:00 तक पुष्टि करें, नहीं तो यह समय किसी और को दे दिया जाएगा।'],
    ['ru', 'Подтвердите, пожалуйста, до пн, 23 нояб., 9:00, иначе мы предложим время другим.'],
  ] as const)('until when it must be confirmed, in %s', (language, sentence) => {
    const visit = { ...sampleVisit(language), confirmBy: instantOf('2026-11-23', '09:00', zone) };
    expect(plain(visitValues(visit).confirmBy)?.normalize('NFC')).toBe(sentence.normalize('NFC'));
    expect(visitValues(sampleVisit(language)).confirmBy).toBe('');
  });
});

describe('what was booked', () => {
  it('is a list, each person named once', () => {
    const services = [
      { name: 'Cut and blow-dry', staffName: 'Marta' },
      { name: 'Colour', staffName: 'Marta' },
      { name: 'Nails', staffName: 'Olga' },
    ];
    const of = (language: Language) => visitValues({ ...sampleVisit(language), services });
    expect(of('en')).toMatchObject({ services: 'Cut and blow-dry, Colour, Nails', staff: 'Marta and Olga' });
    expect(of('bn').staff).toBe('Marta এবং Olga');
    expect(of('hi').staff).toBe('Marta और Olga');
    expect(of('ru').staff).toBe('Marta и Olga');
  });
});

describe('a name that a stranger typed', () => {
  it.each([
    ['Anna', 'Anna'],
    ["Anne-Marie O'Neill", "Anne-Marie O'Neill"],
    ['J.R.', 'J. R.'],
    ['А.С. Пушкин', 'А. С. Пушкин'],
    ['https://evil.example/win', 'https evil. example win'],
    ['Win at www.evil.example', 'Win at www. evil. example'],
    ['evil。example', 'evil。 example'],
    ['me@evil.example', 'me evil. example'],
    ['//', '–'],
  ])('%s does not carry a link to somebody else', (typed, shown) => {
    expect(visitValues({ ...sampleVisit('en'), firstName: typed }).firstName).toBe(shown);
  });
});

describe('what may be absent', () => {
  it('is empty where a template can do without, and missing where it can not', () => {
    const visit = sampleVisit('en');
    const values = visitValues({ ...visit, location: { ...visit.location, phone: undefined }, links: {} });
    expect(values.phone).toBe('');
    expect(values.publicReviewLink).toBe('');
    expect(Object.keys(values)).not.toContain('link');
    expect(Object.keys(values)).not.toContain('unsubscribeLink');
  });
});

describe('a low score', () => {
  it('is told in the digits of the manager’s language, the name without what could be a link', () => {
    const values = lowScoreValues({ ...sampleLowScore('bn'), clientName: 'A.B. Brown', words: undefined });
    expect(values).toMatchObject({ score: '২', clientName: 'A. B. Brown', words: '' });
  });
});
