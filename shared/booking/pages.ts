import { Entity } from 'dynamodb-toolbox/entity';
import { BatchGetRequest } from 'dynamodb-toolbox/entity/actions/batchGet';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { item } from 'dynamodb-toolbox/schema/item';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { BatchGetCommand, execute as executeBatchGet } from 'dynamodb-toolbox/table/actions/batchGet';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import type { Clock } from '../platform/clock.ts';
import type { RegularsTable } from '../platform/table.ts';
import { addDays, type LocalDate, minute, mondayOf, startOfDay } from '../platform/time.ts';
import type { WritePart } from '../platform/transact.ts';
import { datesTouched } from './dates.ts';
import type { Interval } from './intervals.ts';
import type { Taken } from './visit.ts';

/**
 * Whose diary: a person's, a room's, a piece of equipment's. `group` is the home location, under which the pages of a
 * week lie together, so that the availability of everyone there for a week is one query of one small partition.
 */
export interface DiaryOwner {
  id: string;
  group: string;
  /** Decides which local day an instant falls on. */
  zone: string;
}

export interface BusyTime extends Taken {
  /** Of what takes it: an appointment, a hold, an offer, a block. */
  id: string;
  /** Of a hold: the time is free again at this instant, without anybody doing anything. */
  expiresAt?: number | undefined;
}

/** What is taken of one owner's local day. A time that crosses midnight stands whole on the pages of both days. */
export interface DiaryPage {
  owner: DiaryOwner;
  date: LocalDate;
  /** 0: not in the table yet. */
  version: number;
  busy: readonly BusyTime[];
}

const keptDays = 60;

const pageEntity = (table: RegularsTable) =>
  new Entity({
    name: 'DiaryPage',
    table,
    schema: item({
      group: string().key(),
      date: string().key(),
      ownerId: string().key(),
      version: number(),
      /** As `encode` writes it: a day of a busy person in one attribute costs a third of what a list does. */
      busy: string(),
      expiresAt: number(),
    }),
    computeKey: ({ group, date, ownerId }) => ({ pk: partition(group, date), sk: `${date}#${ownerId}` }),
    timestamps: false,
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

const partition = (group: string, date: LocalDate): string => `DIARY#${group}#${mondayOf(date)}`;
const keyOf = (ownerId: string, date: LocalDate): string => `${ownerId} ${date}`;

export interface DiaryPages {
  /** Pages of the owners for every local day of theirs that the interval touches, by owner's id. */
  read(owners: readonly DiaryOwner[], range: Interval, consistent: boolean): Promise<Map<string, DiaryPage[]>>;
  /** A part of a transaction: the page with these busy times, if nobody changed it since it was read. */
  write(page: DiaryPage, busy: readonly BusyTime[]): WritePart;
}

/** Beyond this many owners per owner asked for, single reads are cheaper than the week's whole partition. */
const scanWorthwhile = 10;

export const createDiaryPages = (
  table: RegularsTable,
  ownersIn: (group: string) => Promise<number>,
  now: Clock,
): DiaryPages => {
  const entity = pageEntity(table);
  type Row = {
    group: string;
    date: string;
    ownerId: string;
    version: number;
    busy: string;
  };

  const queryWeek = async (group: string, first: LocalDate, last: LocalDate, consistent: boolean): Promise<Row[]> => {
    const { Items = [] } = await table
      .build(QueryCommand)
      .entities(entity)
      .query({ partition: partition(group, first), range: { between: [`${first}#`, `${last}#~`] } })
      .options({ consistent, maxPages: Number.POSITIVE_INFINITY })
      .send();
    return Items;
  };

  const getEach = async (
    owners: readonly DiaryOwner[],
    dates: readonly LocalDate[],
    consistent: boolean,
  ): Promise<Row[]> => {
    const keys = owners.flatMap((owner) => dates.map((date) => ({ group: owner.group, date, ownerId: owner.id })));
    const chunks = Array.from({ length: Math.ceil(keys.length / 100) }, (_, index) =>
      keys.slice(index * 100, index * 100 + 100),
    );
    const answers = await Promise.all(
      chunks.map(async (chunk) => {
        const requests = chunk.map((key) => entity.build(BatchGetRequest).key(key));
        const command = table
          .build(BatchGetCommand)
          .requests(...requests)
          .options({ consistent });
        const { Responses } = await executeBatchGet({ maxAttempts: 5 }, command);
        return (Responses?.[0] ?? []) as (Row | undefined)[];
      }),
    );
    return answers.flat().filter((row): row is Row => row !== undefined);
  };

  const readGroup = async (
    group: string,
    owners: readonly DiaryOwner[],
    dates: LocalDate[],
    consistent: boolean,
  ): Promise<Row[]> => {
    if (owners.length * scanWorthwhile < (await ownersIn(group))) return getEach(owners, dates, consistent);
    const weeks = Map.groupBy(dates, mondayOf);
    const answers = await Promise.all(
      [...weeks.values()].map((days) => queryWeek(group, days[0] ?? '', days.at(-1) ?? '', consistent)),
    );
    return answers.flat();
  };

  return {
    async read(owners, range, consistent) {
      const groups = [...Map.groupBy(owners, ({ group, zone }) => `${group} ${zone}`).values()];
      const answers = await Promise.all(
        groups.map((members) => {
          const { group = '', zone = 'UTC' } = members[0] ?? {};
          return readGroup(group, members, datesTouched(range, zone), consistent);
        }),
      );
      const rows = new Map(answers.flat().map((row) => [keyOf(row.ownerId, row.date), row]));
      return new Map(
        owners.map((owner) => [
          owner.id,
          datesTouched(range, owner.zone).map((date) => {
            const row = rows.get(keyOf(owner.id, date));
            return { owner, date, version: row?.version ?? 0, busy: decode(row?.busy ?? '', now()) };
          }),
        ]),
      );
    },
    write({ owner, date, version }, busy) {
      return entity
        .build(PutTransaction)
        .item({
          group: owner.group,
          date,
          ownerId: owner.id,
          version: version + 1,
          busy: encode(busy),
          expiresAt: startOfDay(addDays(date, keptDays), owner.zone) / 1000,
        })
        .options({ condition: version === 0 ? { attr: 'version', exists: false } : { attr: 'version', eq: version } });
    },
  };
};

/** The busy times of several pages, each once: what crosses midnight stands on two. */
export const busyOn = (pages: readonly DiaryPage[], except: readonly string[] = []): BusyTime[] => {
  const times = pages.flatMap((page) => page.busy).filter(({ id }) => !except.includes(id));
  return [...new Map(times.map((time) => [`${time.id} ${time.from}`, time])).values()];
};
