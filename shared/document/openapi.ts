import type * as z from 'zod';
import { problemSchemaOf, type RouteContract } from '../platform/http/contract.ts';
import type { AnyExample } from '../platform/http/examples.ts';
import { kindOf, problems } from '../platform/http/problems.ts';
import { createSchemas, type Json } from './schemas.ts';

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
  /** Empty where anybody may call. */
  security: Json[];
  parameters?: Parameter[];
  requestBody?: Json;
  responses: Record<string, Json>;
}

export interface OpenApi {
  openapi: '3.1.0';
  info: Json;
  servers: Json[];
  tags: Json[];
  paths: Record<string, Record<string, Operation>>;
  components: Json;
}

type Read = ReturnType<typeof createSchemas>['read'];

const parameters = (
  read: Read,
  schema: z.ZodObject | undefined,
  place: 'path' | 'query',
  values: Record<string, unknown> = {},
): Parameter[] => {
  if (!schema) return [];
  const { properties = {}, required = [] } = read(schema, 'input') as {
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

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** API Gateway refuses a missing or unfit token by itself, in words of its own. */
const gatewayRefusal = {
  type: 'object',
  properties: { message: { type: 'string' } },
  required: ['message'],
  description: 'API Gateway’s own answer, where no function was asked.',
};
const gatewayContent = { 'application/json': { schema: { $ref: '#/components/schemas/GatewayRefusal' } } };

const header = (description: string, schema: Json = { type: 'string' }): Json => ({ description, schema });

const headersOf = (status: number): Json => {
  if (status === 429 || status === 503)
    return { headers: { 'Retry-After': header('Seconds to wait.', { type: 'integer' }) } };
  return status === 405 ? { headers: { Allow: header('Methods that the path has.') } } : {};
};

const problemAnswers = (contract: RouteContract): Record<string, Json> => {
  const kinds = [...contract.errors, 'internal' as const, 'not_set_up' as const].map(kindOf);
  const byStatus = Map.groupBy(kinds, ({ status }) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, those]) => [
      status,
      {
        description: those.map(({ code, title }) => `\`${code}\`: ${title}`).join('. '),
        ...headersOf(status),
        content: status === 401 ? { ...problemContent, ...gatewayContent } : problemContent,
      },
    ]),
  );
};

/** The answer carries the version of what it shows, and the server its ETag. */
const hasVersion = ({ answer: schema }: RouteContract): boolean =>
  schema !== undefined && 'shape' in schema && 'version' in (schema as z.ZodObject).shape;

const answer = (read: Read, contract: RouteContract): Json => {
  const { answer: schema, contentType, summary } = contract;
  const type = contentType === 'application/json' ? 'object' : 'string';
  return {
    description: summary,
    ...(hasVersion(contract) ? { headers: { ETag: header('The version, in quotes, for If-Match.') } } : {}),
    content: schema
      ? { 'application/json': { schema: read(schema, 'output') } }
      : { [contentType ?? 'text/plain']: { schema: { type } } },
  };
};

const bodyOf = (read: Read, { body, bodyType }: RouteContract, example: unknown): Json =>
  body
    ? {
        requestBody: {
          required: true,
          content: {
            [bodyType ?? 'application/json']: {
              schema: read(body, 'input', bodyType === undefined),
              ...(example === undefined ? {} : { example }),
            },
          },
        },
      }
    : {};

const operation = (read: Read, contract: RouteContract, example: AnyExample = {}): Operation => {
  const all = [
    ...parameters(read, contract.params, 'path', example.params),
    ...parameters(read, contract.query, 'query', example.query),
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
    security: staff ? [{ staff: [] }] : [],
    ...(all.length > 0 ? { parameters: all } : {}),
    ...bodyOf(read, contract, example.body),
    responses: { [contract.status]: answer(read, contract), ...problemAnswers(contract) },
  };
};

/** The codes are the platform's own and those that some route declares. */
const problemDetails = (read: Read, contracts: readonly RouteContract[]): Json => {
  const declared = contracts.flatMap(({ errors }) => errors);
  const codes = declared.map((problem) => kindOf(problem).code);
  const described = read(problemSchemaOf(declared), 'output');
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
  const { named, read } = createSchemas();
  const paths: OpenApi['paths'] = {};
  for (const contract of contracts) {
    paths[contract.path] = {
      ...paths[contract.path],
      [contract.method.toLowerCase()]: operation(read, contract, examples[contract.id]),
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
    tags: [...new Set(contracts.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: problemDetails(read, contracts), GatewayRefusal: gatewayRefusal, ...named },
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
