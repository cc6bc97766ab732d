import { describe, expect, it } from 'vitest';
import { type BusyTime, busyOn, type DiaryPage, type DiaryPages } from '../../../shared/booking/day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../../../shared/booking/day-pages/writes.ts';
import type { DiaryOwner } from '../../../shared/booking/slots/owner.ts';
import type { TransactionWrite } from '../../../shared/platform/table/transact.ts';

const ana: DiaryOwner = { id: 'ana', group: 'here', zone: 'Europe/London' };
const bea: DiaryOwner = { id: 'bea', group: 'there', zone: 'Asia/Dhaka' };
const at = (iso: string): number => Date.parse(`${iso}:00Z`);
const busy = (id: string, from: string, until: string): BusyTime => ({
  id,
  from: at(from),
  until: at(until),
});
const page = (owner: DiaryOwner, date: string, ...times: BusyTime[]): DiaryPage => ({
  owner,
  date,
  version: 3,
  busy: times,
});
const takes = (owner: DiaryOwner, from: string, until: string) => ({
  ownerId: owner.id,
  group: owner.group,
  zone: owner.zone,
  from: at(from),
  until: at(until),
});

const mine = (occupies: ReturnType<typeof takes>[]) => ({ id: 'mine', occupies });

/** A store of pages that shows what would be written. */
const shelf = (...stored: DiaryPage[]) => {
  const written: Record<string, string[]> = {};
  const store: DiaryPages = {
    read: async (owners) =>
      new Map(owners.map((owner) => [owner.id, stored.filter((one) => one.owner.id === owner.id)])),
    write: (one, times): TransactionWrite => {
      const key = `${one.owner.id} ${one.date}`;
      expect(written[key], `${key} is written twice in one transaction`).toBeUndefined();
      written[key] = times.map(
        ({ id, from, until }) =>
          `${id} ${new Date(from).toISOString().slice(5, 16)} ${new Date(until).toISOString().slice(5, 16)}`,
      );
      return { params: () => ({}) };
    },
  };
  const pages = Map.groupBy(stored, ({ owner }) => owner.id);
  return { store, pages, written };
};

describe('the diary pages that a change writes', () => {
  it('of a booking hold the new time beside the others', () => {
    const { store, pages, written } = shelf(
      page(ana, '2026-11-24', busy('other', '2026-11-24T12:00', '2026-11-24T13:00')),
      page(ana, '2026-11-25'),
    );
    diaryWrites(store, pages, [], [mine([takes(ana, '2026-11-24T10:00', '2026-11-24T11:00')])]);
    expect(written).toEqual({
      'ana 2026-11-24': ['other 11-24T12:00 11-24T13:00', 'mine 11-24T10:00 11-24T11:00'],
    });
  });

  it('of a visit over midnight are both days, the whole time on each', () => {
    const { store, pages, written } = shelf(page(ana, '2026-11-24'), page(ana, '2026-11-25'));
    diaryWrites(store, pages, [], [mine([takes(ana, '2026-11-24T23:30', '2026-11-25T00:30')])]);
    expect(written).toEqual({
      'ana 2026-11-24': ['mine 11-24T23:30 11-25T00:30'],
      'ana 2026-11-25': ['mine 11-24T23:30 11-25T00:30'],
    });
  });

  it('of a person are by the day of the person’s own zone', () => {
    const { store, pages, written } = shelf(page(bea, '2026-11-24'), page(bea, '2026-11-25'));
    diaryWrites(store, pages, [], [mine([takes(bea, '2026-11-24T18:30', '2026-11-24T19:30')])]);
    expect(Object.keys(written)).toEqual(['bea 2026-11-25']);
  });

  it('of a move leave nothing of the old time, over midnight and between people too', () => {
    const old = [busy('mine', '2026-11-24T23:30', '2026-11-25T00:30')];
    const { store, pages, written } = shelf(
      page(ana, '2026-11-24', ...old),
      page(ana, '2026-11-25', ...old, busy('other', '2026-11-25T09:00', '2026-11-25T10:00')),
      page(bea, '2026-11-26'),
    );
    diaryWrites(
      store,
      pages,
      [mine([takes(ana, '2026-11-24T23:30', '2026-11-25T00:30')])],
      [mine([takes(bea, '2026-11-26T05:00', '2026-11-26T06:00')])],
    );
    expect(written).toEqual({
      'ana 2026-11-24': [],
      'ana 2026-11-25': ['other 11-25T09:00 11-25T10:00'],
      'bea 2026-11-26': ['mine 11-26T05:00 11-26T06:00'],
    });
  });

  it('of a move onto itself hold the time once', () => {
    const { store, pages, written } = shelf(
      page(ana, '2026-11-24', busy('mine', '2026-11-24T10:00', '2026-11-24T11:00')),
    );
    diaryWrites(
      store,
      pages,
      [mine([takes(ana, '2026-11-24T10:00', '2026-11-24T11:00')])],
      [mine([takes(ana, '2026-11-24T10:15', '2026-11-24T11:15')])],
    );
    expect(written).toEqual({ 'ana 2026-11-24': ['mine 11-24T10:15 11-24T11:15'] });
  });

  it('of a visit in which a person works twice hold both times', () => {
    const { store, pages, written } = shelf(page(ana, '2026-11-24'));
    diaryWrites(
      store,
      pages,
      [],
      [mine([takes(ana, '2026-11-24T10:00', '2026-11-24T10:30'), takes(ana, '2026-11-24T11:00', '2026-11-24T11:30')])],
    );
    expect(written).toEqual({
      'ana 2026-11-24': ['mine 11-24T10:00 11-24T10:30', 'mine 11-24T11:00 11-24T11:30'],
    });
  });

  it('are read once: a page known already keeps the version against which the time was checked', async () => {
    const known = page(ana, '2026-11-24');
    const { store } = shelf({ ...known, version: 9 }, page(ana, '2026-11-25'));
    const all = await pagesOf(store, [takes(ana, '2026-11-24T23:30', '2026-11-25T00:30')], new Map([['ana', [known]]]));
    expect(all.get('ana')?.map(({ date, version }) => [date, version])).toEqual([
      ['2026-11-24', 3],
      ['2026-11-25', 3],
    ]);
  });
});

describe('what is taken of somebody’s days', () => {
  const overMidnight = busy('a', '2026-11-24T23:30', '2026-11-25T00:30');

  it('counts a visit over midnight once, though it stands on two pages', () => {
    expect(busyOn([page(ana, '2026-11-24', overMidnight), page(ana, '2026-11-25', overMidnight)])).toHaveLength(1);
  });

  it('counts two times of one visit as two', () => {
    const twice = [
      busy('a', '2026-11-24T10:00', '2026-11-24T10:30'),
      busy('a', '2026-11-24T11:00', '2026-11-24T11:30'),
    ];
    expect(busyOn([page(ana, '2026-11-24', ...twice)])).toHaveLength(2);
  });

  it('leaves out the visit that is about to move', () => {
    const pages = [page(ana, '2026-11-24', overMidnight, busy('b', '2026-11-24T10:00', '2026-11-24T10:30'))];
    expect(busyOn(pages, ['a'])).toMatchObject([{ id: 'b' }]);
  });
});
