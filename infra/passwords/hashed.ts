import { createHash } from 'node:crypto';
import { comparable, prefixBytes } from '../../shared/session/passwords/weak.ts';

/** The passwords of a list that are long enough to be chosen, one a line, as sorted prefixes of their hashes. */
export const hashedPasswords = (text: string, minLength: number): Buffer => {
  const words = new Set(
    text
      .split(/\r?\n/)
      .filter((word) => word.length >= minLength)
      .map(comparable),
  );
  const prefixes = [...words].map((word) =>
    createHash('sha256')
      .update(word)
      .digest('hex')
      .slice(0, 2 * prefixBytes),
  );
  return Buffer.from([...new Set(prefixes)].sort().join(''), 'hex');
};
