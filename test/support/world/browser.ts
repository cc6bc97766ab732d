import { request as httpRequest } from 'node:http';
import { codeAt } from '../../../infra/local/services/pool/totp.ts';
import { dataOf } from '../outcomes.ts';
import type { World } from './world.ts';

/** Answer of the session's routes, as far as tests look at it. */
export interface Reply {
  status: number;
  /** Of a problem. */
  code: string | undefined;
  body: Record<string, string | boolean>;
  /** The `Set-Cookie` of the session that came along. */
  setCookie: string | undefined;
}

interface Exchanged {
  status: number;
  setCookies: string[];
  text: string;
}

/** A request from an address of this computer that the sender chooses, which `fetch` can't do. */
const exchangeFrom = (
  from: string,
  url: string,
  { method, headers, body }: { method: string; headers: Record<string, string>; body?: string },
): Promise<Exchanged> =>
  new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers, localAddress: from }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, setCookies: response.headers['set-cookie'] ?? [], text });
      });
    });
    request.on('error', reject);
    request.end(body);
  });

const exchange = async (url: string, request: Parameters<typeof exchangeFrom>[2]): Promise<Exchanged> => {
  const response = await fetch(url, request);
  return { status: response.status, setCookies: response.headers.getSetCookie(), text: await response.text() };
};

/** By TLS a cookie's name begins so. */
const plainName = (name = ''): CookieName => name.replace(/^__Secure-/, '') as CookieName;

/** Names of the cookies that the session's routes set. */
type CookieName = 'session' | 'device';

/**
 * A browser that keeps cookies, as a page of staff has it. `from`: the local address at which it stands, 127.x.y.z, each
 * of which is a household of its own.
 */
export const browserAt = (url: string, from?: string) => {
  const jar = new Map<CookieName, string>();
  let idToken: string | undefined;

  const keep = (setCookie: string): void => {
    const [pair = ''] = setCookie.split(';');
    const name = plainName(pair.split('=')[0]);
    if (setCookie.includes('Max-Age=0')) jar.delete(name);
    else jar.set(name, pair);
  };

  const ask = async (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> => {
    const request = {
      method: headers['x-method'] ?? 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(jar.size === 0 ? {} : { cookie: [...jar.values()].join('; ') }),
        ...(idToken === undefined ? {} : { authorization: `Bearer ${idToken}` }),
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const address = `${url}/v1/session${path}`;
    const response = await (from === undefined ? exchange(address, request) : exchangeFrom(from, address, request));
    for (const each of response.setCookies) keep(each);
    const setCookie = response.setCookies.find((each) => plainName(each.split('=')[0]) === 'session');
    const answer = JSON.parse(response.text) as Record<string, string>;
    if (answer['idToken']) idToken = answer['idToken'];
    return { status: response.status, code: answer['code'], body: answer, setCookie };
  };
  return {
    ask,
    signIn: (email: string, password: string) => ask('', { email, password }),
    end: () => ask('', undefined, { 'x-method': 'DELETE' }),
    /** The session's cookie, or the one by which the device is known. */
    cookie: (name: CookieName = 'session') => jar.get(name),
    /** Puts a cookie back that a copy was kept of. */
    holding: (held: string | undefined, name: CookieName = 'session') => {
      if (held === undefined) jar.delete(name);
      else jar.set(name, held);
    },
    token: () => idToken ?? '',
  };
};
export type Browser = ReturnType<typeof browserAt>;

/** The password of a user of the pool. */
export const passwordOf = ({ system }: World, email: string): string => {
  const user = system.users().find((each) => each.email === email);
  if (!user) throw new Error(`nobody is ${email}`);
  return user.password;
};

/** Signs in with the password alone. */
export const signedIn = async (world: World, email: string): Promise<Browser> => {
  const browser = browserAt(world.system.url);
  const { status, body } = await browser.signIn(email, passwordOf(world, email));
  if (status !== 200) throw new Error(JSON.stringify(body));
  return browser;
};

/** The code that the authenticator with the secret shows now. */
export const codeNow = ({ system }: World, secret: string): string => codeAt(secret, system.clock.now());

/** Turns on the authenticator of somebody who is signed in; answers its secret. */
export const enrol = async (world: World, browser: Browser, email: string): Promise<string> => {
  const started = await browser.ask('/authenticator', { password: passwordOf(world, email) });
  const secret = String(started.body['secret']);
  const confirmed = await browser.ask('/authenticator/confirm', { code: codeNow(world, secret) });
  if (confirmed.status !== 200) throw new Error(JSON.stringify([started.body, confirmed.body]));
  return secret;
};

/** Shuts somebody out. */
export const remove = async (world: World, email: string): Promise<void> => {
  const owner = world.as('owner', 'first-owner@example.com');
  const person = dataOf(await owner.listPeople({})).people.find((each) => each.email === email);
  dataOf(await owner.removePerson({ params: { sub: person?.sub ?? '' } }));
};
