import { describe, expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from '../../../../shared/platform/http/cursor.ts';
import { Problem } from '../../../../shared/platform/http/problems.ts';

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe('a cursor', () => {
  test.each(['2026-11-24T10:00:00.000Z#k3v8q2', 'স্থান 1/2?', ''])(
    'leads back to the place, and passes an address: %j',
    (place) => {
      const cursor = encodeCursor(place);
      expect(cursor).toMatch(/^[\w-]*$/);
      expect(decodeCursor(cursor, (found) => found === place)).toBe(place);
    },
  );

  test.each(['', 'nonsense', '%00', encodeCursor('2026-11-23T00:00:00Z#x')])(
    'of another list is refused: %j',
    (cursor) => {
      const error = thrownBy(() => decodeCursor(cursor, (place) => place.startsWith('2026-11-24T')));
      expect(error).toBeInstanceOf(Problem);
      const { kind, extras } = error as Problem;
      expect([kind.code, extras.errors]).toEqual([
        'invalid_request',
        [{ path: 'cursor', message: 'is not a cursor of this list' }],
      ]);
    },
  );
});
