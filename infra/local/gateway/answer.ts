/** An answer as it goes out over HTTP. */
export interface GatewayAnswer {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

/** API Gateway's own answers. */
export const gatewayMessage = (status: number, message: string): GatewayAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify({ message })),
});

interface StructuredResult {
  statusCode: number | string;
  headers?: Record<string, string | number | boolean>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
}

const isStructured = (result: unknown): result is StructuredResult =>
  typeof result === 'object' && result !== null && 'statusCode' in result;

const isFlat = (headers: unknown): boolean =>
  headers === undefined ||
  headers === null ||
  (typeof headers === 'object' && Object.values(headers).every((value) => typeof value !== 'object' || value === null));

const structured = (result: StructuredResult): GatewayAnswer => {
  const status = Number(result.statusCode);
  const { headers, cookies, body } = result;
  const wellFormed =
    Number.isInteger(status) &&
    status >= 100 &&
    status <= 599 &&
    isFlat(headers) &&
    (body === undefined || body === null || typeof body === 'string') &&
    (cookies === undefined || cookies === null || Array.isArray(cookies));
  if (!wellFormed) {
    console.error('A function answered what API Gateway does not understand:', JSON.stringify(result).slice(0, 500));
    return gatewayMessage(500, 'Internal Server Error');
  }
  const named = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  return {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...Object.fromEntries(named),
      ...(cookies?.length ? { 'set-cookie': cookies } : {}),
    },
    body: Buffer.from(body ?? '', result.isBase64Encoded ? 'base64' : 'utf8'),
  };
};

/** Turns a function's result into a response as API Gateway does for payload format 2.0. */
export const answerOf = (result: unknown): GatewayAnswer => {
  if (isStructured(result)) return structured(result);
  const text = typeof result === 'string' ? result : JSON.stringify(result ?? null);
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) };
};
