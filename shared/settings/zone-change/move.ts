import { system } from '../../audit/audit.ts';
import { type Appointment, type Appointments, isAhead } from '../../booking/appointments/appointments.ts';
import { busyOn, type DiaryPages } from '../../booking/day-pages/pages.ts';
import { diaryWrites, pagesOf, type TimeHolder } from '../../booking/day-pages/writes.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Block, BlockDay, BlockStore } from '../../diary/blocks/blocks.ts';
import { blockedTime, daysOfBlock, holderOf } from '../../diary/blocks/holder.ts';
import type { DaySheets } from '../../diary/day-sheet.ts';
import type { Random } from '../../platform/ids.ts';
import { retry } from '../../platform/table/retry.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { type TransactionWrite, transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { LocalDate } from '../../platform/time/time.ts';
import { blockInNewZone, inNewZone, inTheWay, type Keep } from './rules.ts';
import { isNearMidnight, isSameKeys, isSamePages, standsOn, withNeighbours } from './standing.ts';

/** Limit of a transaction. */
const maxWrites = 100;

/** It can't stand by today's clock: these have its time. None: it touches more days than one transaction can move. */
class BlockedBy extends Error {
  readonly by: readonly string[];
  constructor(by: readonly string[]) {
    super('Another has the time that would be its own');
    this.name = 'BlockedBy';
    this.by = by;
  }
}

const isSettled = (before: Appointment, after: Appointment): boolean =>
  before.zone === after.zone &&
  before.startsAt === after.startsAt &&
  before.occupies.every(({ zone }, index) => zone === after.occupies[index]?.zone);

const isSameBlock = (a: Block, b: Block): boolean => a.zone === b.zone && a.from === b.from && a.until === b.until;

const dayKey = ({ locationId, date }: BlockDay): string => `${locationId} ${date}`;

/**
 * Brings what lies ahead on a location's day, appointments and blocked times, to the zones of today and to the rules
 * that these have today, and with it the diary pages. Answers the ids of what stayed as it was, since another has the
 * time that would be its own. Doing it again does nothing.
 */
export const createZoneChange = (deps: {
  table: RegularsTable;
  appointments: Pick<Appointments, 'change' | 'get' | 'ofClient'>;
  sheetOf: DaySheets;
  blocks: BlockStore;
  pages: DiaryPages;
  now: Clock;
  random: Random;
}) => {
  const { table, appointments, sheetOf, blocks, pages, now, random } = deps;

  /**
   * The parts of the transaction that put the holder on its pages of the diary; `undefined` where nothing is to be done.
   * It leaves the pages on which it stands, by whatever rules of its zone they were written. Throws BlockedBy.
   */
  const diaryMove = async (
    from: TimeHolder,
    to: TimeHolder,
    { settled, seats = 1 }: { settled: boolean; seats?: number | undefined },
  ): Promise<TransactionWrite[] | undefined> => {
    if (settled && !isNearMidnight(from.occupies)) return undefined;
    // Appointments that have not moved yet stand on the days of the clock before.
    const byOldClock = to.occupies.map((time, index) => ({ ...time, zone: from.occupies[index]?.zone ?? time.zone }));
    const around = [...from.occupies, ...to.occupies, ...byOldClock];
    const read = await pagesOf(pages, [...around, ...around.map(withNeighbours)]);
    const standing = standsOn(read, from.id);
    if (settled && isSamePages(standing, to.occupies)) return undefined;
    const others = inTheWay((ownerId) => busyOn(read.get(ownerId) ?? []), from, to, seats);
    if (!settled && others.length > 0) throw new BlockedBy(others);
    return diaryWrites(pages, read, [{ ...from, occupies: [...from.occupies, ...standing] }], [to]);
  };

  /** The first that lies ahead speaks for a whole series: nobody gets a message for each. */
  const speaks = async ({ id, clientId, series }: Appointment): Promise<boolean> => {
    if (!series) return true;
    const later = await appointments.ofClient(clientId, now());
    return later.find((each) => each.series?.id === series.id && isAhead(each, now()))?.id === id;
  };

  const moveAppointment = (catalogueIndex: CatalogueIndex, id: string, keep: Keep): Promise<Appointment> =>
    appointments.change(id, system, async (current) => {
      const event = 'appointment.rezoned';
      const change = { keep, at: now(), tells: await speaks(current) };
      const to = { ...inNewZone(catalogueIndex, current, change), updatedAt: now() };
      const seats = catalogueIndex.service(to.services[0]?.id ?? '')?.seats;
      const writes = isAhead(current, now())
        ? await diaryMove(current, to, { settled: isSettled(current, to), seats })
        : undefined;
      return writes ? { to, event, writes } : { to: undefined, event };
    });

  const moveBlock = (catalogueIndex: CatalogueIndex, id: string, keep: Keep): Promise<true> =>
    retry(random, async () => {
      const found = await blocks.find(id);
      const owner = found && holderOf(catalogueIndex, found.block)?.owner;
      if (!owner || found.block.until <= now()) return true;
      const { block, days } = found;
      const to = { ...blockInNewZone(block, owner.zone, keep), at: now() };
      const then = daysOfBlock(catalogueIndex, to, [...new Set(days.map(({ locationId }) => locationId))]);
      const [before, after] = [new Set(days.map(dayKey)), new Set(then.map(dayKey))];
      const diary = await diaryMove(blockedTime(block, owner), blockedTime(to, owner), {
        settled: isSameBlock(block, to) && isSameKeys(before, after),
      });
      if (!diary) return true;
      const writes = [
        ...days.filter((day) => !after.has(dayKey(day))).map((day) => blocks.leave(block, day, now())),
        ...then.map((day) => blocks.put(to, day, before.has(dayKey(day)) ? block.at : undefined)),
        ...diary,
      ];
      if (writes.length > maxWrites) throw new BlockedBy([]);
      return (await transact(table, writes)).committed || undefined;
    });

  /** Ids of what is in the way; undefined: it stands as it should. What is neither of both stays where it is. */
  const move = async (
    catalogueIndex: CatalogueIndex,
    id: string,
    keep: Keep,
  ): Promise<readonly string[] | undefined> => {
    try {
      if (await appointments.get(id)) await moveAppointment(catalogueIndex, id, keep);
      else await moveBlock(catalogueIndex, id, keep);
      return undefined;
    } catch (error) {
      if (error instanceof BlockedBy) return error.by;
      throw error;
    }
  };

  return async (catalogueIndex: CatalogueIndex, locationId: string, date: LocalDate, keep: Keep): Promise<string[]> => {
    const seen = new Set<string>();
    const stayed = new Set<string>();
    /** Moves first what is in its way: on whatever day that stands, it may have to move itself. */
    const settle = async (id: string): Promise<void> => {
      if (seen.has(id)) return;
      seen.add(id);
      const hindering = await move(catalogueIndex, id, keep);
      if (!hindering) return;
      for (const other of hindering) await settle(other);
      if (await move(catalogueIndex, id, keep)) stayed.add(id);
    };
    const sheet = await sheetOf(locationId, date);
    // The latest booking stands back.
    const booked = sheet.appointments.filter((each) => isAhead(each, now())).sort((a, b) => a.bookedAt - b.bookedAt);
    const ids = [...booked, ...sheet.blocks].map(({ id }) => id);
    for (const id of ids) await settle(id);
    return ids.filter((id) => stayed.has(id));
  };
};
export type ZoneChange = ReturnType<typeof createZoneChange>;
