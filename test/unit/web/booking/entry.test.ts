import { describe, expect, it } from 'vitest';
import { bookingBody, keyOf, readEntry } from '../../../../web/booking/choice/entry.ts';
import { details, formOf } from '../../../support/web/visit.ts';

const keyFor = (changes: Record<string, string> = {}) => {
  const choice = { services: ['cut'], location: 'soho', staff: ['mira'], startsAt: details.startsAt };
  return keyOf(bookingBody(choice, readEntry(formOf({ ...details, ...changes })), 'en'));
};

describe('the Idempotency-Key of a form', () => {
  it('is one that the API takes, and the same for the same form and entries', () => {
    expect(keyFor()).toMatch(/^[\w-]{8,64}$/);
    expect(keyFor()).toBe(keyFor());
  });

  it.each([{ notes: 'By the window' }, { firstName: 'Ashe' }, { formToken: 'another' }])(
    'is another with %o',
    (changes) => {
      expect(keyFor(changes)).not.toBe(keyFor());
    },
  );
});
