import { describe, expect, it } from 'vitest';
import { clientInput, formClientInput } from '../../../shared/clients/input.ts';

const faultsOf = (names: { firstName: string; lastName?: string }) =>
  formClientInput.safeParse({ ...names, email: 'a@example.com' }).error?.issues.map(({ path }) => path.join('.'));

describe('a name that a form gives', () => {
  it.each([
    'call +1 900 555 0123',
    '90055',
    '1-9-0-0-5',
    '٠١٢٣٤٥',
    '९००५५५',
    '১ ২ ৩ ৪ ৫',
    '１２３４５',
    '9(0)0.5/5',
    '1😀2😀3😀4😀5',
  ])('holds no number to call: %s', (name) => {
    expect(faultsOf({ firstName: name })).toEqual(['firstName']);
    expect(faultsOf({ firstName: 'Nadia', lastName: name })).toEqual(['lastName']);
  });

  it.each(['Louis 14', 'Nadia 2nd', 'R2D2', '1234', '12a34b5', 'নাদিয়া ২', 'Room 1204'])('may be %s', (firstName) => {
    expect(faultsOf({ firstName })).toBeUndefined();
  });

  it('may be anything where staff enter it', () => {
    expect(clientInput.safeParse({ firstName: 'Flat 12045', email: 'a@example.com' }).success).toBe(true);
  });
});
