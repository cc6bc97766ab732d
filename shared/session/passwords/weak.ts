import { createHash } from 'node:crypto';
import { commonPasswords } from './common.ts';

/** Bytes that are kept of a hash: one of 440,000 other passwords is taken for a common one. */
export const prefixBytes = 4;
/** Shorter words stand in many passwords by chance. */
const minWordLength = 4;
const minDistinct = 5;

/** The password as it is compared: in small letters, however it was typed. */
export const comparable = (password: string): string => password.normalize('NFKC').toLowerCase();

/** Letters and digits alone. */
const core = (text: string): string => comparable(text).replace(/[^\p{L}\p{N}]/gu, '');

const hashes = Buffer.from(commonPasswords, 'base64');

const isListed = (text: string): boolean => {
  const wanted = createHash('sha256').update(text).digest().readUInt32BE();
  let [low, high] = [0, hashes.length / prefixBytes - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = hashes.readUInt32BE(middle * prefixBytes);
    if (found === wanted) return true;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
};

/** Words of an email address and of names that a password of its owner must not contain. */
export const wordsOf = ({
  email = '',
  business = '',
  person = '',
}: Partial<Record<'email' | 'business' | 'person', string | undefined>>): string[] =>
  [email, email.split('@')[0] ?? '', business, person, ...person.split(/\s+/)]
    .map(core)
    .filter((word, index, all) => word.length >= minWordLength && all.indexOf(word) === index);

/** The reason why a password is among the first that somebody would try; `words` as `wordsOf` has them. */
export const weakness = (password: string, words: readonly string[]): string | undefined => {
  const [text, letters] = [comparable(password), core(password)];
  if (new Set(text).size < minDistinct) return `must have at least ${minDistinct} different characters`;
  if (isListed(text) || isListed(text.replace(/\s/g, ''))) return 'is known from leaks; choose another one';
  if (words.some((word) => letters.includes(word)))
    return 'must not contain the name of the business, your own name or your email address';
  return undefined;
};
