import { getRows, numberIn, queryRows, type Row, textIn } from '../../platform/table/raw-reads.ts';
import { type RegularsTable, ttlAttribute } from '../../platform/table/table.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { datesTouched } from '../../platform/time/dates.ts';
import type { Interval } from '../../platform/time/intervals.ts';
import { addDays, daysBetween, type LocalDate, minute, startOfDay } from '../../platform/time/time.ts';
import type { Taken } from '../slots/assign.ts';
import type { DiaryOwner } from '../slots/owner.ts';

export interface BusyTime extends Taken {
  /** Id of the holder: an appointment, a hold, an offer, a block. */
  id: string;
  /** End of a hold: the time is free again at this instant, without anybody doing anything. */
  expiresAt?: number | undefined;
}

/** Taken times of one owner's local day. A time that crosses midnight stands whole on the pages of both days. */
export interface DiaryPage {
  owner: DiaryOwner;
  date: LocalDate;
  /** 0: not in the table yet. */
  version: number;
  busy: readonly BusyTime[];
}

const retentionDays = 60;

/**
 * The part of a page that is read: owner and day stand in its key alone, since weeks of pages are read at once.
 * `busy` is what `encode` writes: a day of a busy person in one attribute costs a third of what a list does.
 */
const attributes = ['sk', 'version', 'busy'];

/** Days whose pages lie together: a week from any day on is one query mostly, two months are three. */
const partitionDays = 28;
const firstMonday = '1970-01-05';
const partitionStart = (date: LocalDate): LocalDate =>
  addDays(firstMonday, Math.floor(daysBetween(firstMonday, date) / partitionDays) * partitionDays);
const partition = (group: string, date: LocalDate): string => `DIARY#${group}#${partitionStart(date)}`;
const sortKey = (ownerId: string, date: LocalDate): string => `${date}#${ownerId}`;
const keyOf = (owner: DiaryOwner, date: LocalDate) => ({
  pk: partition(owner.group, date),
  sk: sortKey(owner.id, date),
});

/** Times in minutes, expiry in seconds, base 36; what is absent at the end is left out: `from,length,id,expires,lesson,seats`. */
const encode = (busy: readonly BusyTime[]): string =>
  busy
    .map(({ from, until, id, expiresAt, lesson, seats }) => {
      const fields = [
        Math.floor(from / minute).toString(36),
        Math.ceil((until - from) / minute).toString(36),
        id,
        expiresAt === undefined ? '' : Math.ceil(expiresAt / 1000).toString(36),
        lesson ?? '',
        seats === undefined ? '' : String(seats),
      ];
      return fields.join(',').replace(/,+$/, '');
    })
    .join(';');

/** Holds that have expired are not there any more; whoever writes the page next leaves them out. */
const decode = (text: string, now: number): BusyTime[] => {
  if (text === '') return [];
  const times: BusyTime[] = [];
  for (const row of text.split(';')) {
    const [start = '', length = '', id = '', expires = '', lesson = '', seats = ''] = row.split(',');
    const expiresAt = expires === '' ? undefined : Number.parseInt(expires, 36) * 1000;
    if (expiresAt !== undefined && expiresAt <= now) continue;
    const from = Number.parseInt(start, 36) * minute;
    const time: BusyTime = { id, from, until: from + Number.parseInt(length, 36) * minute };
    if (expiresAt !== undefined) time.expiresAt = expiresAt;
    if (lesson !== '') time.lesson = lesson;
    if (seats !== '') time.seats = Number(seats);
    times.push(time);
  }
  return times;
};

export interface DiaryPages {
  /** Pages of the owners for every local day of theirs that the interval touches, by owner's id. */
  read(owners: readonly DiaryOwner[], range: Interval, consistent: boolean): Promise<Map<string, DiaryPage[]>>;
  /** A part of a transaction: the page with these busy times, if nobody changed it since it was read. */
  write(page: DiaryPage, busy: readonly BusyTime[]): TransactionWrite;
}

/** Beyond this many owners per owner asked for, single reads are cheaper than those of everybody. */
const scanWorthwhile = 10;

export const createDiaryPages = (
  table: RegularsTable,
  ownersIn: (group: string) => Promise<number>,
  now: Clock,
): DiaryPages => {
  const queryDays = (group: string, first: LocalDate, last: LocalDate, consistent: boolean): Promise<Row[]> => {
    const range = { partition: partition(group, first), from: `${first}#`, until: `${last}#~` };
    return queryRows(table, range, attributes, consistent);
  };

  const getEach = (owners: readonly DiaryOwner[], dates: readonly LocalDate[], consistent: boolean): Promise<Row[]> => {
    const keys = owners.flatMap((owner) => dates.map((date) => keyOf(owner, date)));
    return getRows(table, keys, attributes, consistent);
  };

  const readGroup = async (
    group: string,
    owners: readonly DiaryOwner[],
    dates: LocalDate[],
    consistent: boolean,
  ): Promise<Row[]> => {
    if (owners.length * scanWorthwhile < (await ownersIn(group))) return getEach(owners, dates, consistent);
    const partitions = Map.groupBy(dates, partitionStart);
    const answers = await Promise.all(
      [...partitions.values()].map((days) => queryDays(group, days[0] ?? '', days.at(-1) ?? '', consistent)),
    );
    return answers.flat();
  };

  return {
    async read(owners, range, consistent) {
      const dates = new Map(
        [...new Set(owners.map(({ zone }) => zone))].map((zone) => [zone, datesTouched(range, zone)]),
      );
      const groups = [...Map.groupBy(owners, ({ group, zone }) => `${group} ${zone}`).values()];
      const answers = await Promise.all(
        groups.map((members) => {
          const { group = '', zone = 'UTC' } = members[0] ?? {};
          return readGroup(group, members, dates.get(zone) ?? [], consistent);
        }),
      );
      const rows = new Map(answers.flat().map((row) => [textIn(row, 'sk'), row]));
      const at = now();
      const pageOf = (owner: DiaryOwner, date: LocalDate): DiaryPage => {
        const row = rows.get(sortKey(owner.id, date));
        return { owner, date, version: numberIn(row, 'version'), busy: decode(textIn(row, 'busy'), at) };
      };
      return new Map(
        owners.map((owner) => [owner.id, (dates.get(owner.zone) ?? []).map((date) => pageOf(owner, date))]),
      );
    },
    write({ owner, date, version }, busy) {
      const unchanged =
        version === 0
          ? { ConditionExpression: 'attribute_not_exists(#version)' }
          : { ConditionExpression: '#version = :version', ExpressionAttributeValues: { ':version': version } };
      const Item = {
        ...keyOf(owner, date),
        entity: 'DiaryPage',
        version: version + 1,
        busy: encode(busy),
        [ttlAttribute]: startOfDay(addDays(date, retentionDays), owner.zone) / 1000,
      };
      const ExpressionAttributeNames = { '#version': 'version' };
      return { params: () => ({ Put: { TableName: table.getName(), Item, ExpressionAttributeNames, ...unchanged } }) };
    },
  };
};

/** The busy times of several pages, each once: what crosses midnight stands on two. */
export const busyOn = (pages: readonly DiaryPage[], except: readonly string[] = []): BusyTime[] => {
  const times = pages.flatMap((page) => page.busy).filter(({ id }) => !except.includes(id));
  return [...new Map(times.map((time) => [`${time.id} ${time.from}`, time])).values()];
};
