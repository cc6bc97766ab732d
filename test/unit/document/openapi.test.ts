import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { contracts } from '../../../shared/contracts.ts';
import { openApi } from '../../../shared/document/openapi.ts';
import type { RouteContract } from '../../../shared/platform/http/contract.ts';
import { kindOf } from '../../../shared/platform/http/problems.ts';

const routes: readonly RouteContract[] = contracts;
const document = openApi(routes, 'https://salon.example');
const operationOf = ({ path, method }: RouteContract) => {
  const operation = document.paths[path]?.[method.toLowerCase()];
  if (!operation) throw new Error(`${method} ${path} is not in the document`);
  return operation;
};
const parametersOf = (contract: RouteContract, place: string) =>
  (operationOf(contract).parameters ?? []).filter((parameter) => parameter.in === place);
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
const each = routes.map((contract) => [contract.id, contract] as const);

/** Every schema in the document with the place where it stands. */
const schemasIn = (value: unknown, place = ''): [string, Record<string, unknown>][] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = `${place}/${key}`;
    return key === 'schema' ? [[here, inner] as [string, Record<string, unknown>]] : schemasIn(inner, here);
  });
};

describe('the document of the API', () => {
  test('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(document) as unknown as Record<string, unknown>);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
  });

  test('would be found out if it were not', async () => {
    const broken = { ...structuredClone(document), paths: { 'no-slash': { get: { responses: 5 } } } };
    expect((await new Validator().validate(broken as unknown as Record<string, unknown>)).valid).toBe(false);
  });

  test('has only schemas that a strict reader of JSON Schema 2020-12 understands', () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
    formats.default(ajv);
    const { schemas: named } = document.components as { schemas: Record<string, Record<string, unknown>> };
    for (const [name, schema] of Object.entries(named)) ajv.addSchema(schema, `#/components/schemas/${name}`);
    const schemas = [...Object.entries(named), ...schemasIn(document.paths)];
    expect(schemas.length).toBeGreaterThan(40);
    const faults = schemas.flatMap(([place, schema]) => {
      try {
        ajv.compile(schema);
        return [];
      } catch (error) {
        return [`${place}: ${(error as Error).message}`];
      }
    });
    expect(faults).toEqual([]);
  });

  test('has just the routes that there are', () => {
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(routes.map(({ id }) => id).sort());
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
  });

  test('says where the API answers', () => {
    expect(document.servers).toEqual([{ url: 'https://salon.example' }]);
  });

  test('leaves no schema without a type, so that clients made from it know what they get', () => {
    const untyped = schemasIn(document.paths).filter(
      ([, schema]) => !['type', '$ref', 'anyOf', 'oneOf', 'allOf', 'enum', 'const'].some((key) => key in schema),
    );
    expect(untyped.map(([place]) => place)).toEqual([]);
  });
});

describe('what generators of clients stumble over', () => {
  const { schemas: named } = document.components as { schemas: Record<string, Record<string, unknown>> };
  const all: Record<string, unknown>[] = [];
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    all.push(value as Record<string, unknown>);
    for (const inner of Object.values(value)) collect(inner);
  };
  collect(named);
  collect(document.paths);

  test('is not there: choices of constants, objects as defaults, patterns that only ECMAScript reads', () => {
    const constants = all.filter(({ anyOf }) => Array.isArray(anyOf) && anyOf.every((choice) => 'const' in choice));
    const defaults = all.filter(({ default: value }) => typeof value === 'object' && !Array.isArray(value) && value);
    const patterns = all.filter(({ pattern }) => typeof pattern === 'string' && /\\p\{/.test(pattern));
    expect({ constants, defaults, patterns }).toEqual({ constants: [], defaults: [], patterns: [] });
  });

  test('is not there: a type of its own for the same thing in each operation', () => {
    expect(Object.keys(named)).toEqual(
      expect.arrayContaining(['Appointment', 'DiaryAppointment', 'Money', 'Service', 'Location', 'WaitingListPlace']),
    );
    const references = all.filter(({ $ref }) => $ref === '#/components/schemas/Appointment');
    expect(references.length).toBeGreaterThan(5);
  });

  test('is not there: a name for a mere reference', () => {
    expect(Object.keys(named).filter((name) => named[name]?.['$ref'] !== undefined)).toEqual([]);
  });

  test('is not there: a reference that leads nowhere, or a tag that is not declared', () => {
    const names = all.flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref.split('/').at(-1) ?? ''] : []));
    expect(names.filter((name) => !(name in named))).toEqual([]);
    expect(document.tags.map(({ name }) => name)).toEqual([...new Set(routes.map(({ tag }) => tag))]);
  });
});

describe.each(each)('%s', (_, contract) => {
  const operation = operationOf(contract);

  test('tells what it does, to whom, and under which heading', () => {
    expect(operation.summary).toBe(contract.summary);
    expect(operation.tags).toEqual([contract.tag]);
    if (contract.description) expect(operation.description).toContain(contract.description);
  });

  test('declares every parameter of its path and query', () => {
    const inPath = [...contract.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    expect(parametersOf(contract, 'path').map(({ name }) => name)).toEqual(inPath);
    expect(parametersOf(contract, 'path').every(({ required }) => required)).toBe(true);
    const query = contract.query?.shape ?? {};
    expect(parametersOf(contract, 'query').map(({ name }) => name)).toEqual(Object.keys(query));
    for (const { name, required } of parametersOf(contract, 'query')) {
      expect([name, required]).toEqual([name, !query[name]?.safeParse(undefined).success]);
    }
  });

  test('declares every refusal, and that anything can break or not be set up', () => {
    const kinds = [...contract.errors, 'internal' as const, 'not_set_up' as const].map(kindOf);
    for (const { code, status } of kinds) {
      const response = operation.responses[status];
      expect(response?.['description']).toContain(`\`${code}\``);
      expect(response?.['content']).toEqual({
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        ...(status === 401 ? { 'application/json': { schema: { $ref: '#/components/schemas/GatewayRefusal' } } } : {}),
      });
      const headers = Object.keys((response?.['headers'] ?? {}) as object);
      expect(headers).toEqual({ 429: ['Retry-After'], 503: ['Retry-After'], 405: ['Allow'] }[status] ?? []);
    }
    const statuses = [contract.status, ...kinds.map(({ status }) => status)];
    expect(Object.keys(operation.responses).sort()).toEqual([...new Set(statuses.map(String))].sort());
  });

  test('shows what goes in and what comes out in the type that it has', () => {
    const body = operation.requestBody as { required: boolean; content: Record<string, unknown> } | undefined;
    expect(Object.keys(body?.content ?? {})).toEqual(contract.body ? [contract.bodyType ?? 'application/json'] : []);
    const answer = operation.responses[contract.status] as { content: Record<string, unknown> };
    expect(Object.keys(answer.content)).toEqual([contract.contentType ?? 'application/json']);
  });

  test('asks for a token just where staff are meant, and names the roles', () => {
    expect(operation.security).toEqual(Array.isArray(contract.caller) ? [{ staff: [] }] : []);
    if (Array.isArray(contract.caller)) expect(operation.description).toContain(contract.caller.join(', '));
  });

  test('asks for an Idempotency-Key and If-Match just where the contract does', () => {
    expect(parametersOf(contract, 'header').map(({ name, required }) => [name, required])).toEqual([
      ...(contract.idempotency ? [['Idempotency-Key', true]] : []),
      ...(contract.precondition ? [['If-Match', true]] : []),
    ]);
  });
});
