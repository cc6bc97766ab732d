import { text } from 'node:stream/consumers';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';

/** Options that the calls of a service have in common. */
export interface Service {
  /** As requests are signed for it: `ssm`. */
  name: string;
  /** First part of its host's name: `ssm`, `email`. */
  host: string;
  /** Another place than AWS's for the region, as `AWS_ENDPOINT_URL_…` would name it. */
  endpoint: string | undefined;
  /** For one attempt; a second unless it says otherwise. */
  patienceMs?: number;
}

export interface SignedRequest {
  method: 'POST' | 'DELETE';
  /** Encoded. */
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Answer of the service; `name` is its code, such as `ParameterNotFound`. */
class CallFailed extends Error {
  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

const attempts = 3;
/** Before the second attempt; five times as long before the third. */
const pauseMs = 50;

const codesOfThrottling = /^(?:Throttling|TooManyRequests|RequestLimitExceeded)/;

const asObject = (answer: string): Record<string, string> => {
  try {
    return JSON.parse(answer) ?? {};
  } catch {
    return {};
  }
};

/**
 * A service of AWS, asked with what the table's client brings along: its credentials, region, connections and signer,
 * which cost a function's start 2 kB. Nothing of the SDK's own client for it is needed. A call throws an error that is
 * named after the service's code.
 */
export const createSignedCall = (
  { credentials, region, requestHandler, sha256 }: DynamoDBClient['config'],
  { name, host, endpoint, patienceMs = 1_000 }: Service,
) => {
  const send = async ({ method, path, headers = {}, body = '' }: SignedRequest) => {
    const place = await region();
    const domain = place.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    const url = new URL(endpoint ?? `https://${host}.${place}.${domain}`);
    const signer = new SignatureV4({ service: name, region: place, credentials, sha256 });
    const request = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port ? { port: Number(url.port) } : {}),
      path: `${url.pathname.replace(/\/$/, '')}${path}`,
      headers: { host: url.host, 'content-length': String(Buffer.byteLength(body)), ...headers },
      body,
    });
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patienceMs);
    try {
      const { response } = await requestHandler.handle(request, { abortSignal: stop.signal });
      const answer = await text(response.body);
      return { status: response.statusCode, code: response.headers['x-amzn-errortype'] ?? '', answer };
    } finally {
      clearTimeout(timer);
    }
  };

  const once = async (request: SignedRequest): Promise<{ output: unknown } | { fault: Error; final: boolean }> => {
    try {
      const { status, code: told, answer } = await send(request);
      if (status === 200) return { output: answer ? JSON.parse(answer) : {} };
      const { __type: type = told, message = '', Message = message } = asObject(answer);
      const code = type.split('#').at(-1)?.split(':')[0] || `HTTP ${status}`;
      return { fault: new CallFailed(code, Message), final: status < 500 && !codesOfThrottling.test(code) };
    } catch (error) {
      return { fault: error as Error, final: false };
    }
  };

  return async <Output>(request: SignedRequest): Promise<Output> => {
    for (let attempt = 1; ; attempt += 1) {
      const result = await once(request);
      if ('output' in result) return result.output as Output;
      if (result.final || attempt === attempts) throw result.fault;
      await new Promise<void>((resolve) => {
        setTimeout(resolve, pauseMs * 5 ** (attempt - 1));
      });
    }
  };
};
