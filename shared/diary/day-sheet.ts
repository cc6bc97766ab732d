import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { type Appointment, appointmentEntity, locationDay } from '../booking/appointments/entity.ts';
import { goneEntity } from '../booking/day-pages/tombstones.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Instant, LocalDate } from '../platform/time/time.ts';
import { type Block, blockEntity } from './blocks/store.ts';

/** All that a diary shows of one location's day. */
export interface DaySheet {
  /** In order of time. */
  appointments: Appointment[];
  blocks: Block[];
  /** Appointments that have left the day within the last days; they may be back. */
  gone: { id: string; at: Instant }[];
}

/** One query of one partition of an index, which may lag a moment behind. */
export const createDaySheets = (table: RegularsTable) => {
  const [appointment, block, gone] = [appointmentEntity(table), blockEntity(table), goneEntity(table)];
  return async (locationId: string, date: LocalDate): Promise<DaySheet> => {
    const { Items = [] } = await table
      .build(QueryCommand)
      .entities(appointment, block, gone)
      .query({ index: 'byLocation', partition: locationDay(locationId, date) })
      .options({ maxPages: Number.POSITIVE_INFINITY })
      .send();
    const sheet: DaySheet = { appointments: [], blocks: [], gone: [] };
    for (const row of Items) {
      if ('status' in row) sheet.appointments.push(row);
      else if ('until' in row) sheet.blocks.push(row);
      else sheet.gone.push(row);
    }
    return sheet;
  };
};
export type DaySheets = ReturnType<typeof createDaySheets>;
