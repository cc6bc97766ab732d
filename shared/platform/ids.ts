import { randomBytes } from 'node:crypto';

/** Fresh random bytes; an argument wherever chance decides. */
export type Random = (bytes: number) => Uint8Array;

export const systemRandom: Random = (bytes) => randomBytes(bytes);

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** 16 characters of Crockford base 32: 80 random bits, fit for URLs, tags and schedule names. */
export const newId = (random: Random): string => Array.from(random(16), (byte) => alphabet[byte & 31]).join('');
