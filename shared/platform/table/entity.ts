import { Entity, type EntityAttrDefaultOptions, type FormattedItem } from 'dynamodb-toolbox/entity';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import type { ItemSchema, Schema, ValidValue } from 'dynamodb-toolbox/schema';
import { item } from 'dynamodb-toolbox/schema/item';
import { number } from 'dynamodb-toolbox/schema/number';
import type { Instant } from '../time/time.ts';
import { type RegularsTable, ttlAttribute } from './table.ts';

type Attributes = Record<string, Schema>;

interface Definition<N extends string, A extends Attributes> {
  /** Stands on every item: never change it. */
  name: N;
  attributes: { [K in keyof A]: A[K] };
  /** Place of an item in the table, by its key attributes: never change it either. */
  key: (of: ValidValue<ItemSchema<A>, { mode: 'key' }>) => { pk: string; sk: string };
}

/** A kind of item of the table; what is done with it (get, put, update) a store imports by itself, for small bundles. */
export const defineEntity =
  <const N extends string, A extends Attributes>({ name, attributes, key }: Definition<N, A>) =>
  (table: RegularsTable): Entity<N, RegularsTable, A, EntityAttrDefaultOptions, false> =>
    new Entity({ name, table, schema: item(attributes as never), computeKey: key, timestamps: false } as never);

/** The attribute of items that DynamoDB is to delete; among the attributes of their entity. */
export const expiring = { [ttlAttribute]: number() };

/** The value of that attribute: the instant in whole seconds, never before it. */
export const expiryAt = (instant: Instant): number => Math.ceil(instant / 1000);

/** Reads items as the stream has them, unmarshalled. */
export const parserOf =
  <E extends Entity>(entity: E) =>
  (image: Record<string, unknown>): FormattedItem<E> =>
    entity.build(EntityFormatter).format(image) as FormattedItem<E>;
