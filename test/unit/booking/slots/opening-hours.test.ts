import { describe, expect, it } from 'vitest';
import { openingOf, workingOf } from '../../../../shared/booking/slots/opening-hours.ts';
import type { Location, StaffMember } from '../../../../shared/business/catalogue.ts';
import { datesBetween, datesTouched } from '../../../../shared/platform/time/dates.ts';
import type { Interval } from '../../../../shared/platform/time/intervals.ts';
import { isoWithOffset } from '../../../../shared/platform/time/time.ts';
import { daily, location, person } from '../../../support/unit/catalogue.ts';

// 2026-11-23 is a Monday.
const week = datesBetween('2026-11-23', '2026-11-29');
const read = (times: readonly Interval[], zone = 'Europe/London') =>
  times.map(
    ({ from, until }) => `${isoWithOffset(from, zone).slice(5, 16)} ${isoWithOffset(until, zone).slice(5, 16)}`,
  );
const opening = (there: Location, dates: readonly string[]) => openingOf(there, dates[0] ?? '', dates.at(-1) ?? '');
const opens = (there: Location, dates: readonly string[]) => read(opening(there, dates).open, there.zone);
const works = (who: StaffMember, there: Location, dates: readonly string[]) =>
  read(workingOf(who, there, opening(there, dates)), there.zone);

describe('the hours of a location', () => {
  it('follow the weekday; a day that is not listed is closed', () => {
    const there = location({
      hours: { mon: [{ from: '09:00', until: '17:00' }], wed: [{ from: '10:00', until: '12:30' }] },
    });
    expect(opens(there, week)).toEqual(['11-23T09:00 11-23T17:00', '11-25T10:00 11-25T12:30']);
  });

  it('have no breaks in them', () => {
    const there = location({ breaks: { mon: [{ from: '13:00', until: '14:00' }] } });
    expect(opens(there, ['2026-11-23', '2026-11-24'])).toEqual([
      '11-23T09:00 11-23T13:00',
      '11-23T14:00 11-23T17:00',
      '11-24T09:00 11-24T17:00',
    ]);
  });

  it('are none on a holiday', () => {
    const there = location({ holidays: [{ date: '2026-11-24', name: 'Day of rest' }] });
    expect(opens(there, ['2026-11-23', '2026-11-24', '2026-11-25'])).toEqual([
      '11-23T09:00 11-23T17:00',
      '11-25T09:00 11-25T17:00',
    ]);
  });

  it('may go on after midnight', () => {
    expect(opens(location({ hours: daily('20:00-02:00') }), ['2026-11-23', '2026-11-24'])).toEqual([
      '11-23T20:00 11-24T02:00',
      '11-24T20:00 11-25T02:00',
    ]);
  });

  it('may end at 24:00, and then run on into the next day', () => {
    expect(opens(location({ hours: daily('18:00-24:00') }), ['2026-11-23'])).toEqual(['11-23T18:00 11-24T00:00']);
    expect(opens(location({ hours: daily('00:00-24:00') }), ['2026-11-23', '2026-11-24'])).toEqual([
      '11-23T00:00 11-25T00:00',
    ]);
  });

  it('have a break after midnight in the night that began the day before', () => {
    const there = location({
      hours: { fri: [{ from: '20:00', until: '04:00' }] },
      breaks: { sat: [{ from: '01:00', until: '02:00' }] },
    });
    expect(opens(there, week)).toEqual(['11-27T20:00 11-28T01:00', '11-28T02:00 11-28T04:00']);
  });

  it('of a night before a holiday last until its end', () => {
    const there = location({ hours: daily('20:00-02:00'), holidays: [{ date: '2026-11-24', name: 'Day of rest' }] });
    expect(opens(there, ['2026-11-23', '2026-11-24', '2026-11-25'])).toEqual([
      '11-23T20:00 11-24T02:00',
      '11-25T20:00 11-26T02:00',
    ]);
  });

  it('keep the local clock on both sides of a clock change', () => {
    const hours = openingOf(location(), '2026-03-28', '2026-03-30').open;
    expect(hours.map(({ from }) => isoWithOffset(from, 'Europe/London'))).toEqual([
      '2026-03-28T09:00:00+00:00',
      '2026-03-29T09:00:00+01:00',
      '2026-03-30T09:00:00+01:00',
    ]);
  });

  it('that open within the spring gap open with the first minute after it', () => {
    const there = location({ hours: daily('01:30-03:00') });
    const [night] = openingOf(there, '2026-03-29', '2026-03-29').open;
    expect(night && [isoWithOffset(night.from, there.zone), isoWithOffset(night.until, there.zone)]).toEqual([
      '2026-03-29T02:00:00+01:00',
      '2026-03-29T03:00:00+01:00',
    ]);
  });

  it('over an autumn night are an hour longer', () => {
    const [night] = opening(location({ hours: daily('22:00-06:00') }), ['2026-10-24']).open;
    expect(night && (night.until - night.from) / 3_600_000).toBe(9);
  });
});

