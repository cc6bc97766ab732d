import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Role } from '../../../shared/platform/http/contract.ts';
import { region, userPoolClientId, userPoolId } from '../services/names.ts';
import { writeAtomically } from '../state/state-file.ts';

export type Claims = Record<string, unknown>;

/** Stands in for Cognito: issues tokens for demo staff and verifies them as API Gateway's JWT authorizer does. */
export interface Identity {
  /** A token for a member of the role's group; `lifetimeSeconds` from now. */
  token(role: Role, email?: string, lifetimeSeconds?: number): string;
  /** A token of the pool with the claims, from now on. */
  issue(claims: Claims, lifetimeSeconds: number): string;
  /** The claims, or undefined when the token is malformed, tampered with, expired or not for this API. */
  verify(token: string): Claims | undefined;
}

const issuer = `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
/** Winding the clock by weeks shouldn't sign anybody out. */
const defaultLifetimeSeconds = 400 * 86_400;

/** A secret that lives as long as the data do, or as long as the process. */
export const tokenSecret = (file?: string): Buffer => {
  if (!file) return randomBytes(32);
  if (!existsSync(file)) writeAtomically(file, randomBytes(32).toString('hex'));
  return Buffer.from(readFileSync(file, 'utf8'), 'hex');
};

/** Whoever signs in with the address is always the same. */
export const subOf = (email: string): string =>
  createHmac('sha256', 'regulars').update(email).digest('hex').slice(0, 32);

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const decode = (part: string | undefined): Claims | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
};

const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

export const createIdentity = (secret: Buffer, now: () => number): Identity => {
  const sign = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();
  const seconds = (): number => Math.floor(now() / 1000);

  const issue = (claims: Claims, lifetimeSeconds: number): string => {
    const iat = seconds();
    const all = { ...claims, iss: issuer, aud: userPoolClientId, iat, exp: iat + lifetimeSeconds };
    const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(all)}`;
    return `${text}.${sign(text).toString('base64url')}`;
  };

  return {
    issue,
    token: (role, email = `${role}@example.com`, lifetimeSeconds = defaultLifetimeSeconds) =>
      issue(
        { sub: subOf(email), email, 'cognito:groups': [role], 'cognito:username': email, token_use: 'id' },
        lifetimeSeconds,
      ),
    verify: (token) => {
      const [head, body, signature, ...more] = token.split('.');
      if (more.length > 0 || decode(head)?.['alg'] !== 'HS256') return undefined;
      if (!sameBytes(sign(`${head}.${body}`), Buffer.from(signature ?? '', 'base64url'))) return undefined;
      const claims = decode(body);
      if (claims?.['iss'] !== issuer || claims['aud'] !== userPoolClientId) return undefined;
      return Number(claims['exp']) > seconds() && Number(claims['iat']) <= seconds() + 1 ? claims : undefined;
    },
  };
};

const claimText = (value: unknown): string => (Array.isArray(value) ? `[${value.join(' ')}]` : String(value));

/** Claims as API Gateway hands them to a function: text, lists in the form `[owner manager]`. */
export const renderedClaims = (claims: Claims): Record<string, string> =>
  Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(value)]));
