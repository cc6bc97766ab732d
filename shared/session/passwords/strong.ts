import { unprocessable } from '../../platform/http/problems.ts';
import { weakness } from './weak.ts';

/** Throws unprocessable, which names `newPassword`. */
export const mustBeStrong = (password: string, words: readonly string[]): void => {
  const why = weakness(password, words);
  if (why !== undefined) throw unprocessable('newPassword', why);
};
