import type { OpenApi, Operation } from '../../../shared/document/openapi.ts';
import { dereferenced } from '../../support/unit/dereferenced.ts';

/** A piece of JSON Schema 2020-12, as far as the document uses it. */
export interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  items?: Schema;
  prefixItems?: Schema[];
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  propertyNames?: Schema;
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

export interface Field {
  name: string;
  required: boolean;
  schema: Schema;
}

/** One route, as whoever reads only the document knows it. */
export interface Route {
  id: string;
  method: string;
  path: string;
  /** Of staff; where not, clients call it without a token. */
  forStaff: boolean;
  params: Field[];
  query: Field[];
  headers: Field[];
  body: { contentType: string; schema: Schema } | undefined;
  /** By status: the content types with their schemas. */
  answers: Record<string, Record<string, Schema>>;
}

const contentOf = (part: unknown): Record<string, Schema> => {
  const { content = {} } = (part ?? {}) as { content?: Record<string, { schema: Schema }> };
  return Object.fromEntries(Object.entries(content).map(([type, { schema }]) => [type, schema]));
};

const routeOf = (method: string, path: string, operation: Operation): Route => {
  const fields = (place: string): Field[] =>
    (operation.parameters ?? [])
      .filter((parameter) => parameter.in === place)
      .map(({ name, required, schema }) => ({ name, required, schema: schema as Schema }));
  const [body] = Object.entries(contentOf(operation.requestBody));
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    forStaff: (operation.security?.length ?? 0) > 0,
    params: fields('path'),
    query: fields('query'),
    headers: fields('header'),
    body: body && { contentType: body[0], schema: body[1] },
    answers: Object.fromEntries(
      Object.entries(operation.responses).map(([status, response]) => [status, contentOf(response)]),
    ),
  };
};

export const routesOf = (document: OpenApi): Route[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => routeOf(method, path, operation)),
  );

/** The document that a running system serves, its named schemas in their places. */
export const fetchDocument = async (url: string): Promise<OpenApi> =>
  dereferenced((await (await fetch(`${url}/v1/openapi.json`)).json()) as OpenApi);
