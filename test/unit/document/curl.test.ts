import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { contracts, examples } from '../../../shared/contracts.ts';
import { openApi } from '../../../shared/document/openapi.ts';
import type { RouteContract } from '../../../shared/platform/http/contract.ts';
import { curlOf } from '../../../web/document/curl.ts';
import { sampleOf } from '../../../web/document/sample.ts';
import { dereferenced } from '../../support/unit/dereferenced.ts';

const routes: readonly RouteContract[] = contracts;
const document = openApi(routes, 'https://salon.example', examples);
const operationOf = ({ path, method }: RouteContract) => {
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(path);
  return operation;
};
const commandOf = (route: RouteContract) => curlOf(route.method.toLowerCase(), route.path, operationOf(route));

/** The arguments of each command, as a shell hands them to a program. */
const read = (commands: readonly string[]): string[][] => {
  const script = `
    curl() { for each in "$@"; do printf '%s\\037' "$each"; done; printf '\\036'; }
    uuidgen() { echo 0b0f3b1e-0000-4000-8000-000000000000; }
    api=https://salon.example; token=abc
    ${commands.join('\n')}`;
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8', maxBuffer: 10_000_000 });
  expect(stderr).toBe('');
  return stdout
    .split('\u001e')
    .slice(0, -1)
    .map((line) => line.split('\u001f').slice(0, -1));
};

const parsed = read(routes.map(commandOf));

describe.each(routes.map((route, index) => [route.id, route, parsed[index] ?? []] as const))(
  'curl of %s',
  (id, route, args) => {
    const example = examples[id] ?? {};
    const behind = (flag: string) => args.flatMap((arg, index) => (args[index - 1] === flag ? [arg] : []));
    const url = new URL(args.find((arg) => arg.startsWith('https://')) ?? '');

    test('asks for the example', () => {
      expect(behind('-X')).toEqual(route.method === 'GET' ? [] : [route.method]);
      const given = Object.entries((example.query ?? {}) as object).map(([name, value]) => [name, String(value)]);
      expect([...url.searchParams]).toEqual(given);
      expect(url.pathname).not.toMatch(/[{}]/);
      const headers = behind('-H').map((header) => header.split(':')[0]);
      expect(headers.includes('authorization')).toBe(Array.isArray(route.caller));
      expect(headers.includes('idempotency-key')).toBe(route.idempotency === 'required');
      expect(headers.includes('if-match')).toBe(route.precondition === 'required');
      const [data = ''] = behind('-d');
      const isJson = headers.includes('content-type') && !route.bodyType;
      expect(isJson ? JSON.parse(data) : data).toEqual(
        isJson
          ? example.body
          : route.body
            ? new URLSearchParams(example.body as Record<string, string>).toString()
            : '',
      );
    });
  },
);

test('an apostrophe in an example stays one', () => {
  const route = routes.find(({ id }) => id === 'createAppointment');
  if (!route) throw new Error('no route');
  const operation = structuredClone(operationOf(route));
  const content = operation.requestBody?.['content'] as Record<string, { example: unknown }>;
  content['application/json'] = { ...content['application/json'], example: { notes: "I'm $late `now`" } };
  const [args = []] = read([curlOf('post', route.path, operation)]);
  expect(JSON.parse(args.at(-1) ?? '')).toEqual({ notes: "I'm $late `now`" });
});

test.each(routes.map((route) => [route.id, route] as const))(
  'a sample of the answer of %s has the shape of its schema',
  (_, route) => {
    const content = operationOf(route).responses[route.status]?.['content'] as Record<
      string,
      { schema: Record<string, unknown> }
    >;
    const schema = content['application/json']?.schema;
    if (!schema || !route.answer) return;
    const { schemas } = dereferenced(document).components as { schemas: Record<string, Record<string, unknown>> };
    const sample = sampleOf(schema, schemas);
    const missing = (route.answer.safeParse(sample).error?.issues ?? []).filter(
      ({ code }) => code === 'invalid_type' || code === 'unrecognized_keys',
    );
    expect(missing).toEqual([]);
  },
);
