import fc from 'fast-check';
import type { Scene } from '../scenes.ts';
import type { Route } from './document.ts';
import { type Known, mark } from './known.ts';
import { type Draft, draftsFor, textOf } from './requests.ts';
import type { Sent } from './send.ts';
import type { Values } from './values.ts';

/** A page as a route that asks for nothing but what its path names. */
export const pageAsRoute = ({ id, method, path }: { id: string; method: string; path: string }): Route => ({
  id: `page ${id}`,
  method,
  path: path.replace('{proxy+}', '{proxy}'),
  forStaff: false,
  params: [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = '']) => ({
    name,
    required: true,
    schema: { type: 'string', minLength: 1 },
  })),
  query: [],
  headers: [],
  body: undefined,
  answers: {},
});

const dates = ['from', 'day'];
const moments = ['startsAt', 'to'];
/** What addresses and forms of pages carry. */
const words = [
  ...[
    'service',
    'location',
    'staff',
    'source',
    'lang',
    'step',
    'each',
    'chosen',
    'edit',
    'done',
    'scope',
    'channel',
    'language',
    'at',
  ],
  ...['words', 'firstName', 'lastName', 'phone', 'email', 'notes', 'formToken', 'form', 'website', 'score-amina'],
  ...['score-marco', 'consent-email', 'consent-sms'],
];
const steps = ['services', 'location', 'staff', 'time', 'details', 'moved', 'cancelled', 'marketing', 'all', '1', '5'];

export interface PageDraft {
  draft: Draft;
  given: [name: string, value: string][];
  /** Of the form that is posted. */
  type: string;
}

/** What a visitor who means it sends. */
const entryOf = (scene: Scene): [name: string, value: string][] => [
  ['service', scene.service],
  ['location', scene.location],
  ['staff', scene.staff],
  ['startsAt', `${scene.from}T${scene.time}:00${scene.location === 'brooklyn' ? '-05:00' : '-08:00'}`],
  ['firstName', 'Nadia'],
  ['phone', mark('phone', scene.from.charCodeAt(9))],
  ['formToken', mark('formtoken', 0)],
  [`score-${scene.staff}`, '4'],
];

export const pageDraftsFor = (
  route: Route,
  values: Values,
  known: Known,
  scenes: fc.Arbitrary<Scene>,
  bearers: readonly string[],
) => {
  const text = (name: string) =>
    fc.oneof(
      { weight: 6, arbitrary: values.valid({ type: 'string' }, name) },
      { weight: 1, arbitrary: fc.constantFrom(...steps) },
      { weight: 1, arbitrary: values.wild({ type: 'string' }, name) },
    );
  const drawnFor = (name: string): fc.Arbitrary<unknown> => {
    if (dates.includes(name)) return values.wild({ type: 'string', format: 'date' });
    return moments.includes(name) ? values.wild({ type: 'string', format: 'date-time' }) : text(name);
  };
  const field = fc
    .constantFrom(...dates, ...moments, ...words, 'service', 'location')
    .chain((name) => drawnFor(name).map((value): [string, string] => [name, textOf(value)]));
  return fc.record({
    draft: draftsFor(route, values, known, bearers),
    given: fc.oneof(
      fc.tuple(scenes.map(entryOf), fc.array(field, { maxLength: 2 })).map(([entry, more]) => [...entry, ...more]),
      scenes.chain((scene) => fc.subarray(entryOf(scene))),
      fc.array(field, { maxLength: 12 }),
    ),
    type: fc.oneof(
      { weight: 6, arbitrary: fc.constant('application/x-www-form-urlencoded') },
      fc.constantFrom('multipart/form-data; boundary=x', 'text/plain', 'application/json'),
    ),
  });
};

const multipart = (fields: [string, string][]): string =>
  `${fields.map(([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--x--\r\n`;

/** Posts the fields, or puts them into the address. */
export const withFields = (sent: Sent, { given, type }: PageDraft, known: Known): Sent => {
  const fields = given.map(([name, value]): [string, string] => [name, known.fill(value)]);
  const encoded = new URLSearchParams(fields).toString();
  if (sent.method === 'GET')
    return { ...sent, target: `${sent.target}${sent.target.includes('?') ? '&' : '?'}${encoded}` };
  return {
    ...sent,
    headers: { ...sent.headers, 'content-type': type },
    body: type.startsWith('multipart') ? multipart(fields) : encoded,
  };
};
