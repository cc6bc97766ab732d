import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** Milliseconds of which each has a code of its own. */
const stepMs = 30_000;
/** Steps by which a telephone's clock may be wrong, either way. */
const drift = 1;

const bytesOf = (secret: string): Buffer => {
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
};

/** A secret in base 32. */
export const newSecret = (): string => [...randomBytes(32)].map((byte) => alphabet[byte % 32]).join('');

const codeOfStep = (secret: string, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
};

/** The code that an authenticator shows at an instant (RFC 6238: SHA-1, six digits, 30 seconds). */
export const codeAt = (secret: string, instant: number): string => codeOfStep(secret, Math.floor(instant / stepMs));

/** The step whose code it is, later than `after`; undefined where it is none's. */
export const stepOf = (secret: string, code: string, instant: number, after: number): number | undefined => {
  const now = Math.floor(instant / stepMs);
  const given = Buffer.from(code);
  for (let step = Math.max(now - drift, after + 1); step <= now + drift; step += 1) {
    const right = Buffer.from(codeOfStep(secret, step));
    if (given.length === right.length && timingSafeEqual(given, right)) return step;
  }
  return undefined;
};
