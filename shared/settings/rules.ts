import type * as z from 'zod';
import { type Catalogue, catalogueSchema, type Resource, type StaffMember } from '../business/catalogue.ts';
import type { HeldCatalogue, RowKind, RowWrite } from '../business/editor.ts';
import type { Role } from '../platform/http/contract.ts';
import { type Fault, fieldPath, Problem, unprocessable, versionMismatch } from '../platform/http/problems.ts';
import { stillUsed } from './problems.ts';

/** Lists of which the rows are edited one by one. */
export type ListKind = Exclude<RowKind, 'templates'>;
export type EditKind = ListKind | 'settings' | 'journey';

export interface Decisions {
  /** Decision on appointments ahead that would no longer fit. */
  decision?: 'keep' | 'cancel' | undefined;
  /** Meaning of another zone for appointments ahead. */
  zoneChange?: 'localTime' | 'instant' | undefined;
}

type Row = { id: string };

/** A request of staff; `version` is the one that they read. */
export type Edit =
  | { act: 'create'; kind: ListKind; value: Row }
  | { act: 'change'; kind: EditKind; id: string; value: unknown; version: string }
  | { act: 'retire'; kind: ListKind; id: string; version: string };

/** An edit that holds. */
export interface Prepared {
  id: string;
  before: unknown;
  /** The row as it shall be; of a deleted one as it was. */
  value: unknown;
  /** The version that it will have. */
  version: number;
  /** Undefined when nothing would change. */
  write: RowWrite | undefined;
  /** Names of the top-level fields that change. */
  fields: string[];
  /** The whole as it would be. */
  after: Catalogue;
}

const ones: Record<EditKind, string> = {
  settings: 'business',
  journey: 'journey',
  locations: 'location',
  staff: 'person',
  categories: 'category',
  services: 'service',
  resources: 'room or equipment',
};

/** The same to JSON, whatever the order of keys. */
export const same = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  ) ?? '';

const changedFields = (before: unknown, after: unknown): string[] => {
  const [old, now] = [before ?? {}, after ?? {}] as [Record<string, unknown>, Record<string, unknown>];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => !same(old[key], now[key]));
};

const found = (catalogue: Catalogue, kind: EditKind, id: string): unknown =>
  kind === 'settings' || kind === 'journey' ? catalogue[kind] : (catalogue[kind] as Row[]).find((row) => row.id === id);

const replaced = (catalogue: Catalogue, kind: EditKind, id: string, value: unknown): Catalogue => {
  if (kind === 'settings' || kind === 'journey') return { ...catalogue, [kind]: value };
  const list: Row[] = catalogue[kind];
  const row = value as Row;
  return {
    ...catalogue,
    [kind]: list.some((other) => other.id === id)
      ? list.map((other) => (other.id === id ? row : other))
      : [...list, row],
  };
};

/** Bookings on a diary can't follow its owner. */
const checkLasting = (kind: EditKind, before: unknown, value: unknown): void => {
  if (kind === 'staff') {
    const home = (before as StaffMember).locations[0] ?? '';
    if ((value as StaffMember).locations[0] !== home)
      throw unprocessable('value.locations[0]', 'the first location is home, where the diary lies, and can’t change', [
        home,
      ]);
  }
  if (kind === 'resources') {
    const { location } = before as Resource;
    if ((value as Resource).location !== location)
      throw unprocessable('value.location', 'can’t change, since the diary lies there; add another one instead', [
        location,
      ]);
  }
};

/** The field of the edited row on which others depend. */
const dependedOn: Partial<Record<EditKind, string>> = { settings: 'value.currency', resources: 'value.kind' };

const maxAllowed = 50;

/** The faults of the whole as faults of the body that was sent. */
const faultIn = (after: Catalogue, kind: EditKind, id: string, issue: z.core.$ZodIssue): Fault => {
  const [list, index, ...inRow] = issue.path;
  const allowed = issue.code === 'custom' ? (issue.params?.['allowed'] as string[] | undefined) : undefined;
  const choices = allowed && allowed.length <= maxAllowed ? { allowed } : {};
  if (list === kind && (kind === 'settings' || kind === 'journey'))
    return { path: fieldPath(['value', ...issue.path.slice(1)]), message: issue.message, ...choices };
  const row = (after[list as ListKind] as Row[] | undefined)?.[Number(index)];
  if (list === kind && row?.id === id)
    return { path: fieldPath(['value', ...inRow]), message: issue.message, ...choices };
  const elsewhere = `${ones[list as EditKind] ?? String(list)} ${row?.id ?? ''} depends on it: ${fieldPath(inRow)} ${issue.message}`;
  return { path: dependedOn[kind] ?? 'value', message: elsewhere };
};

