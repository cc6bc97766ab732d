import type * as z from 'zod';
import { type Fault, fieldPath, maxNameLength, shortName } from './http/problems.ts';

type Path = readonly PropertyKey[];

/** Number of letters that differ, swapped neighbours counted as one. */
const distance = (a: string, b: string): number => {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const edited = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      row.push(swapped ? Math.min(edited, (before[j - 2] ?? 0) + 1) : edited);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
};

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The known name that was probably meant: at most a third of its letters differ, upper case and `_` set aside. */
export const nearestName = (name: string, known: readonly string[]): string | undefined => {
  const wanted = plain(name.slice(0, maxNameLength));
  const [nearest] = known
    .map((candidate) => ({ candidate, away: distance(wanted, plain(candidate)) }))
    .filter(({ candidate, away }) => away <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.away - b.away);
  return nearest?.candidate;
};

const unknown = (path: Path, name: string, known: readonly string[]): Fault => {
  const nearest = nearestName(name, known);
  return {
    path: fieldPath([...path, name]),
    message: `unknown field \`${shortName(name)}\`${nearest ? `; did you mean \`${nearest}\`?` : ''}`,
    allowed: known,
  };
};

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Schemas that say something about the value of another: that one tells the fields. */
const innerOf = (schema: z.core.$ZodTypes): z.core.$ZodType | undefined => {
  const { def } = schema._zod;
  if ('innerType' in def) return def.innerType;
  if (def.type === 'pipe') return def.in;
  if (def.type === 'lazy') return def.getter();
  return undefined;
};

/** Whether the value has something else in a field that has one value only, such as `kind: 'a'`. */
const contradicts = (schema: z.core.$ZodType, value: unknown): boolean => {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type !== 'object' || !isFields(value)) return false;
  return Object.entries(def.shape).some(([name, field]) => {
    const { def: wanted } = (field as z.core.$ZodTypes)._zod;
    return wanted.type === 'literal' && Object.hasOwn(value, name) && !wanted.values.includes(value[name] as never);
  });
};

/** An element or a field of a value. */
interface Part {
  name: string | number;
  value: unknown;
  /** Undefined where the name is not one of the known ones. */
  schema: z.core.$ZodType | undefined;
  known: readonly string[];
}

const partsOfObject = ({ shape, catchall }: z.core.$ZodObjectDef, fields: Fields): Part[] => {
  const known = Object.keys(shape);
  return Object.entries(fields).map(([name, value]) => {
    const schema = Object.hasOwn(shape, name) ? shape[name] : catchall;
    return { name, value, schema, known };
  });
};

const partsOfRecord = ({ keyType, valueType }: z.core.$ZodRecordDef, fields: Fields): Part[] => {
  const keys = (keyType as z.core.$ZodTypes)._zod.def;
  const known = keys.type === 'enum' ? Object.values(keys.entries).map(String) : undefined;
  return Object.entries(fields).map(([name, value]) => {
    const schema = !known || known.includes(name) ? valueType : undefined;
    return { name, value, schema, known: known ?? [] };
  });
};

/** Lists nothing for a value that is not what its schema says: that is no question of unknown fields. */
const partsOf = ({ def }: z.core.$ZodTypes['_zod'], value: unknown): Part[] => {
  if (def.type === 'array' && Array.isArray(value)) {
    return Array.from(value, (element, name) => ({ name, value: element, schema: def.element, known: [] }));
  }
  if (def.type === 'object' && isFields(value)) return partsOfObject(def, value);
  if (def.type === 'record' && isFields(value)) return partsOfRecord(def, value);
  return [];
};

/** Takes the alternative that the value names, or else the one that it comes nearest to. */
const walkUnion = (options: readonly z.core.$ZodType[], value: unknown, path: Path, max: number): Fault[] => {
  const named = options.filter((option) => !contradicts(option, value));
  const [best = []] = (named.length > 0 ? named : options)
    .map((option) => walk(option, value, path, max))
    .sort((one, other) => one.length - other.length);
  return best;
};

/** `max`: nobody reads more of them, and no body may keep a function busy with them. */
const walk = (schema: z.core.$ZodType, value: unknown, path: Path, max: number): Fault[] => {
  const typed = schema as z.core.$ZodTypes;
  const inner = innerOf(typed);
  if (inner) return walk(inner, value, path, max);
  const { def } = typed._zod;
  if (def.type === 'union') return walkUnion(def.options, value, path, max);
  const faults: Fault[] = [];
  for (const part of partsOf(typed._zod, value)) {
    if (faults.length >= max) break;
    if (part.schema) faults.push(...walk(part.schema, part.value, [...path, part.name], max - faults.length));
    else faults.push(unknown(path, String(part.name), part.known));
  }
  return faults;
};

/**
 * The fields of a value, at any depth, that its schema does not know: each with its path and the nearest name that the
 * schema knows. Zod drops them silently, which is right for what is stored (an older version may have written more) and
 * wrong for what somebody sends: a misspelt field would seem to be accepted. At most `max` of them.
 */
export const unknownFields = (schema: z.core.$ZodType, value: unknown, max = 20): Fault[] =>
  walk(schema, value, [], max);
