import fc from 'fast-check';
import type { Field, Route } from './document.ts';
import { type Known, kindOf, mark } from './known.ts';
import type { Sent } from './send.ts';
import { absent, optional, type Values } from './values.ts';

/** A request as it is made up; marks of known things are still in it. */
export interface Draft {
  params: Record<string, unknown>;
  query: [name: string, value: unknown][];
  headers: Record<string, unknown>;
  body: { type: string | undefined; value: unknown; raw: boolean } | undefined;
  /** Whose token goes along: a role, `nobody`, or one that is no good. */
  as: string;
  gzip: boolean;
}

const brokenBodies = [
  '',
  ' ',
  '{',
  '}',
  'null',
  '[]',
  '1',
  '"text"',
  '{"a":1}{"b":2}',
  '{"__proto__":{"roles":["owner"]},"constructor":null}',
  '\ufeff{}',
  '{"startsAt":"2026-11-24T10:00","startsAt":1}',
  '['.repeat(20_000),
  `{"a":${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}}`,
  `{"words":"${'x'.repeat(70_000)}"}`,
  `{"notes":"${'€'.repeat(30_000)}"}`,
  'a=1&b=2',
  '{"a":"\ud83d"}',
  '{"n":1e999}',
];

const types = [
  undefined,
  'application/json',
  'application/json; charset=utf-16',
  'APPLICATION/JSON',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  ';;;',
  'application/json, text/html',
];

/** A path parameter `{id}` is what the word before it says. */
const nameInPath = (path: string, name: string): string => {
  const before = path.split(`/{${name}}`)[0]?.split('/').at(-1) ?? '';
  return name === 'id' && !before.startsWith('{') ? before : name;
};

const weighted = (usual: fc.Arbitrary<unknown>, odd: fc.Arbitrary<unknown>, wild: boolean) =>
  wild ? fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: odd }) : usual;

const record = (fields: Field[], drawnFor: (field: Field) => fc.Arbitrary<unknown>, wild: boolean) =>
  fc
    .record(
      Object.fromEntries(
        fields.map((field) => {
          const value = drawnFor(field);
          const without = { weight: 1, arbitrary: fc.constant<unknown>(absent) };
          if (!field.required) return [field.name, optional(value)];
          return [field.name, wild ? fc.oneof({ weight: 12, arbitrary: value }, without) : value];
        }),
      ),
    )
    .map((drawn) => Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== absent)));

const oddQuery = fc.array(
  fc.tuple(
    fc.constantFrom('x', '', 'limit', 'cursor', 'language', '__proto__', 'a[b]', 'from'),
    fc.constantFrom('', '-1', 'a b+c', '%', '\u0000', '999999999999999999999', 'x'.repeat(2_000), 'en', 'ключ', 'null'),
  ),
  { maxLength: 3 },
);

