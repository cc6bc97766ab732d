import { DeleteTransaction } from 'dynamodb-toolbox/entity/actions/transactDelete';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { UpdateTransaction } from 'dynamodb-toolbox/entity/actions/transactUpdate';
import { execute } from 'dynamodb-toolbox/entity/actions/transactWrite';
import { any } from 'dynamodb-toolbox/schema/any';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { catalogueEntityName } from '../entities.ts';
import { defineEntity } from '../platform/table/entity.ts';
import { readRow, textIn } from '../platform/table/raw-reads.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { TransactionWrite } from '../platform/table/transact.ts';
import { type Catalogue, catalogueSchema, type StaffMember } from './catalogue.ts';
import { CatalogueInvalid } from './invalid.ts';

const partition = 'BUSINESS';

/** Lists of the catalogue of which each member is a row of its own. */
const rowKinds = ['locations', 'staff', 'categories', 'services', 'resources', 'templates'] as const;
export type RowKind = (typeof rowKinds)[number];

const rowKey = ({ kind, id }: { kind: string; id: string }) => ({ pk: partition, sk: `${kind}#${id}` });

/** Rows of the catalogue; `value` is parsed by its zod schema when read. */
const catalogueEntity = defineEntity({
  name: catalogueEntityName,
  attributes: {
    kind: string().key(),
    id: string().key(),
    order: string().optional(),
    value: any(),
    /** Rises with every write of the row. */
    version: number().optional(),
    /** On the settings row alone: another one after every write of any row. */
    revision: string().optional(),
  },
  key: rowKey,
});

const settingsKey = { kind: 'settings', id: 'settings' } as const;
const journeyKey = { kind: 'journey', id: 'journey' } as const;

/** The catalogue as it was read, with what a write must know of it. */
export interface HeldCatalogue {
  catalogue: Catalogue;
  revision: string;
  versionOf(kind: RowKind | 'settings' | 'journey', id: string): number;
  /** Index of a row in its list; `undefined` for one that is not there yet. */
  orderOf(kind: RowKind, id: string): string | undefined;
}

/** A change of one row. */
export type RowWrite =
  | { kind: RowKind; id: string; removed: true }
  | { kind: RowKind | 'settings' | 'journey'; id: string; value: unknown };

const orderAt = (index: number): string => String(index).padStart(4, '0');

/** The catalogue as it lies in the table; the reader beside it keeps it in memory. */
export const createCatalogueStore = (table: RegularsTable) => {
  const entity = catalogueEntity(table);
  const isVersion = (version: number) =>
    version === 0 ? { attr: 'version' as const, exists: false } : { attr: 'version' as const, eq: version };

  const load = async (): Promise<HeldCatalogue | undefined> => {
    const { Items = [] } = await table
      .build(QueryCommand)
      .entities(entity)
      .query({ partition })
      .options({ consistent: true, maxPages: Number.POSITIVE_INFINITY })
      .send();
    const settings = Items.find((row) => row.kind === settingsKey.kind);
    if (!settings) return undefined;
    const rows = (kind: string) =>
      Items.filter((row) => row.kind === kind)
        .sort((a, b) => (a.order ?? '').localeCompare(b.order ?? ''))
        .map((row) => row.value);
    // Tables that were filled before the journey was one row have one for each touchpoint.
    const steps = rows(journeyKey.kind);
    const catalogue = catalogueSchema.parse({
      settings: settings.value,
      ...Object.fromEntries(rowKinds.map((kind) => [kind, rows(kind)])),
      journey: steps.find(Array.isArray) ?? steps,
    });
    const byKey = new Map(Items.map((row) => [`${row.kind}#${row.id}`, row]));
    return {
      catalogue,
      revision: settings.revision ?? '',
      versionOf: (kind, id) => byKey.get(`${kind}#${id}`)?.version ?? 0,
      orderOf: (kind, id) => byKey.get(`${kind}#${id}`)?.order,
    };
  };

  /** A row of a list keeps its place; a new one goes last. */
  const placeOf = ({ catalogue, orderOf }: HeldCatalogue, kind: RowKind, id: string): string => {
    const last = Math.max(-1, ...catalogue[kind].map((row) => Number(orderOf(kind, row.id) ?? 0)));
    return orderOf(kind, id) ?? orderAt(last + 1);
  };

  return {
    load,

    async revision(): Promise<string> {
      return textIn(await readRow(table, rowKey(settingsKey), ['revision']), 'revision');
    },

    /** Parts of a transaction that write one row, if the whole catalogue still is what was read. */
    writes(held: HeldCatalogue, write: RowWrite, revision: string): TransactionWrite[] {
      const unchanged = { attr: 'revision' as const, eq: held.revision };
      const { kind, id } = write;
      const version = held.versionOf(kind, id);
      if (kind === 'settings') {
        const row = { kind, id, value: write.value, version: version + 1, revision };
        return [entity.build(PutTransaction).item(row).options({ condition: unchanged })];
      }
      const noticed = entity
        .build(UpdateTransaction)
        .item({ ...settingsKey, revision })
        .options({ condition: unchanged });
      const options = { condition: isVersion(version) };
      if ('removed' in write) return [noticed, entity.build(DeleteTransaction).key({ kind, id }).options(options)];
      const place = kind === 'journey' ? {} : { order: placeOf(held, kind, id) };
      const row = { kind, id, ...place, value: write.value, version: version + 1 };
      return [noticed, entity.build(PutTransaction).item(row).options(options)];
    },
  };
};

