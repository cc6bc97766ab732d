import type { Operation } from '../../shared/document/openapi.ts';

/** A text as a shell reads it, whatever is in it. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const queryOf = (parameters: NonNullable<Operation['parameters']>): string => {
  const given = parameters.filter((each) => each.in === 'query' && each.example !== undefined);
  const query = new URLSearchParams(given.map(({ name, example }) => [name, String(example)])).toString();
  return query ? `?${query}` : '';
};

const headersOf = (operation: Operation, names: readonly string[], type: string | undefined): string[] => [
  ...(type ? [quoted(`content-type: ${type}`)] : []),
  ...(operation.security.length > 0 ? ['"authorization: Bearer $token"'] : []),
  ...(names.includes('Idempotency-Key') ? ['"idempotency-key: $(uuidgen)"'] : []),
  ...(names.includes('If-Match') ? [quoted('if-match: "1"')] : []),
];

const bodyOf = (operation: Operation): { type?: string; data?: string } => {
  const content = (operation.requestBody?.['content'] ?? {}) as Record<string, { example?: unknown }>;
  const [entry] = Object.entries(content);
  if (!entry) return {};
  const [type, { example = {} }] = entry;
  const data = type.endsWith('json')
    ? JSON.stringify(example, null, 2)
    : new URLSearchParams(example as Record<string, string>).toString();
  return { type, data };
};

/** The example of a route as a command for a shell in which `$api` is the address of the API, and `$token` that of staff. */
export const curlOf = (method: string, path: string, operation: Operation): string => {
  const { parameters = [] } = operation;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const { example } = parameters.find((each) => each.in === 'path' && each.name === name) ?? {};
    return encodeURIComponent(String(example ?? name));
  });
  const { type, data } = bodyOf(operation);
  const headers = headersOf(
    operation,
    parameters.filter((each) => each.in === 'header').map(({ name }) => name),
    type,
  );
  return [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"$api${filled}${queryOf(parameters)}"`,
    ...headers.map((header) => `-H ${header}`),
    ...(data === undefined ? [] : [`-d ${quoted(data)}`]),
  ].join(' \\\n  ');
};
