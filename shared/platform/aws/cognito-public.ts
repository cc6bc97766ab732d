import type { Cognito } from './cognito.ts';

/** For one call; whoever signs in waits. */
const patienceMs = 5_000;

/** Error of Cognito, named after its code: `NotAuthorizedException`. */
class Refused extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Error where nobody answered, or in time, or with something else than an answer. */
class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

interface Answer {
  __type?: string;
  message?: string;
}

/**
 * The calls of Cognito that anybody may make with a user's own password or tokens: unsigned, so that a function needs no
 * right for them. None is sent twice, since some use up what they bring. `endpoint`: another than AWS's for the region.
 */
export const createPublicCognito = (region: string, endpoint?: string): Cognito => {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const url = endpoint ?? `https://cognito-idp.${region}.${domain}/`;
  const ask = async (action: string, input: object): Promise<{ ok: boolean; status: number; answer: Answer }> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${action}`,
      },
      body: JSON.stringify(input),
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await response.text();
    return { ok: response.ok, status: response.status, answer: text ? JSON.parse(text) : {} };
  };
  return async <Output>(action: string, input: object): Promise<Output> => {
    const { ok, status, answer } = await ask(action, input).catch((cause: unknown) => {
      throw new Unreachable(`Cognito did not answer ${action}`, { cause });
    });
    if (ok) return answer as Output;
    const code = answer.__type?.split('#').at(-1)?.split(':')[0];
    if (status >= 500 || !code) throw new Unreachable(`Cognito answered ${action} with ${status}`);
    throw new Refused(code, answer.message ?? '');
  };
};
