import { Problem } from './problems.ts';

/** End of a page of a list, as callers hand it back for the next one: text that says nothing to them. */
export const encodeCursor = (place: string): string => Buffer.from(place).toString('base64url');

/**
 * The place behind a cursor. `isInList`: whether the list that is asked for has such a place; a cursor of another list
 * has not. Throws invalid_request, which names `cursor`.
 */
export const decodeCursor = (cursor: string, isInList: (place: string) => boolean): string => {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (isInList(place)) return place;
  const message = 'is not a cursor of this list';
  throw new Problem('invalid_request', { detail: `cursor: ${message}`, errors: [{ path: 'cursor', message }] });
};
