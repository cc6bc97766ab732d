import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { expect, test } from 'vitest';
import { defineEntity, expiring, expiryAt, parserOf } from '../../../../shared/platform/table/entity.ts';
import { createTable } from '../../../../shared/platform/table/table.ts';

const noteEntity = defineEntity({
  name: 'Note',
  attributes: { id: string().key(), words: string().optional(), at: number(), ...expiring },
  key: ({ id }) => ({ pk: `NOTE#${id}`, sk: 'NOTE' }),
});
const note = noteEntity(createTable('test'));
const given = { id: 'k3', words: 'Gate code', at: 1_000, expiresAt: 2 };

const storedOf = (item: typeof given): unknown => note.build(PutTransaction).item(item).params().Put?.Item;

test('an item has its key, its entity’s name and its attributes; nothing else', () => {
  expect(storedOf(given)).toEqual({ pk: 'NOTE#k3', sk: 'NOTE', entity: 'Note', ...given });
});

test('an attribute that is not among those of the entity is not stored', () => {
  expect(storedOf({ ...given, stray: true } as typeof given)).not.toHaveProperty('stray');
});

test('a stored item is read back as it was given', () => {
  expect(parserOf(note)({ pk: 'NOTE#k3', sk: 'NOTE', entity: 'Note', ...given })).toEqual(given);
});

test('an item of another shape is not taken for one', () => {
  expect(() => parserOf(note)({ pk: 'NOTE#k3', sk: 'NOTE', entity: 'Note', id: 'k3' })).toThrow(/at/);
});

test('an item goes in the second of its expiry or the next, never before', () => {
  expect([0, 1, 999, 1_000, 1_001].map(expiryAt)).toEqual([0, 1, 1, 1, 2]);
});
