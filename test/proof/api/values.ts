import fc from 'fast-check';
import { day } from '../../support/durations.ts';
import type { Schema } from './document.ts';
import { type Known, kindOf, mark } from './known.ts';

/** What no schema of ours asks for, and what has broken others. */
const nasty: unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  -1e-308,
  2 ** 53,
  -(2 ** 63),
  '',
  ' ',
  '\u0000',
  '\ud800',
  'a\udc00b',
  '\u202etxet\u202c',
  'नमस्ते',
  '👩‍👩‍👧‍👦',
  'e\u0301'.repeat(40),
  '\u200b\u200d',
  'İıſK',
  'x'.repeat(3_000),
  '😀'.repeat(700),
  '__proto__',
  'constructor',
  '<script>alert(1)</script>',
  "'; DROP TABLE clients; --",
  '{{firstName}} {{7*7}} %s %n',
  '../../etc/passwd',
  'a/b',
  'a#b#c',
  'a,b,,c',
  ',',
  'NaN',
  '1e9',
  '-0',
  '0x10',
  '24:00',
  '99:99',
  '9999-12-31',
  '0000-00-00',
  '2026-02-30',
  '2026-13-01',
  '2026-11-24T25:00',
  '9999-12-31T23:59:59Z',
  '0001-01-01T00:00',
  '2027-03-14T02:30',
  '2027-11-07T01:30',
  '2026-11-24T10:00+99:00',
  '2026-11-24T10:00:00.000000000Z',
  'P99999999999Y',
  'PT0.0000001S',
  [],
  {},
  [[[[[]]]]],
  [null],
  { length: 1e9 },
  { toString: 1 },
  Array.from({ length: 300 }, (_, index) => index),
];

/** Where a caller could mean something by it, words that mean something. */
const sensible = [
  '2026-11',
  '2026-12',
  '09:00',
  '17:30',
  'PT0S',
  'PT2H',
  '-P1D',
  'P7D',
  'USD',
  'US',
  'en',
  'America/New_York',
  'Asia/Dhaka',
  'Nadia',
  'নাদিয়া',
  'Hello {{firstName}}',
  '+1 718 555 0123',
  'nadia@example.com',
  'https://example.com/x',
  'vip',
  'true',
  '10',
];

/** Stands for a field that is left out. */
export const absent = Symbol('absent');

const localDate = (start: number) =>
  fc
    .oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 20 }) }, fc.integer({ min: -40, max: 200 }))
    .map((days) => new Date(start + days * day).toISOString().slice(0, 10));

