import * as z from 'zod';
import type { Outbox, OutboxMessage } from '../../background/kinds.ts';
import type { Follower } from '../../background/stream.ts';
import { type CatalogueIndex, createCatalogueIndex } from '../../business/catalogue-index.ts';
import { locationSchema, resourceSchema } from '../../business/schemas/places.ts';
import { serviceSchema } from '../../business/schemas/services.ts';
import { staffSchema } from '../../business/schemas/staff.ts';
import { catalogueEntityName } from '../../entities.ts';
import { slug } from '../../platform/fields.ts';

export type SettingsFreed = Extract<OutboxMessage, { kind: 'settings-freed' }>;

/** Fields that decide which times are free. A change of a location's zone moves what is booked, and is none of them. */
const fields = {
  locations: locationSchema.pick({ hours: true, breaks: true, holidays: true, retired: true }),
  staff: staffSchema.pick({ locations: true, skills: true, hours: true, daysOff: true, retired: true }),
  services: serviceSchema.pick({
    durationMinutes: true,
    bufferBeforeMinutes: true,
    bufferAfterMinutes: true,
    locations: true,
    needs: true,
    seats: true,
    timetable: true,
    retired: true,
  }),
  resources: resourceSchema.pick({ kind: true, location: true, closed: true, retired: true }),
};

const replaced = <T extends { id: string }>(rows: readonly T[], id: string, row: T | undefined): T[] =>
  rows.flatMap((each) => (each.id === id ? (row ?? []) : each));

/** The catalogue as it would be, had the row not changed; undefined where the row is not there any more. */
export const withoutChange = (
  catalogueIndex: CatalogueIndex,
  { row, id, was }: Pick<SettingsFreed, 'row' | 'id' | 'was'>,
): CatalogueIndex | undefined => {
  const before = <T extends { id: string }>(rows: readonly T[], parse: (row: unknown) => T): T[] | undefined => {
    const now = rows.find((each) => each.id === id);
    return now && replaced(rows, id, was && parse({ ...now, ...was }));
  };
  const lists = {
    locations: () => before(catalogueIndex.locations, locationSchema.parse),
    staff: () => before(catalogueIndex.staff, staffSchema.parse),
    services: () => before(catalogueIndex.services, serviceSchema.parse),
    resources: () => before(catalogueIndex.resources, resourceSchema.parse),
  };
  const list = lists[row]();
  return list && createCatalogueIndex({ ...catalogueIndex, [row]: list }, catalogueIndex.revision);
};

const changedRow = z.object({
  kind: z.enum(['locations', 'staff', 'services', 'resources']),
  id: slug,
  version: z.int().default(0),
  value: z.unknown(),
});
type ChangedRow = z.output<typeof changedRow>;

/** Tells of rows of the settings whose change may make times free. Fields that a row lacked have their defaults. */
export const createSettingsFollower = (outbox: Outbox): Follower<ChangedRow> => ({
  entity: catalogueEntityName,
  parse: (image) => changedRow.safeParse(image).data,
  async changed(before, after) {
    if (!after) return;
    const { kind: row, id, version } = after;
    const [was, is] = [before, after].map((each) => each && fields[row].safeParse(each.value).data);
    if (JSON.stringify(was) === JSON.stringify(is)) return;
    await outbox.send({ kind: 'settings-freed', row, id, version, ...(was ? { was } : {}) });
  },
});
