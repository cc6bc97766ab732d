import { Entity } from 'dynamodb-toolbox/entity';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { DeleteTransaction } from 'dynamodb-toolbox/entity/actions/transactDelete';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { execute } from 'dynamodb-toolbox/entity/actions/transactWrite';
import { any } from 'dynamodb-toolbox/schema/any';
import { item } from 'dynamodb-toolbox/schema/item';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import type { RegularsTable } from '../platform/table.ts';
import { type Catalogue, catalogueSchema, type StaffMember } from './catalogue.ts';
import { CatalogueInvalid } from './invalid.ts';

const partition = 'BUSINESS';
const kinds = ['locations', 'staff', 'categories', 'services', 'resources', 'journey'] as const;

/** Rows of the catalogue; `value` is parsed by its zod schema when read. */
const catalogueEntity = (table: RegularsTable) =>
  new Entity({
    name: 'Catalogue',
    table,
    schema: item({
      kind: string().key(),
      id: string().key(),
      order: string().optional(),
      value: any(),
      revision: string().optional(),
    }),
    computeKey: ({ kind, id }) => ({ pk: partition, sk: `${kind}#${id}` }),
    timestamps: false,
  });

const settingsKey = { kind: 'settings', id: 'settings' } as const;

/** The catalogue as it lies in the table; the reader beside it keeps it in memory. */
export const createCatalogueStore = (table: RegularsTable) => {
  const entity = catalogueEntity(table);
  return {
    async load(): Promise<{ catalogue: Catalogue; revision: string } | undefined> {
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
      const catalogue = catalogueSchema.parse({
        settings: settings.value,
        ...Object.fromEntries(kinds.map((kind) => [kind, rows(kind)])),
      });
      return { catalogue, revision: settings.revision ?? '' };
    },
    async revision(): Promise<string | undefined> {
      const { Item } = await entity
        .build(GetItemCommand)
        .key(settingsKey)
        .options({ consistent: true, attributes: ['kind', 'id', 'revision'] })
        .send();
      return Item?.revision;
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
  const rows = kinds.flatMap((kind) =>
    catalogue[kind].map((value, index) => ({ kind, id: value.id, order: String(index).padStart(4, '0'), value })),
  );
  const kept = new Set(rows.map(({ kind, id }) => `${kind}#${id}`));
  const gone = old.filter(({ kind, id }) => kind !== settingsKey.kind && !kept.has(`${kind}#${id}`));
  const actions = [
    ...rows.map((row) => entity.build(PutTransaction).item(row)),
    ...gone.map(({ kind, id }) => entity.build(DeleteTransaction).key({ kind, id })),
    entity.build(PutTransaction).item({ ...settingsKey, value: catalogue.settings, revision }),
  ];
  for (let start = 0; start < actions.length; start += largestTransaction) {
    await execute(...actions.slice(start, start + largestTransaction));
  }
};