const clockTime = fc
  .tuple(
    fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 9, max: 17 }) }, fc.integer({ min: 0, max: 23 })),
    fc.constantFrom('00', '15', '30', '45', '07'),
  )
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`);

const moment = (start: number) =>
  fc
    .tuple(localDate(start), clockTime, fc.constantFrom('', '', '', ':00', ':00Z', ':00-05:00'))
    .map(([date, time, rest]) => `${date}T${time}${rest}`);

/** Lookarounds are beyond fast-check; then whatever is sensible must do. */
const matching = (pattern: string): fc.Arbitrary<string>[] => {
  try {
    return [fc.stringMatching(new RegExp(pattern))];
  } catch {
    return [];
  }
};

/** What may be left out is there in one of four: the more fields, the more in which a request fails. */
export const optional = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(absent) }, { weight: 1, arbitrary });

export interface Values {
  /** What the schema allows, as far as it tells; known things where the field's name or the path hints at them. */
  valid(schema: Schema, name?: string): fc.Arbitrary<unknown>;
  /** The same with something out of place here and there. */
  wild(schema: Schema, name?: string): fc.Arbitrary<unknown>;
}

/** `start`: the instant, in milliseconds, around which times lie. */
export const createValues = (known: Known, start: number): Values => {
  const knownAs = (kind: string): fc.Arbitrary<string>[] =>
    known.has(kind) ? [fc.nat({ max: 999 }).map((number) => mark(kind, number))] : [];

  const text = (schema: Schema, name: string): fc.Arbitrary<string> => {
    const { minLength = 0, maxLength = 200, format, pattern } = schema;
    const fits = (value: string): boolean =>
      value.length >= minLength &&
      value.length <= maxLength &&
      (pattern === undefined || new RegExp(pattern, 'u').test(value));
    if (format === 'date') return localDate(start);
    if (format === 'date-time') return moment(start);
    if (format === 'email') return fc.nat({ max: 50 }).map((number) => `client${number}@example.com`);
    if (pattern && !fits('cut')) {
      if (fits('2026-11-24T10:00')) return moment(start);
      if (fits('2026-11-24')) return localDate(start);
      if (fits('10:00')) return clockTime;
    }
    const hinted = knownAs(kindOf(name));
    const id = pattern === '^[0-9a-z]{16}$' ? knownAs('id') : [];
    const found = sensible.filter(fits);
    const choices = [
      ...hinted.map((arbitrary) => ({ weight: 30, arbitrary })),
      ...id.map((arbitrary) => ({ weight: 3, arbitrary })),
      ...(found.length > 0 ? [{ weight: 3, arbitrary: fc.constantFrom(...found) }] : []),
      ...(pattern
        ? matching(pattern).map((arbitrary) => ({ weight: 1, arbitrary }))
        : [
            {
              weight: 2,
              arbitrary: fc.string({ minLength, maxLength: Math.min(maxLength, 300), unit: 'grapheme' }),
            },
          ]),
    ];
    return choices.length > 0 ? fc.oneof(...choices) : fc.constant('x'.repeat(Math.max(1, minLength)));
  };

  const whole = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): fc.Arbitrary<number> => {
    const min = minimum ?? (exclusiveMinimum === undefined ? 0 : exclusiveMinimum + 1);
    const max = maximum ?? (exclusiveMaximum === undefined ? Math.max(min, 1_000) : exclusiveMaximum - 1);
    const small = fc.integer({ min: Math.max(min, -1_000_000), max: Math.max(min, Math.min(max, 1_000_000)) });
    return fc.oneof({ weight: 5, arbitrary: small }, fc.constantFrom(min, max));
  };

  const build = (schema: Schema, name: string, wildness: number): fc.Arbitrary<unknown> => {
    const here = one(schema, name, wildness);
    return wildness === 0
      ? here
      : fc.oneof(
          { weight: 100 - wildness, arbitrary: here },
          { weight: wildness, arbitrary: fc.constantFrom(...nasty) },
        );
  };

  const extras = fc.dictionary(
    fc.constantFrom('extra', 'id', 'constructor', 'roles', 'status'),
    fc.constantFrom(...nasty),
    { maxKeys: 2 },
  );
  const seldom = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T, against = 9) =>
    fc.oneof({ weight: against, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary });

  const object = (schema: Schema, wildness: number): fc.Arbitrary<unknown> => {
    const { properties = {}, required = [], additionalProperties: rest, propertyNames } = schema;
    const drawn = fc.record(
      Object.fromEntries(
        Object.entries(properties).map(([key, inner]) => {
          const value = build(inner, key, wildness);
          return [key, required.includes(key) ? value : optional(value)];
        }),
      ),
    );
    const fields = drawn.map((value) => Object.fromEntries(Object.entries(value).filter(([, it]) => it !== absent)));
    const named = (
      propertyNames ? build(propertyNames, '', 0) : fc.constantFrom('a', 'b-c', 'en')
    ) as fc.Arbitrary<string>;
    const open = typeof rest === 'object' && Object.keys(rest).length > 0;
    const more = open ? fc.dictionary(named, build(rest, '', wildness), { maxKeys: 3 }) : fc.constant({});
    if (wildness === 0) return fc.tuple(fields, more).map(([value, others]) => ({ ...others, ...value }));
    const left = fc.constantFrom('', ...Object.keys(properties));
    return fc
      .tuple(
        fields,
        more, // One of them refuses the whole body, and some hold ten objects.
        seldom(extras, {}, 49),
        seldom(left, ''),
      )
      .map(([value, others, extra, without]) =>
        Object.fromEntries(Object.entries({ ...extra, ...others, ...value }).filter(([key]) => key !== without)),
      );
  };

  const one = (schema: Schema, name: string, wildness: number): fc.Arbitrary<unknown> => {
    if ('const' in schema) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const either = schema.anyOf ?? schema.oneOf;
    if (either) return fc.oneof(...either.map((each) => build(each, name, wildness)));
    if (schema.allOf) return build(Object.assign({}, ...schema.allOf), name, wildness);
    const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    switch (type) {
      case 'string':
        return text(schema, name);
      case 'integer':
        return whole(schema);
      case 'number':
        return fc.oneof(
          whole(schema),
          fc.double({ noNaN: true, min: schema.minimum ?? 0, max: schema.maximum ?? 1e6 }),
        );
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array': {
        if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map((each) => build(each, name, wildness)));
        const { minItems = 0, maxItems = Math.max(minItems, 3) } = schema;
        const most = wildness > 0 ? maxItems + 1 : Math.min(maxItems, Math.max(minItems, 4));
        return fc.array(build(schema.items ?? {}, name, wildness), {
          minLength: wildness > 0 ? 0 : minItems,
          maxLength: Math.min(most, minItems + 10),
        });
      }
      case 'object':
        return object(schema, wildness);
      default:
        return fc.oneof(fc.string(), fc.integer(), fc.boolean());
    }
  };

  return {
    valid: (schema, name = '') => build(schema, name, 0),
    wild: (schema, name = '') => build(schema, name, 8),
  };
};
