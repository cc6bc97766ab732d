import * as z from 'zod';
import { problemSchema, type RouteContract } from '../platform/http/contract.ts';
import type { AnyExample } from '../platform/http/examples.ts';
import { kindOf, problems } from '../platform/http/problems.ts';

type Json = Record<string, unknown>;

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: Json;
  example?: unknown;
}

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security?: Json[];
  parameters?: Parameter[];
  requestBody?: Json;
  responses: Record<string, Json>;
}

export interface OpenApi {
  openapi: '3.1.0';
  info: Json;
  servers: Json[];
  paths: Record<string, Record<string, Operation>>;
  components: Json;
}

/** `strict`: as what comes in is read, where unknown fields are refused at any depth. */
const jsonSchema = (schema: z.ZodType, io: 'input' | 'output', strict = io === 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
    override: ({ zodSchema, jsonSchema: described }) => {
      if (strict && zodSchema._zod.def.type === 'object') described.additionalProperties ??= false;
    },
  });
  return rest;
};

const parameters = (
  schema: z.ZodObject | undefined,
  place: 'path' | 'query',
  values: Record<string, unknown> = {},
): Parameter[] => {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(typeof description === 'string' ? { description } : {}),
    schema: rest,
    ...(values[name] === undefined ? {} : { example: values[name] }),
  }));
};

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'A fresh UUID for each new request; the same key gives the same answer for 24 hours.',
  schema: { type: 'string', minLength: 8, maxLength: 100 },
};

const ifMatch: Parameter = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The version that was read, in quotes; an answer’s `version`, which is its ETag, too.',
  schema: { type: 'string', pattern: '^(W/)?"?[A-Za-z0-9_.:-]{1,64}"?$' },
};

const problemAnswers = (contract: RouteContract): Record<string, Json> => {
  const kinds = [...contract.errors, 'internal' as const, 'not_set_up' as const].map(kindOf);
  const byStatus = Map.groupBy(kinds, ({ status }) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      {
        description: those.map(({ code, title }) => `\`${code}\`: ${title}`).join('. '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
};

const answer = ({ answer: schema, contentType, summary }: RouteContract): Json => ({
  description: summary,
  content: schema
    ? { 'application/json': { schema: jsonSchema(schema, 'output') } }
    : { [contentType ?? 'text/plain']: { schema: { type: contentType === 'application/json' ? 'object' : 'string' } } },
});

const operation = (contract: RouteContract, example: AnyExample = {}): Operation => {
  const all = [
    ...parameters(contract.params, 'path', example.params),
    ...parameters(contract.query, 'query', example.query),
    ...(contract.idempotency ? [idempotencyKey] : []),
    ...(contract.precondition ? [ifMatch] : []),
  ];
  const staff = Array.isArray(contract.caller) ? contract.caller : undefined;
  const description = [contract.description, staff && `For staff with one of the roles: ${staff.join(', ')}.`]
    .filter(Boolean)
    .join(' ');
  return {
    operationId: contract.id,
    tags: [contract.tag],
    summary: contract.summary,
    ...(description ? { description } : {}),
    ...(staff ? { security: [{ staff: [] }] } : {}),
    ...(all.length > 0 ? { parameters: all } : {}),
    ...(contract.body
      ? {
          requestBody: {
            required: true,
            content: {
              [contract.bodyType ?? 'application/json']: {
                schema: jsonSchema(contract.body, 'input', contract.bodyType === undefined),
                ...(example.body === undefined ? {} : { example: example.body }),
              },
            },
          },
        }
      : {}),
    responses: { [contract.status]: answer(contract), ...problemAnswers(contract) },
  };
};

/** The codes are the platform's own and those that some route declares. */
const problemDetails = (contracts: readonly RouteContract[]): Json => {
  const codes = contracts.flatMap(({ errors }) => errors).map((problem) => kindOf(problem).code);
  const described = jsonSchema(problemSchema, 'output');
  const properties = described['properties'] as Record<string, Json>;
  const code = { ...properties['code'], enum: [...new Set([...codes, ...Object.keys(problems)])].sort() };
  return { ...described, properties: { ...properties, code } };
};

/** OpenAPI 3.1 made from the contracts; `origin` is where this API answers. */
export const openApi = (
  contracts: readonly RouteContract[],
  origin: string,
  examples: Record<string, AnyExample> = {},
): OpenApi => {
  const paths: OpenApi['paths'] = {};
  for (const contract of contracts) {
    paths[contract.path] = {
      ...paths[contract.path],
      [contract.method.toLowerCase()]: operation(contract, examples[contract.id]),
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Regulars',
      version: '1',
      description:
        'Booking, diary, messages and reviews of a business that lives on appointments. Errors are RFC 9457 problem details; times are ISO 8601 with offset; money is in minor units.',
    },
    servers: [{ url: origin }],
    paths,
    components: {
      schemas: { Problem: problemDetails(contracts) },
      securitySchemes: {
        staff: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The ID token of a staff member, from Cognito.',
        },
      },
    },
  };
};
