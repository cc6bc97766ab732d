import { describe, expect, it } from 'vitest';
import { normaliseEmail } from '../../../shared/clients/contact.ts';
import { normalisePhone } from '../../../shared/clients/phone.ts';
import { Problem } from '../../../shared/platform/http/problems.ts';

const read = (text: string, country = 'GB') => normalisePhone(text, country, 'client.phone');
const refusal = (text: string, country = 'GB'): Problem => {
  try {
    read(text, country);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
};

describe('a phone number', () => {
  it.each([
    ['020 7946 0958', 'GB', '+442079460958'],
    ['(020) 7946-0958', 'GB', '+442079460958'],
    ['+44 20 7946 0958', 'GB', '+442079460958'],
    ['+44 (0)20 7946 0958', 'GB', '+442079460958'],
    ['0044 20 7946 0958', 'GB', '+442079460958'],
    ['718.555.0142', 'US', '+17185550142'],
    ['1 718 555 0142', 'US', '+17185550142'],
    ['01712-345678', 'BD', '+8801712345678'],
    ['8801712345678', 'BD', '+8801712345678'],
    ['09876 543210', 'IN', '+919876543210'],
    ['8 (912) 345-67-89', 'RU', '+79123456789'],
  ])('written %s in %s is %s', (text, country, number) => {
    expect(read(text, country)).toBe(number);
  });

  it.each([
    ['০১৭১২৩৪৫৬৭৮', 'BD', '+8801712345678'],
    ['+৮৮০ ১৭১২ ৩৪৫৬৭৮', 'GB', '+8801712345678'],
    ['०९८७६५४३२१०', 'IN', '+919876543210'],
    ['+٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨', 'BD', '+442079460958'],
    ['۰۲۰ ۷۹۴۶ ۰۹۵۸', 'GB', '+442079460958'],
    ['+４４ ２０ ７９４６ ０９５８', 'US', '+442079460958'],
  ])('in another script, %s, is the same number', (text, country, number) => {
    expect(read(text, country)).toBe(number);
  });

  it('with a country code keeps its country, whatever the business’s', () => {
    expect(read('+8801712345678', 'US')).toBe('+8801712345678');
  });

  it('with an extension is the number without it', () => {
    expect(read('+44 20 7946 0958 ext. 12')).toBe('+442079460958');
    expect(read('020 7946 0958 x12')).toBe('+442079460958');
  });

  it.each([
    '1',
    '12',
    'call me',
    'nadia@example.com',
    '+',
    '++44',
    '0',
    '0000',
    '1234567890123456789',
    '+999 123',
    '💅',
    '<script>',
    '+1 718',
  ])('can not be %j', (text) => {
    const problem = refusal(text);
    expect(problem.code).toBe('unprocessable');
    expect(problem.extras.errors?.[0]?.path).toBe('client.phone');
    expect(problem.message).toContain('with its country code');
  });

  it('is not quoted in the refusal, which may be logged', () => {
    expect(refusal('1234567890123456789').message).not.toContain('1234567890123456789');
  });

  it('of a country that no plan is known for must have its code', () => {
    expect(read('+442079460958', 'ZZ')).toBe('+442079460958');
    expect(refusal('020 7946 0958', 'ZZ').code).toBe('unprocessable');
  });
});

it('an e-mail address is the same in capitals', () => {
  expect(normaliseEmail(' Nadia@Example.COM ')).toBe('nadia@example.com');
});
