import { text } from 'node:stream/consumers';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';

/**
 * The Parameter Store of AWS Systems Manager, asked with what the table's client brings along: its credentials, region,
 * connections and signer, which cost a function's start 2 kB. Nothing of the SDK's own client for it is needed.
 */
export type ParameterStore = <Output>(action: string, input: object) => Promise<Output>;

/** What the service answered; `name` is its code, such as `ParameterNotFound`. */
class ParameterStoreError extends Error {
  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

const attempts = 3;
const patienceMs = 1_000;
/** Before the second attempt; five times as long before the third. */
const pauseMs = 50;

const codesOfThrottling = /^(?:Throttling|TooManyRequests|RequestLimitExceeded)/;

/** `endpoint`: another than AWS's for the region, as `AWS_ENDPOINT_URL_SSM` would name it. */
export const createParameterStore = (
  { credentials, region, requestHandler, sha256 }: DynamoDBClient['config'],
  endpoint?: string,
): ParameterStore => {
  const send = async (action: string, body: string): Promise<{ status: number; answer: string }> => {
    const place = await region();
    const domain = place.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    const url = new URL(endpoint ?? `https://ssm.${place}.${domain}`);
    const signer = new SignatureV4({ service: 'ssm', region: place, credentials, sha256 });
    const request = await signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port ? { port: Number(url.port) } : {}),
      path: url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`,
      headers: {
        host: url.host,
        'content-type': 'application/x-amz-json-1.1',
        'content-length': String(Buffer.byteLength(body)),
        'x-amz-target': `AmazonSSM.${action}`,
      },
      body,
    });
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), patienceMs);
    try {
      const { response } = await requestHandler.handle(request, { abortSignal: stop.signal });
      return { status: response.statusCode, answer: await text(response.body) };
    } finally {
      clearTimeout(timer);
    }
  };

  const once = async (
    action: string,
    body: string,
  ): Promise<{ output: unknown } | { fault: Error; final: boolean }> => {
    try {
      const { status, answer } = await send(action, body);
      if (status === 200) return { output: JSON.parse(answer) };
      const { __type: type = '', message = '', Message = message } = asObject(answer);
      const code = type.split('#').at(-1) || `HTTP ${status}`;
      return { fault: new ParameterStoreError(code, Message), final: status < 500 && !codesOfThrottling.test(code) };
    } catch (error) {
      return { fault: error as Error, final: false };
    }
  };

  return async <Output>(action: string, input: object) => {
    const body = JSON.stringify(input);
    for (let attempt = 1; ; attempt += 1) {
      const result = await once(action, body);
      if ('output' in result) return result.output as Output;
      if (result.final || attempt === attempts) throw result.fault;
      await new Promise<void>((resolve) => {
        setTimeout(resolve, pauseMs * 5 ** (attempt - 1));
      });
    }
  };
};

const asObject = (answer: string): Record<string, string> => {
  try {
    return JSON.parse(answer) ?? {};
  } catch {
    return {};
  }
};

export interface Parameter {
  value: string;
  /** Seconds since 1970. */
  modifiedAt: number;
}

/** A SecureString in the clear; undefined where there is none of that name. */
export const readParameter = async (store: ParameterStore, name: string): Promise<Parameter | undefined> => {
  try {
    const { Parameter } = await store<{ Parameter: { Value: string; LastModifiedDate: number } }>('GetParameter', {
      Name: name,
      WithDecryption: true,
    });
    return { value: Parameter.Value, modifiedAt: Parameter.LastModifiedDate };
  } catch (error) {
    if ((error as Error).name === 'ParameterNotFound') return undefined;
    throw error;
  }
};
