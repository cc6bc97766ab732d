import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { demoCatalogue } from '../../../infra/local/demo.ts';
import { contracts } from '../../../shared/contracts.ts';
import { openApi } from '../../../shared/document/openapi.ts';
import { type RouteContract, roles } from '../../../shared/platform/http/contract.ts';
import { bind, serve } from '../../../shared/platform/http/server.ts';
import { nearestName, unknownFields } from '../../../shared/platform/unknown-fields.ts';
import { parseCatalogue } from '../../../shared/settings/seed.ts';
import { dereferenced } from '../../support/unit/dereferenced.ts';

interface Schema {
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  propertyNames?: { enum?: string[] };
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  const?: unknown;
}

/** A place at which a body may hold fields: its path, the names known there, and a body that holds nothing else. */
interface Place {
  path: string;
  known: string[];
  body: (fields: object) => unknown;
}

/** Every object that a body may hold, as whoever reads only the document finds them. */
const placesIn = (schema: Schema, path = ''): Place[] => [
  ...(schema.properties ? [{ path, known: Object.keys(schema.properties), body: (fields: object) => fields }] : []),
  ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    placesIn(inner, path ? `${path}.${name}` : name).map((place) => ({
      ...place,
      body: (fields: object) => ({ ...constantsOf(schema), [name]: place.body(fields) }),
    })),
  ),
  ...(typeof schema.additionalProperties === 'object' ? keysOf(schema) : []).flatMap((key) =>
    placesIn(schema.additionalProperties as Schema, `${path}.${key}`).map((place) => ({
      ...place,
      body: (fields: object) => ({ [key]: place.body(fields) }),
    })),
  ),
  ...(schema.items ? placesIn(schema.items, `${path}[0]`) : []).map((place) => ({
    ...place,
    body: (fields: object) => [place.body(fields)],
  })),
  ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((option) => placesIn(option, path)),
];

const keysOf = ({ propertyNames }: Schema): string[] => (propertyNames?.enum ?? ['brooklyn']).slice(0, 1);

const constantsOf = ({ properties = {} }: Schema): object =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, inner]) => ('const' in inner ? [[name, inner.const]] : [])),
  );

const document = dereferenced(openApi(contracts, 'https://example.com'));

const bodySchemaOf = (contract: RouteContract): Schema => {
  const operation = document.paths[contract.path]?.[contract.method.toLowerCase()];
  const { content = {} } = (operation?.requestBody ?? {}) as { content?: Record<string, { schema: Schema }> };
  return content['application/json']?.schema ?? {};
};

const context = { sourceIp: '203.0.113.1', staff: { id: 'owner', roles } };

const params = new Proxy({}, { get: () => 'brooklyn' });

const send = async (contract: RouteContract, body: unknown, query: Record<string, string> = {}) => {
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'abcdefgh', 'if-match': '"1"' };
  const binding = bind({ ...contract, params: undefined } as unknown as RouteContract, (): never => {
    throw new Error('reached');
  });
  const { method, path } = contract;
  const request = { method, path, query, headers, params, body: JSON.stringify(body), context };
  const response = await serve(binding, request, (error) => {
    throw error;
  });
  return JSON.parse(response.body) as { code: string; errors: { path: string; message: string }[] };
};

const name = fc.oneof(fc.stringMatching(/^[a-zA-Z][a-zA-Z_]{0,20}$/), fc.constantFrom('constructor', 'toString', 'ID'));

describe.each(contracts.map((contract: RouteContract) => [contract.id, contract] as const))('%s', (_, contract) => {
  const places = placesIn(bodySchemaOf(contract));
  // Where no body is asked for, every field is unknown.
  const bodies: Place[] =
    places.length > 0 || contract.bodyType ? places : [{ path: '', known: [], body: (fields) => fields }];

  test.runIf(contract.method !== 'GET' && bodies.length > 0)(
    'refuses and names an extra field of the body',
    async () => {
      const run = async (place: Place, extra: string) => {
        if (place.known.includes(extra)) return;
        const { code, errors } = await send(contract, place.body({ [extra]: 1 }));
        const path = place.path ? `${place.path}.${extra}` : extra;
        expect(code).toBe('invalid_request');
        expect(errors).toContainEqual(
          expect.objectContaining({ path, message: expect.stringContaining(`unknown field \`${extra}\``) }),
        );
      };
      for (const place of bodies)
        await fc.assert(
          fc.asyncProperty(name, (extra) => run(place, extra)),
          { numRuns: 10 },
        );
    },
  );

  test.runIf(!contract.contentType)('refuses and names an extra field of the query', async () => {
    const known = Object.keys(contract.query?.shape ?? {});
    const run = async (extra: string) => {
      if (known.includes(extra)) return;
      const { code, errors } = await send(contract, {}, { [extra]: '1' });
      expect(code).toBe('invalid_request');
      expect(errors).toContainEqual(expect.objectContaining({ path: extra }));
    };
    await fc.assert(fc.asyncProperty(name, run), { numRuns: 10 });
  });
});

