import { getCountries, getExampleNumber, parsePhoneNumberFromString as parseWhole } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { normaliseEmail } from '../../../shared/clients/contact.ts';
import { isTextable, normalisePhone } from '../../../shared/clients/phone.ts';
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

  it.each([
    ['＋44 7400 123456', 'US', '+447400123456'],
    ['tel:+91-98765-43210', 'US', '+919876543210'],
    ['Mob.: 98765 43210', 'IN', '+919876543210'],
    ['972521234567+', 'US', '+972521234567'],
    ['+44 7400 123456\ufe0d', 'US', '+447400123456'],
    ['௯௮௭௬௫௪௩௨௧௦', 'IN', '+919876543210'],
    ['០១២ ៣៤៥ ៦៧៨', 'KH', '+85512345678'],
  ])('copied as %j in %s is %s', (text, country, number) => {
    expect(read(text, country)).toBe(number);
  });

  it.each([
    ['+48 (0) 22 512 10 00', 'GB', '+48225121000'],
    ['+48 022 512 10 00', 'GB', '+48225121000'],
    ['+420 (0) 601 123 456', 'GB', '+420601123456'],
    ['+36 (0) 1 234 5678', 'GB', '+3612345678'],
    ['+39 (0) 312 345 6789', 'GB', '+393123456789'],
    ['+39 (0)2 1234 5678', 'GB', '+390212345678'],
    ['+39 02 1234 5678', 'GB', '+390212345678'],
    ['00 61 412 345 678', 'AU', '+61412345678'],
    ['0081 90 1234 5678', 'JP', '+819012345678'],
    ['00234 802 123 4567', 'NG', '+2348021234567'],
    ['0055 11 96123 4567', 'BR', '+5511961234567'],
    ['001 65 8123 4567', 'SG', '+6581234567'],
    ['+52 1 55 1234 5678', 'US', '+525512345678'],
    ['044 55 1234 5678', 'MX', '+525512345678'],
  ])('with what is dialled at home or before it, %s in %s, is %s', (text, country, number) => {
    expect(read(text, country)).toBe(number);
  });

  it.each(['0000000000', '111 111 1111', '1234567890', '+1 000 000 0000', '+81 0000 0000'])(
    'that the plan of its country can’t hold, %s, is refused',
    (text) => {
      expect(refusal(text, 'US').code).toBe('unprocessable');
    },
  );

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

describe('texts', () => {
  it.each([
    ['+12125550123', ['US'], true],
    ['+14165550123', ['US'], false],
    ['+14165550123', ['US', 'CA'], true],
    ['+18765550123', ['US'], false],
    ['+8801712345678', ['US'], false],
    ['+8801712345678', ['BD'], true],
    ['+447400900123', ['GB'], true],
    // Kept for films; the plan of no country holds it.
    ['+447700900123', ['GB'], true],
    ['+77012345678', ['RU'], false],
    ['+12125550123', [], false],
  ])('to %s of a business that texts %j: %s', (phone, countries, goes) => {
    expect(isTextable(phone, countries)).toBe(goes);
  });

  const everywhere = getCountries();

  it.each(['+870773111632', '+881612345678', '+88213123456', '+88312345678', '+979123456789', '+80012345678'])(
    'to %s, by satellite or paid for, never',
    (phone) => {
      expect(isTextable(phone, everywhere)).toBe(false);
    },
  );

  it.each([
    '+19005550123',
    '+447012345678',
    '+448712345678',
    '+449012345678',
    '+33890123456',
    '+39899123456',
    '+34803123456',
    '+34806123456',
    '+611901234567',
    '+78091234567',
    '+46900123456',
  ])('to %s, which costs by the whole library’s word, never', (phone) => {
    expect(['PREMIUM_RATE', 'PERSONAL_NUMBER']).toContain(parseWhole(phone)?.getType());
    expect(isTextable(phone, everywhere)).toBe(false);
  });

  it('to every mobile number of every country that is listed', () => {
    const refused = everywhere.filter((country) => {
      const example = getExampleNumber(country, examples);
      return example && !isTextable(example.number, [country]);
    });
    expect(refused).toEqual([]);
  });
});