/** Requests for one route: sound ones, and ones with something out of place. */
export const draftsFor = (route: Route, values: Values, known: Known, bearers: readonly string[]) => {
  const drafts = (wild: boolean): fc.Arbitrary<Draft> => {
    const make = wild ? values.wild : values.valid;
    const paramOf = ({ name, schema }: Field): fc.Arbitrary<unknown> => {
      const hint = nameInPath(route.path, name);
      if (kindOf(name) !== 'token') return make(schema, hint);
      const place = route.path.split(`/{${name}}`)[0]?.split('/').at(-1) ?? '';
      const kinds = [`token/${place}`, 'token'].filter(known.has);
      const tokens = kinds.map((kind, index) => ({
        weight: index === 0 ? 8 : 2,
        arbitrary: fc.nat({ max: 999 }).map((number) => mark(kind, number)),
      }));
      return tokens.length > 0 ? weighted(fc.oneof(...tokens), make(schema, hint), wild) : make(schema, hint);
    };
    const headerOf = ({ name, schema }: Field): fc.Arbitrary<unknown> =>
      name.toLowerCase() === 'if-match' && known.has('version')
        ? weighted(
            fc.nat({ max: 999 }).map((number) => `"${mark('version', number)}"`),
            fc.constantFrom('*', '"a","b"', 'W/"1"', '1', '""', 'x'.repeat(200)),
            wild,
          )
        : name.toLowerCase() === 'idempotency-key'
          ? weighted(fc.uuid(), fc.constantFrom('', 'short', 'x'.repeat(101), 'the same key again'), wild)
          : make(schema, name);
    const sound = route.body && values.valid(route.body.schema);
    const body =
      route.body && sound
        ? wild
          ? fc.oneof(
              {
                weight: 8,
                arbitrary: make(route.body.schema).map((value) => ({
                  type: route.body?.contentType,
                  value,
                  raw: false,
                })),
              },
              {
                weight: 1,
                arbitrary: fc.constantFrom(...brokenBodies).map((value) => ({
                  type: route.body?.contentType,
                  value,
                  raw: true,
                })),
              },
              {
                weight: 1,
                arbitrary: fc
                  .tuple(sound, fc.constantFrom(...types))
                  .map(([value, type]) => ({ type, value, raw: false })),
              },
            )
          : sound.map((value) => ({ type: route.body?.contentType, value, raw: false }))
        : wild
          ? fc.constantFrom(undefined, { type: 'application/json', value: '{"a":', raw: true })
          : fc.constant(undefined);
    return fc.record({
      params: record(route.params, paramOf, false),
      query: fc
        .tuple(
          record(route.query, ({ name, schema }) => make(schema, name), wild),
          wild ? oddQuery : fc.constant([]),
        )
        .map(([asked, odd]) => [...Object.entries(asked), ...odd] as [string, unknown][]),
      headers: record(route.headers, headerOf, wild),
      body: body as fc.Arbitrary<Draft['body']>,
      as: route.forStaff
        ? fc.oneof({ weight: 6, arbitrary: fc.constant('owner') }, fc.constantFrom('nobody', ...bearers))
        : fc.oneof({ weight: 8, arbitrary: fc.constant('nobody') }, fc.constantFrom(...bearers)),
      gzip: fc.boolean(),
    });
  };
  return fc.oneof({ weight: 3, arbitrary: drafts(false) }, { weight: 2, arbitrary: drafts(true) });
};

export const textOf = (value: unknown): string =>
  (Array.isArray(value)
    ? value.map(textOf).join(',')
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value)
      : String(value)
  ).toWellFormed();

/** What headers can't carry is left out. */
const headerText = (value: unknown): string => textOf(value).replace(/[^\x20-\x7e]/g, '');

const formText = (value: unknown): string =>
  new URLSearchParams(Object.entries((value ?? {}) as object).map(([name, inner]) => [name, textOf(inner)])).toString();

const bodyText = (route: Route, { value, raw }: NonNullable<Draft['body']>): string =>
  raw
    ? String(value)
    : route.body?.contentType === 'application/x-www-form-urlencoded'
      ? formText(value)
      : (JSON.stringify(value) ?? '');

/** The request that goes out. `isolated`: has an address of its own. */
export const toSent = (route: Route, draft: Draft, known: Known, bearers: Record<string, string>): Sent => {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(known.fill(textOf(draft.params[name]))),
  );
  const query = draft.query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(known.fill(textOf(value)))}`)
    .join('&');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(draft.headers)) headers[name] = headerText(known.fill(textOf(value)));
  if (draft.body?.type !== undefined) headers['content-type'] = draft.body.type;
  const bearer = bearers[draft.as];
  if (bearer) headers['authorization'] = `Bearer ${bearer}`;
  if (draft.gzip) headers['accept-encoding'] = 'gzip';
  return {
    method: route.method,
    target: query ? `${path}?${query}` : path,
    headers,
    body: draft.body && known.fill(bodyText(route, draft.body)),
  };
};