test('bodies with objects within objects are among those above', () => {
  const depths = contracts.flatMap((contract) =>
    placesIn(bodySchemaOf(contract)).map(({ path }) => path.split(/[.[]/).length),
  );
  expect(Math.max(...depths)).toBeGreaterThanOrEqual(4);
});

test('the document says that no body has other fields', () => {
  const closed = ({ properties, additionalProperties, items, anyOf = [], oneOf = [] }: Schema): boolean =>
    (!properties || additionalProperties === false) &&
    [...Object.values(properties ?? {}), ...(items ? [items] : []), ...anyOf, ...oneOf].every(closed);
  expect(contracts.filter((contract) => !closed(bodySchemaOf(contract))).map(({ id }) => id)).toEqual([]);
});

test.each([
  ['repeatDay', 'repeatDays'],
  ['repeat_days', 'repeatDays'],
  ['REPEATDAYS', 'repeatDays'],
  ['repaetDays', 'repeatDays'],
  ['colour', undefined],
  ['', undefined],
  ['x'.repeat(10_000), undefined],
])('%s is nearest to %s', (written, nearest) => {
  expect(nearestName(written, ['id', 'name', 'repeatDays', 'price'])).toBe(nearest);
});

const visit = z.object({
  service: z.object({ id: z.string() }).optional(),
  rule: z.discriminatedUnion('every', [
    z.object({ every: z.literal('week'), weekday: z.string() }),
    z.object({ every: z.literal('month'), day: z.int() }),
  ]),
  hours: z.partialRecord(z.enum(['mon', 'tue']), z.array(z.object({ from: z.string() }))).default({}),
  labels: z.record(z.string(), z.string()).default({}),
});

test('names each unknown field with its path, in optional parts, lists, records and the alternative that was meant', () => {
  const value = {
    service: { id: 'cut', ids: 1 },
    rule: { every: 'month', day: 1, weekday: 'mon' },
    hours: { mon: [{ from: '09:00', until: '10:00' }], tues: [] },
    labels: { anything: 'goes' },
  };
  expect(unknownFields(visit, value).map(({ path, message }) => [path, message])).toEqual([
    ['service.ids', 'unknown field `ids`; did you mean `id`?'],
    ['rule.weekday', 'unknown field `weekday`'],
    ['hours.mon[0].until', 'unknown field `until`'],
    ['hours.tues', 'unknown field `tues`; did you mean `tue`?'],
  ]);
});

test('values that are not of the schema at all have no unknown fields', () => {
  for (const value of [null, undefined, 1, 'text', [], [1]]) expect(unknownFields(visit, value)).toEqual([]);
  expect(unknownFields(visit, { service: [], rule: 'x', hours: { mon: {} } })).toEqual([]);
});

test('a body of unknown fields only is not read to its end', () => {
  const value = Object.fromEntries(Array.from({ length: 9_000 }, (_, index) => [`field${index}`, index]));
  expect(unknownFields(visit, value)).toHaveLength(20);
});

test('the seed file names what it does not know', async () => {
  const {
    services: [first, ...others],
    ...rest
  } = await demoCatalogue();
  const text = JSON.stringify({ ...rest, services: [{ ...first, repeatDay: 30 }, ...others], servces: [] });
  expect(() => parseCatalogue(text)).toThrow(
    'services.0.repeatDay: unknown field `repeatDay`; did you mean `repeatDays`?',
  );
  expect(() => parseCatalogue(text)).toThrow('servces: unknown field `servces`; did you mean `services`?');
});
