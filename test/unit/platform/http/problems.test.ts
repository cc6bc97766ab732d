import { describe, expect, test } from 'vitest';
import { timeTaken } from '../../../../shared/booking/problems.ts';
import { contracts } from '../../../../shared/contracts.ts';
import { problemSchema, problemSchemaOf, type RouteContract } from '../../../../shared/platform/http/contract.ts';
import {
  kindOf,
  Problem,
  type ProblemName,
  problems,
  unprocessable,
} from '../../../../shared/platform/http/problems.ts';
import { problemBody, problemResponse } from '../../../../shared/platform/http/server.ts';

const routes: readonly RouteContract[] = contracts;
const declared = new Set([...routes.flatMap(({ errors }) => errors), ...(Object.keys(problems) as ProblemName[])]);
const kinds = [...declared].map(kindOf);

describe('problems', () => {
  test.each(kinds)('$code goes out with its status, in the form that clients parse', (kind) => {
    const response = problemResponse(new Problem(kind, { detail: 'Because.' }));
    const told = problemSchema.parse(JSON.parse(response.body));
    expect(response.status).toBe(kind.status);
    expect(told).toEqual({
      type: `urn:regulars:problem:${kind.code}`,
      title: kind.title,
      status: kind.status,
      code: kind.code,
      detail: 'Because.',
    });
  });

  test('all mean that something went wrong', () => {
    expect(kinds.filter(({ status }) => status < 400 || status > 503)).toEqual([]);
  });

  test('have a code of their own, whoever declares them', () => {
    const codes = kinds.map(({ code }) => code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  test('declare members that every problem lacks, and each name with one schema', () => {
    const members = kinds.flatMap((kind) => Object.entries(kind.members));
    expect(members.map(([name]) => name)).toContain('nearest');
    expect(members.filter(([name]) => name in problemSchema.shape)).toEqual([]);
    expect(
      members.filter(([name, schema]) => members.some(([other, its]) => other === name && its !== schema)),
    ).toEqual([]);
  });

  test('are read with the members that the route’s kinds declare, and without any other', () => {
    const answer = { ...problemBody(new Problem('busy')), nearest: [{ startsAt: '2026-11-26T10:00:00+00:00' }] };
    expect(problemSchemaOf([timeTaken]).parse(answer)).toEqual(answer);
    expect(problemSchemaOf(['busy']).parse(answer)).toEqual(problemBody(new Problem('busy')));
    expect(problemSchemaOf([timeTaken]).safeParse({ ...answer, nearest: [{}] }).success).toBe(false);
  });

  test('say in one field what is allowed, if that is known', () => {
    expect(problemBody(unprocessable('staff', 'is unknown')).errors).toEqual([
      { path: 'staff', message: 'is unknown' },
    ]);
    expect(problemBody(unprocessable('staff', 'is unknown', ['amina'])).errors).toEqual([
      { path: 'staff', message: 'is unknown', allowed: ['amina'] },
    ]);
  });

  test('ask to try again only when they say when', () => {
    expect(problemResponse(new Problem('busy')).headers['retry-after']).toBeUndefined();
    expect(problemResponse(new Problem('busy', { retryAfter: 0 })).headers['retry-after']).toBe('0');
  });
});

/** What the platform itself answers on a route, before its use case has a say. */
const unavoidable = (contract: RouteContract): ProblemName[] => [
  ...(contract.body ? (['invalid_request', 'body_too_large', 'unsupported_media_type'] as const) : []),
  ...(contract.query || contract.params ? (['invalid_request'] as const) : []),
  ...(contract.idempotency ? (['idempotency_key_missing', 'idempotency_mismatch'] as const) : []),
  ...(contract.precondition ? (['invalid_request', 'version_missing', 'version_mismatch'] as const) : []),
  ...(Array.isArray(contract.caller) ? (['unauthenticated', 'forbidden'] as const) : []),
  ...(contract.caller === 'link' ? (['link_invalid', 'link_expired'] as const) : []),
];

describe('contracts', () => {
  test.each(routes.map((contract) => [contract.id, contract] as const))(
    '%s declares what can be refused before anybody looks at its business',
    (_, contract) => {
      expect(unavoidable(contract).filter((name) => !contract.errors.includes(name))).toEqual([]);
    },
  );

  test('declare parameters for every part of the path that is in braces, and for no other', () => {
    for (const { id, path, params } of routes) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect([id, Object.keys(params?.shape ?? {}).sort()]).toEqual([id, inPath.sort()]);
    }
  });

  test('have an id, and a method and path, of their own', () => {
    expect(new Set(routes.map(({ id }) => id)).size).toBe(routes.length);
    expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(routes.length);
  });

  test('with a body never are GETs, and a GET never asks for an Idempotency-Key or a version', () => {
    expect(
      routes.filter(
        ({ method, body, idempotency, precondition }) => method === 'GET' && (body || idempotency || precondition),
      ),
    ).toEqual([]);
  });

  test('answer JSON by a schema, or say what else they answer', () => {
    expect(routes.filter(({ answer, contentType }) => !answer === !contentType).map(({ id }) => id)).toEqual([]);
  });
});
