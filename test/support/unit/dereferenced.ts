import type { OpenApi } from '../../../shared/document/openapi.ts';

/** The document with each named schema in the place of its reference, for readers that know one schema at a time. */
export const dereferenced = (document: OpenApi): OpenApi => {
  const { schemas } = document.components as { schemas: Record<string, unknown> };
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref, ...rest } = value as Record<string, unknown>;
    const inPlace = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, resolve(inner)]));
    if (typeof $ref !== 'string') return '$ref' in value ? { ...inPlace, $ref: resolve($ref) } : inPlace;
    const name = $ref.replace('#/components/schemas/', '');
    if (!(name in schemas)) throw new Error(`There is no schema ${name}`);
    return { ...(resolve(schemas[name]) as object), ...inPlace };
  };
  return resolve(document) as OpenApi;
};
