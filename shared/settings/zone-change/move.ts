import { system } from '../../audit/audit.ts';
import { type Appointment, type Appointments, isAhead } from '../../booking/appointments/appointments.ts';
import { busyOn, type DiaryPage, type DiaryPages } from '../../booking/day-pages/pages.ts';
import { diaryWrites, pagesOf, type TimeHolder } from '../../booking/day-pages/writes.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { BlockDay, BlockStore } from '../../diary/blocks/blocks.ts';
import { blockedTime, daysOfBlock, holderOf } from '../../diary/blocks/holder.ts';
import type { DaySheets } from '../../diary/day-sheet.ts';
import type { Random } from '../../platform/ids.ts';
import { retry } from '../../platform/table/retry.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { LocalDate } from '../../platform/time/time.ts';
import { blockInNewZone, inNewZone, inTheWay, type Keep } from './rules.ts';

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
  before.zone === after.zone && before.occupies.every(({ zone }, index) => zone === after.occupies[index]?.zone);

const dayKey = ({ locationId, date }: BlockDay): string => `${locationId} ${date}`;

/**
 * Brings what lies ahead on a location's day, appointments and blocked times, to the zones of today, and with it the
 * diary pages. Answers the ids of what stayed as it was, since another has the time that would be its own. Doing it
 * again does nothing.
 */
export const createZoneChange = (deps: {
  table: RegularsTable;
  appointments: Pick<Appointments, 'change' | 'get'>;
  sheetOf: DaySheets;
  blocks: BlockStore;
  pages: DiaryPages;
  now: Clock;
  random: Random;
}) => {
  const { table, appointments, sheetOf, blocks, pages, now, random } = deps;

  /** The pages that the move touches. Throws BlockedBy. */
  const wayFor = async (from: TimeHolder, to: TimeHolder, seats = 1): Promise<Map<string, DiaryPage[]>> => {
    // Appointments that have not moved yet stand on the days of the clock before.
    const byOldClock = to.occupies.map((time, index) => ({ ...time, zone: from.occupies[index]?.zone ?? time.zone }));
    const read = await pagesOf(pages, [...from.occupies, ...to.occupies, ...byOldClock]);
    const others = inTheWay((ownerId) => busyOn(read.get(ownerId) ?? []), from, to, seats);
    if (others.length > 0) throw new BlockedBy(others);
    return read;
  };

  const moveAppointment = (catalogueIndex: CatalogueIndex, id: string, keep: Keep): Promise<Appointment> =>
    appointments.change(id, system, async (current) => {
      const event = 'appointment.rezoned';
      const to = { ...inNewZone(catalogueIndex, current, keep), updatedAt: now() };
      if (!isAhead(current, now()) || isSettled(current, to)) return { to: undefined, event };
      const seats = catalogueIndex.service(to.services[0]?.id ?? '')?.seats;
      const read = await wayFor(current, to, seats);
      return { to, event, writes: diaryWrites(pages, read, [current], [to]) };
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
      const isThere = before.size === after.size && then.every((day) => before.has(dayKey(day)));
      if (block.zone === to.zone && isThere) return true;
      const [leaving, taking] = [blockedTime(block, owner), blockedTime(to, owner)];
      const read = await wayFor(leaving, taking);
      const writes = [
        ...days.filter((day) => !after.has(dayKey(day))).map((day) => blocks.leave(block, day, now())),
        ...then.map((day) => blocks.put(to, day, before.has(dayKey(day)) ? block.at : undefined)),
        ...diaryWrites(pages, read, [leaving], [taking]),
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
