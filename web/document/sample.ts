/** A piece of JSON Schema. */
export type Json = Record<string, unknown>;

const maxDepth = 14;

const byFormat: Record<string, string> = {
  date: '2026-11-24',
  'date-time': '2026-11-24T15:00:00Z',
  email: 'nadia@example.com',
  uri: 'https://salon.example',
};

const textFor = (schema: Json): string =>
  byFormat[String(schema['format'])] ??
  (/UTC|offset|time/i.test(String(schema['description'] ?? '')) ? '2026-11-24T10:00:00-05:00' : 'text');

type Inner = (schema: unknown) => unknown;

/** A value that the schema itself names; undefined where it names none. */
const named = (schema: Json): unknown => {
  const [choice] = (schema['enum'] ?? []) as unknown[];
  const standard = typeof schema['default'] === 'object' ? undefined : schema['default'];
  return schema['example'] ?? schema['const'] ?? choice ?? standard;
};

/** A map has a key of those that it allows, which is a language where it doesn't say. */
const objectOf = ({ properties, additionalProperties, propertyNames }: Json, inner: Inner): Json => {
  if (typeof properties === 'object' && properties)
    return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, inner(schema)]));
  if (typeof additionalProperties !== 'object') return {};
  const key = typeof propertyNames === 'object' ? inner(propertyNames) : 'en';
  return { [String(key)]: inner(additionalProperties) };
};

const byType: Record<string, (schema: Json, inner: Inner) => unknown> = {
  object: objectOf,
  array: ({ items }, inner) => (items ? [inner(items)] : []),
  integer: ({ minimum }) => minimum ?? 1,
  number: ({ minimum }) => minimum ?? 1,
  boolean: () => true,
  string: textFor,
};

/** An answer as it could be, made from its schema. `schemas`: those of the document's components, by name. */
export const sampleOf = (schema: Json, schemas: Record<string, Json>, depth = 0): unknown => {
  if (depth > maxDepth) return null;
  const inner: Inner = (each) => sampleOf((each ?? {}) as Json, schemas, depth + 1);
  const { $ref, type } = schema;
  if (typeof $ref === 'string') return inner(schemas[$ref.replace('#/components/schemas/', '')]);
  const [first] = (schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf'] ?? []) as Json[];
  return named(schema) ?? (first ? inner(first) : (byType[String(type)]?.(schema, inner) ?? null));
};
