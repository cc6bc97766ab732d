import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { OpenApi } from '../../../shared/document/openapi.ts';
import type { Route, Schema } from './document.ts';
import type { Reply, Sent } from './send.ts';

/** Nothing of ours says such words to a caller. */
const internals =
  /\bat \S+ \(|\bat (?:async )?\/|node:internal|\/functions\/|\/shared\/|node_modules|index\.mjs|dynamodb|ConditionalCheck|Transaction(?:Canceled|Conflict)|ValidationException|TypeError|RangeError|SyntaxError|ReferenceError|ZodError|ECONN|AWS_|"stack"/i;

export const leaks = (text: string): string | undefined => internals.exec(text)?.[0];

const mediaType = (type: unknown): string => String(type ?? '').replace(/;\s+/g, ';');

/** API Gateway's own words, before any function is asked. */
const gatewaySays: Record<string, RegExp> = {
  400: /^\{"message":"Bad Request"\}$/,
  401: /^\{"message":"Unauthorized"\}$/,
  // A head of more than 16 kB.
  431: /^$/,
};

/** Whether the request's path, tidied as gateways tidy it, still leads to the route. */
const leadsTo = (route: Route, { target }: Sent): boolean => {
  const pattern = new RegExp(`^${route.path.replace(/[.+]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}$`);
  const { pathname } = new URL(`http://x${target}`);
  // Behind a greedy route nobody can tell `/` from `%2F` any more.
  return pattern.test(route.forStaff ? pathname.replace(/%2f/gi, '/') : pathname);
};

/** Says what is wrong with an answer by the document, or nothing. */
export const createJudge = (document: OpenApi) => {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  formats.default(ajv);
  const { schemas } = document.components as { schemas: Record<string, Schema> };
  for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(schema, `#/components/schemas/${name}`);
  const compiled = new Map<Schema, ValidateFunction>();
  const validate = (schema: Schema, value: unknown): string | undefined => {
    const check = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, check);
    return check(value) ? undefined : ajv.errorsText(check.errors);
  };

  return (route: Route, sent: Sent, reply: Reply): string | undefined => {
    const { status, text, headers } = reply;
    const short = text.slice(0, 400);
    if (status >= 500 && !(status === 503 && route.answers[503])) return `answers ${status}: ${short}`;
    const leak = leaks(text);
    if (leak) return `shows internals (${leak}): ${short}`;
    if (!leadsTo(route, sent) || gatewaySays[status]?.test(text)) return undefined;
    const declared = route.answers[status];
    if (!declared) return `answers ${status}, which the document does not know: ${short}`;
    const type = mediaType(headers['content-type']);
    const found = Object.entries(declared).find(([one]) => mediaType(one) === type);
    if (!found) return `answers ${status} as ${type}, not as ${Object.keys(declared).join(' or ')}: ${short}`;
    if (!type.includes('json')) return undefined;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return `answers ${status} with what is no JSON: ${short}`;
    }
    const fault = validate(found[1], value);
    return fault && `answers ${status} outside its schema: ${fault}: ${short}`;
  };
};