const largestTransaction = 100;

/** A person's diary lies under the home location: another home would leave behind what is booked. */
const refuseMovedHomes = (old: readonly { kind: string; id: string; value: unknown }[], { staff }: Catalogue): void => {
  const homes = new Map(
    old.filter(({ kind }) => kind === 'staff').map(({ id, value }) => [id, (value as StaffMember).locations[0]]),
  );
  const faults = staff
    .filter(({ id, locations }) => homes.has(id) && homes.get(id) !== locations[0])
    .map(
      ({ id }) =>
        `staff ${id}: the first location, home, was ${homes.get(id)} and can't change; list it first, or give the person a new id`,
    );
  if (faults.length > 0) throw new CatalogueInvalid(faults);
};

/**
 * Replaces the whole catalogue; what the new one lacks is deleted. Settings come last, with the new revision, so that
 * readers notice only when all the rest is in. Up to 99 rows it is one transaction.
 */
export const replaceCatalogue = async (table: RegularsTable, catalogue: Catalogue, revision: string): Promise<void> => {
  const entity = catalogueEntity(table);
  const { Items: old = [] } = await table
    .build(QueryCommand)
    .entities(entity)
    .query({ partition })
    .options({ consistent: true, maxPages: Number.POSITIVE_INFINITY })
    .send();
  refuseMovedHomes(old, catalogue);
  const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind}#${id}`;
  const versions = new Map(old.map((row) => [keyOf(row), row.version ?? 0]));
  const rows = [
    ...rowKinds.flatMap((kind) =>
      catalogue[kind].map((value, index) => ({ kind, id: value.id, order: orderAt(index), value })),
    ),
    { ...journeyKey, value: catalogue.journey },
    { ...settingsKey, value: catalogue.settings, revision },
  ].map((row) => ({ ...row, version: (versions.get(keyOf(row)) ?? 0) + 1 }));
  const kept = new Set(rows.map(keyOf));
  const gone = old.filter((row) => !kept.has(keyOf(row)));
  const actions = [
    ...gone.map(({ kind, id }) => entity.build(DeleteTransaction).key({ kind, id })),
    ...rows.map((row) => entity.build(PutTransaction).item(row)),
  ];
  for (let start = 0; start < actions.length; start += largestTransaction) {
    await execute(...actions.slice(start, start + largestTransaction));
  }
};