describe('the hours of a person', () => {
  it('are those of the location where the person has none', () => {
    expect(works(person('ana'), location({ breaks: daily('13:00-14:00') }), ['2026-11-23'])).toEqual([
      '11-23T09:00 11-23T13:00',
      '11-23T14:00 11-23T17:00',
    ]);
  });

  it('never go beyond those of the location, nor into its breaks and holidays', () => {
    const there = location({
      breaks: { mon: [{ from: '12:00', until: '13:00' }] },
      holidays: [{ date: '2026-11-24', name: 'Day of rest' }],
    });
    const ana = person('ana', { hours: { here: daily('07:00-12:30', '16:00-20:00') } });
    expect(works(ana, there, ['2026-11-23', '2026-11-24', '2026-11-25'])).toEqual([
      '11-23T09:00 11-23T12:00',
      '11-23T16:00 11-23T17:00',
      '11-25T09:00 11-25T12:30',
      '11-25T16:00 11-25T17:00',
    ]);
  });

  it('at one location say nothing about another', () => {
    const ana = person('ana', { locations: ['here', 'there'], hours: { there: daily('10:00-11:00') } });
    expect(works(ana, location(), ['2026-11-23'])).toEqual(['11-23T09:00 11-23T17:00']);
    expect(works(ana, location({ id: 'there' }), ['2026-11-23'])).toEqual(['11-23T10:00 11-23T11:00']);
  });

  it('are none where the person does not work', () => {
    expect(works(person('ana'), location({ id: 'elsewhere' }), week)).toEqual([]);
  });

  it('are none on days off, first and last included', () => {
    const ana = person('ana', { daysOff: [{ from: '2026-11-24', until: '2026-11-28' }] });
    expect(works(ana, location(), week)).toEqual(['11-23T09:00 11-23T17:00', '11-29T09:00 11-29T17:00']);
    const bea = person('bea', { hours: { here: daily('10:00-11:00') }, daysOff: ana.daysOff });
    expect(works(bea, location(), week)).toEqual(['11-23T10:00 11-23T11:00', '11-29T10:00 11-29T11:00']);
  });

  it('with no hours of their own on a weekday are none that day', () => {
    const ana = person('ana', { hours: { here: { tue: [{ from: '09:00', until: '12:00' }] } } });
    expect(works(ana, location(), week)).toEqual(['11-24T09:00 11-24T12:00']);
  });

  it('of a night shift hold the whole night where the location never closes', () => {
    const ana = person('ana', { hours: { here: { fri: [{ from: '22:00', until: '06:00' }] } } });
    expect(works(ana, location({ hours: daily('00:00-24:00') }), week)).toEqual(['11-27T22:00 11-28T06:00']);
  });

  it('after midnight hold within the night that the location opened the day before', () => {
    const ana = person('ana', { hours: { here: { sat: [{ from: '00:00', until: '03:00' }] } } });
    const there = location({ hours: { fri: [{ from: '20:00', until: '02:00' }] } });
    expect(works(ana, there, week)).toEqual(['11-28T00:00 11-28T02:00']);
  });

  it('of a night that begins on a day off are none, of the night before they last until morning', () => {
    const there = location({ hours: daily('20:00-04:00') });
    const ana = person('ana', { daysOff: [{ from: '2026-11-24', until: '2026-11-24' }] });
    expect(works(ana, there, ['2026-11-23', '2026-11-24', '2026-11-25'])).toEqual([
      '11-23T20:00 11-24T04:00',
      '11-25T20:00 11-26T04:00',
    ]);
  });
});

describe('the local days', () => {
  it('between two dates are counted over month ends and the leap day', () => {
    expect(datesBetween('2028-02-27', '2028-03-01')).toEqual(['2028-02-27', '2028-02-28', '2028-02-29', '2028-03-01']);
    expect(datesBetween('2027-02-28', '2027-03-01')).toEqual(['2027-02-28', '2027-03-01']);
    expect(datesBetween('2026-11-24', '2026-11-23')).toEqual([]);
  });

  it('end, however far away they are', () => {
    expect(datesBetween('9999-12-31', '9999-12-31')).toEqual(['9999-12-31']);
    expect(datesBetween('9999-12-30', '+010000-01-01')).toHaveLength(3);
  });

  it('that a visit touches are counted by the zone; an end at midnight does not touch the next', () => {
    const at = (iso: string) => Date.parse(iso);
    const late = { from: at('2026-11-24T23:00:00Z'), until: at('2026-11-25T00:00:00Z') };
    expect(datesTouched(late, 'Europe/London')).toEqual(['2026-11-24']);
    expect(datesTouched({ ...late, until: late.until + 1 }, 'Europe/London')).toEqual(['2026-11-24', '2026-11-25']);
    expect(datesTouched(late, 'Asia/Dhaka')).toEqual(['2026-11-25']);
    expect(datesTouched(late, 'America/New_York')).toEqual(['2026-11-24']);
  });
});
