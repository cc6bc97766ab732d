import * as z from 'zod';

export type Json = Record<string, unknown>;

const isString = (schema: Json): boolean => schema['type'] === 'string';

/** Choices of constants as one `enum` for each type; of texts, any of which would do, as a text. Many generators know no other form. */
const mergeChoices = (schema: Json): void => {
  const choices = schema['anyOf'] as Json[] | undefined;
  if (!choices) return;
  if (choices.every((choice) => 'const' in choice)) {
    const byType = [...Map.groupBy(choices, (choice) => choice['type'])].map(([type, those]) => ({
      type,
      enum: those.map((choice) => choice['const']),
    }));
    delete schema['anyOf'];
    Object.assign(schema, byType.length === 1 ? byType[0] : { anyOf: byType });
  } else if (choices.every(isString) && choices.some((choice) => 'const' in choice)) {
    delete schema['anyOf'];
    schema['type'] = 'string';
  }
};

/** Length in place of a pattern by classes of Unicode, which engines of other languages than ECMAScript can't read. */
const withoutUnicodeClasses = (schema: Json): void => {
  if (!String(schema['pattern'] ?? '').includes('\\p{')) return;
  delete schema['pattern'];
  schema['minLength'] ??= 1;
};

/** Every number of ECMAScript lies within these bounds. */
const withoutSafeBounds = (schema: Json): void => {
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
};

/** Defaults of objects make clients that don't compile; each field has its own. */
const withoutObjectDefault = (schema: Json): void => {
  if (typeof schema['default'] === 'object' && !Array.isArray(schema['default'])) delete schema['default'];
};

/** Reads schemas into JSON Schema 2020-12; those with an id once, under `components`, with `Input` where they come in. */
export const createSchemas = () => {
  const named: Record<string, Json> = {};

  const nameOf = (id: string, io: 'input' | 'output'): string => (io === 'input' ? `${id}Input` : id);

  const hoisted = (value: unknown, io: 'input' | 'output'): unknown => {
    if (Array.isArray(value)) return value.map((item) => hoisted(item, io));
    if (typeof value !== 'object' || value === null) return value;
    const { $defs, ...rest } = value as Json;
    for (const [key, schema] of Object.entries(($defs ?? {}) as Record<string, Json>))
      named[nameOf(key, io)] ??= hoisted(schema, io) as Json;
    const entries = Object.entries(rest).filter(([key, inner]) => key !== 'id' || typeof inner !== 'string');
    return Object.fromEntries(
      entries.map(([key, inner]) => [
        key,
        key === '$ref' && typeof inner === 'string'
          ? inner.replace(/^#\/\$defs\/(.*)$/, (_, name: string) => `#/components/schemas/${nameOf(name, io)}`)
          : hoisted(inner, io),
      ]),
    );
  };

  return {
    named,
    /** `strict`: as what comes in is read, where unknown fields are refused at any depth. */
    read(schema: z.ZodType, io: 'input' | 'output', strict = io === 'output'): Json {
      const { $schema: _, ...described } = z.toJSONSchema(schema, {
        io,
        unrepresentable: 'any',
        target: 'draft-2020-12',
        override: ({ zodSchema, jsonSchema }) => {
          if (strict && zodSchema._zod.def.type === 'object' && !jsonSchema.$ref)
            jsonSchema.additionalProperties ??= false;
          mergeChoices(jsonSchema);
          withoutUnicodeClasses(jsonSchema);
          withoutObjectDefault(jsonSchema);
          withoutSafeBounds(jsonSchema);
        },
      });
      return hoisted(described, io) as Json;
    },
  };
};