const maxFaults = 20;

const checkWhole = (after: Catalogue, kind: EditKind, id: string): void => {
  const result = catalogueSchema.safeParse(after);
  if (result.success) return;
  const errors = result.error.issues.slice(0, maxFaults).map((issue) => faultIn(after, kind, id, issue));
  throw new Problem('unprocessable', {
    detail: errors.map(({ path, message }) => `${path}: ${message}`).join('; '),
    errors,
  });
};

const create = (held: HeldCatalogue, { kind, value }: Extract<Edit, { act: 'create' }>): Prepared => {
  const { catalogue } = held;
  const existing = found(catalogue, kind, value.id) as { retired?: boolean } | undefined;
  if (existing) {
    const how = existing.retired
      ? 'It has retired: PUT it with `retired: false` to bring it back.'
      : 'Change it by PUT.';
    const message = `there is a ${ones[kind]} "${value.id}" already`;
    throw new Problem('already_exists', {
      detail: `value.id: ${message}. ${how}`,
      errors: [{ path: 'value.id', message }],
    });
  }
  const after = replaced(catalogue, kind, value.id, value);
  checkWhole(after, kind, value.id);
  return {
    id: value.id,
    before: undefined,
    value,
    version: held.versionOf(kind, value.id) + 1,
    write: { kind, id: value.id, value },
    fields: changedFields(undefined, value),
    after,
  };
};

/** The row as it was read; throws not_found and version_mismatch. */
const asRead = (held: HeldCatalogue, { kind, id, version }: Exclude<Edit, { act: 'create' }>): unknown => {
  const before = found(held.catalogue, kind, id);
  if (!before) throw new Problem('not_found', { detail: `There is no ${ones[kind]} "${id}".` });
  const present = held.versionOf(kind, id);
  if (String(present) !== version) throw versionMismatch(present);
  return before;
};

const change = (held: HeldCatalogue, edit: Extract<Edit, { act: 'change' }>): Prepared => {
  const { kind, id, value } = edit;
  const before = asRead(held, edit);
  if (kind !== 'settings' && kind !== 'journey') {
    if ((value as Row).id !== id) throw unprocessable('value.id', 'is the id of the path, which does not change', [id]);
    checkLasting(kind, before, value);
  }
  const after = replaced(held.catalogue, kind, id, value);
  const version = held.versionOf(kind, id);
  if (same(before, value)) return { id, before, value, version, write: undefined, fields: [], after };
  checkWhole(after, kind, id);
  return {
    id,
    before,
    value,
    version: version + 1,
    write: { kind, id, value },
    fields: kind === 'journey' ? ['touchpoints'] : changedFields(before, value),
    after,
  };
};

const remove = (held: HeldCatalogue, edit: Extract<Edit, { act: 'retire' }>): Prepared => {
  const { id } = edit;
  const before = asRead(held, edit);
  const { catalogue } = held;
  const users = catalogue.services.filter(({ category }) => category === id).map((service) => service.id);
  if (users.length > 0)
    throw new Problem(stillUsed, {
      detail: `Services are in this category: ${users.slice(0, maxAllowed).join(', ')}. Put them into another first.`,
    });
  const after = { ...catalogue, categories: catalogue.categories.filter((category) => category.id !== id) };
  const version = held.versionOf('categories', id);
  return { id, before, value: before, version, write: { kind: 'categories', id, removed: true }, fields: [], after };
};

/** The catalogue after an edit; throws the Problem that names every field at fault. */
export const prepare = (held: HeldCatalogue, edit: Edit): Prepared => {
  if (edit.act === 'create') return create(held, edit);
  if (edit.act === 'change') return change(held, edit);
  if (edit.kind === 'categories') return remove(held, edit);
  const value = { ...(asRead(held, edit) as Row), retired: true };
  return change(held, { ...edit, act: 'change', value });
};

/** Fields of a location that managers may change; the rest is for the owner. */
const managersChange: readonly string[] = ['hours', 'breaks', 'holidays'];

/** Throws forbidden that names the fields. */
export const checkRole = (roles: readonly (Role | string)[], { kind }: Edit, { fields }: Prepared): void => {
  if (kind !== 'locations' || roles.includes('owner')) return;
  const others = fields.filter((field) => !managersChange.includes(field));
  if (others.length === 0) return;
  const message = `only the owner changes ${others.join(', ')} of a location`;
  throw new Problem('forbidden', {
    detail: `Your role may change ${managersChange.join(', ')}; ${message}.`,
    errors: others.map((field) => ({ path: `value.${field}`, message: 'is for the owner to change' })),
  });
};
