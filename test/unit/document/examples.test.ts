import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedSamples } from '../../../infra/samples/generate.ts';
import { contracts, examples } from '../../../shared/contracts.ts';
import { openApi } from '../../../shared/document/openapi.ts';
import type { RouteContract } from '../../../shared/platform/http/contract.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const routes: readonly RouteContract[] = contracts;
const document = openApi(routes, 'https://salon.example', examples);

it('every route has an example, and no example is of a route that is gone', () => {
  expect(Object.keys(examples).sort()).toEqual(routes.map(({ id }) => id).sort());
});

describe.each(routes.map((route) => [route.id, route] as const))('the example of %s', (id, route) => {
  const example = examples[id] ?? {};

  it('is a request that the route takes, with all of its parameters', () => {
    for (const part of ['params', 'query', 'body'] as const) {
      const schema = route[part];
      if (schema === undefined) expect(example[part], part).toBeUndefined();
      else expect(schema.safeParse(example[part]).error?.issues, part).toBeUndefined();
    }
  });

  it('stands in the document of the API', () => {
    const operation = document.paths[route.path]?.[route.method.toLowerCase()];
    const shown = (place: 'path' | 'query') =>
      Object.fromEntries(
        (operation?.parameters ?? [])
          .filter((parameter) => parameter.in === place && parameter.example !== undefined)
          .map(({ name, example: value }) => [name, value]),
      );
    expect(shown('path')).toEqual(example.params ?? {});
    expect(shown('query')).toEqual(example.query ?? {});
    const content = operation?.requestBody?.['content'] as Record<string, { example?: unknown }> | undefined;
    expect(Object.values(content ?? {}).map((body) => body.example)).toEqual(route.body ? [example.body] : []);
  });
});

it.each(generatedSamples().map(({ file, text }) => [file, text]))(
  'events/%s is what `npm run samples` writes',
  (file, text) => {
    expect(readFileSync(join(root, 'events', file), 'utf8')).toBe(text);
  },
);
