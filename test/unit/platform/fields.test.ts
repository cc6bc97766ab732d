import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  commaList,
  country,
  duration,
  email,
  id,
  line,
  localDate,
  money,
  paragraph,
  requiredLine,
  slug,
  wallTime,
  zone,
} from '../../../shared/platform/fields.ts';

const takes = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

describe('a line that a person typed', () => {
  test.each([
    ['is trimmed and its spaces are made one', '  Anna \t  Maria ', 'Anna Maria'],
    [
      'loses line breaks, so that nothing can be smuggled into a header',
      'Nadia\r\nBcc: x@example.com',
      'Nadia Bcc: x@example.com',
    ],
    ['loses control characters', 'Na\u0000d\u0007ia\u001b[31m\u0085x', 'Na d ia [31m x'],
    ['loses Unicode line separators', 'a\u2028b\u2029c', 'a b c'],
    ['loses what turns the direction of the text around', '\u202egnp.exe\u202c \u2066x\u2069\u200f\u061c', 'gnp.exe x'],
    ['loses characters that nobody sees', 'a\u200bb\u2060c\ufeffd\u00ade', 'abcde'],
    ['is composed, so that equal names are equal', 'Zoe\u0308', 'Zoë'],
    ['keeps Bengali with its joiners', 'র\u200d্যাব', 'র\u200d্যাব'],
    ['keeps Hindi', 'श्रीमती क्ष\u200cमा', 'श्रीमती क्ष\u200cमा'],
    ['keeps right-to-left names', 'נועה كريم', 'נועה كريم'],
    ['keeps emoji that are joined of several', 'Ana 👩\u200d👧 🏳️\u200d🌈', 'Ana 👩\u200d👧 🏳️\u200d🌈'],
    ['keeps markup as the text that it is', '<b>Bo</b> & "co"', '<b>Bo</b> & "co"'],
    ['makes no half of a surrogate pair reach the table', 'a\ud83db', 'a\ufffdb'],
  ])('%s', (_, typed, kept) => {
    expect(line(60).parse(typed)).toBe(kept);
  });

  test('may be as long as allowed, counted after cleaning', () => {
    expect(line(5).parse(`  ${'x'.repeat(5)}\u200b\u200b`)).toBe('xxxxx');
    expect(takes(line(5), 'xxxxxx')).toBe(false);
    expect(line(5).safeParse('x'.repeat(100)).error?.issues[0]?.message).toBe('must be at most 5 characters');
  });

  test('tells the document the length that counts', () => {
    expect(z.toJSONSchema(line(60), { io: 'input' })).toMatchObject({ type: 'string', maxLength: 60 });
  });

  test('whatever it was comes out clean, and cleaning it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100, unit: 'binary' }), (typed) => {
        const once = line(400).parse(typed);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must be gone
        expect(once).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
        expect(once.isWellFormed()).toBe(true);
        expect(line(400).parse(once)).toBe(once);
      }),
    );
  });

  test.each(['', '   ', '\n', '\u200b', '\u200d\u200c', '\u202e', '\u3000'])(
    '%j is nothing where a line is required',
    (typed) => {
      const { error } = requiredLine(60).safeParse(typed);
      expect(error?.issues[0]?.message).toBe('must not be empty');
      expect(line(60).safeParse(typed).success).toBe(true);
    },
  );

  test.each(['A', 'ণ', '李', '🙂', '7', '?'])('%s alone is a line', (typed) => {
    expect(requiredLine(60).parse(typed)).toBe(typed);
  });
});

describe('a paragraph', () => {
  test('keeps its lines, whatever ends them, and loses what a line would lose', () => {
    expect(paragraph(100).parse('  one  \r\ntwo\u0007\rthree\u202e \n\n four\t\n\n')).toBe('one\ntwo\nthree\n\n four');
  });

  test('is composed and counted after cleaning', () => {
    expect(paragraph(3).parse(' e\u0301\n1 ')).toBe('é\n1');
    expect(takes(paragraph(3), '1\n2\n')).toBe(true);
    expect(takes(paragraph(3), '1\n2\n3')).toBe(false);
  });
});

describe('times, dates and zones', () => {
  test.each(['00:00', '09:30', '23:59', '24:00'])('%s is a time on the wall', (text) => {
    expect(takes(wallTime, text)).toBe(true);
  });
  test.each(['24:01', '9:30', '09:60', '25:00', '09:30:00', 'x24:00', '09:30x', '09:30\n', '', '٠٩:٣٠'])(
    '%j is none',
    (text) => {
      expect(takes(wallTime, text)).toBe(false);
    },
  );

  test.each(['2026-02-28', '2028-02-29', '1900-01-01', '2999-12-31'])('%s is a date', (text) => {
    expect(takes(localDate, text)).toBe(true);
  });
  test.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '9999-12-31',
    '0000-01-01',
    '+010000-01-01',
    '2026-11-24T10:00',
    '2026-11-24\n',
    '',
    'tomorrow',
  ])('%j is no date', (text) => {
    expect(takes(localDate, text)).toBe(false);
  });

  test.each([
    'Europe/London',
    'America/New_York',
    'Asia/Dhaka',
    'Australia/Lord_Howe',
    'UTC',
    'America/Argentina/Buenos_Aires',
  ])('%s is a zone', (text) => {
    expect(takes(zone, text)).toBe(true);
  });
  test.each(['Mars/Olympus', '+05:00', 'London', '', 'Europe/London\n', '../etc/localtime'])(
    '%j is no zone',
    (text) => {
      expect(takes(zone, text)).toBe(false);
    },
  );

  test.each(['P1D', '-PT2H', 'P6W', 'PT0S', 'P1M', 'PT1H30M'])('%s is a duration', (text) => {
    expect(takes(duration, text)).toBe(true);
  });
  test.each(['', 'P', '1D', 'P1X', 'PT', 'one day', 'P1D\n'])('%j is no duration', (text) => {
    expect(takes(duration, text)).toBe(false);
  });
});

describe('ids, money and addresses', () => {
  test.each([
    [
      slug,
      ['cut', 'cut-and-blow-dry', '1', 'x'.repeat(40)],
      ['', '-cut', 'Cut', 'x'.repeat(41), 'cut_1', 'কাট', 'cut\n'],
    ],
    [id, ['0123456789abcdef'], ['0123456789abcde', '0123456789abcdefg', '0123456789ABCDEF', '0123456789abcde\n', '']],
    [
      email,
      ['a@example.com', 'first.last+tag@sub.example.co'],
      ['a@', '@b.co', 'a b@example.com', 'a@example.com\nBcc: x@y.z', 'a@b,c@d.com', `${'a'.repeat(250)}@example.com`],
    ],
  ])('are told from what only looks like them', (schema, good, bad) => {
    expect(good.filter((text) => !takes(schema, text))).toEqual([]);
    expect(bad.filter((text) => takes(schema, text))).toEqual([]);
  });

  test('money is whole minor units, never negative, with its currency', () => {
    expect(takes(money, { amount: 4500, currency: 'GBP' })).toBe(true);
    for (const bad of [
      { amount: 45.5, currency: 'GBP' },
      { amount: -1, currency: 'GBP' },
      { amount: 1, currency: 'gbp' },
      { amount: '1', currency: 'GBP' },
      { amount: 2e9, currency: 'GBP' },
    ]) {
      expect(takes(money, bad)).toBe(false);
    }
  });
});

describe('a list with commas', () => {
  const list = commaList(slug, 3);
  test('keeps its order and allows spaces around', () => {
    expect(list.parse('cut, colour ,beard')).toEqual(['cut', 'colour', 'beard']);
  });
  test.each(['', ',', 'cut,', 'cut,,beard', 'a,b,c,d', 'cut;beard'])('%j is refused', (text) => {
    expect(takes(list, text)).toBe(false);
  });
  test('names the entry that is wrong', () => {
    expect(list.safeParse('cut,Bad').error?.issues.map(({ path }) => path)).toEqual([[1]]);
  });
});

test.each([
  ['GB', true],
  ['BD', true],
  ['XK', true],
  ['UK', false],
  ['ZZ', false],
  ['EU', false],
  ['QX', false],
  ['gb', false],
  ['GBR', false],
])('%s is a country: %s', (code, expected) => {
  expect(takes(country, code)).toBe(expected);
});

describe('an e-mail address', () => {
  test.each([
    ['nadia@example.com', 'nadia@example.com'],
    [' nadia@example.com\u200b ', 'nadia@example.com'],
    ['anna&ben/office=x!#%~@example.com', 'anna&ben/office=x!#%~@example.com'],
    ['info@пример.рф', 'info@xn--e1afmkfd.xn--p1ai'],
    ['info@ভারত.ভারত', 'info@xn--45brj9c.xn--45brj9c'],
    ['info@उदाहरण.भारत', 'info@xn--p1b6ci4b4b3a.xn--h2brj9c'],
    ['info@xn--e1afmkfd.xn--p1ai', 'info@xn--e1afmkfd.xn--p1ai'],
    ['info@例え。テスト', 'info@xn--r8jz45g.xn--zckzah'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('written %j is %s', (text, kept) => {
    expect(email.parse(text)).toBe(kept);
  });

  test.each([
    'nadia',
    '@example.com',
    'nadia@',
    'nadia@localhost',
    'na dia@example.com',
    'nadia@@example.com',
    '.nadia@example.com',
    'nadia.@example.com',
    'na..dia@example.com',
    'nadia@example..com',
    'nadia@-example.com',
    'надя@example.com',
    '"nadia rahman"@example.com',
    'nadia@пример.рф/../example.com',
    'nadia@%65xample.com',
    'nadia@example.com\r\nBcc: x@example.com',
    `${'a'.repeat(65)}@example.com`,
    `nadia@${'a.'.repeat(130)}com`,
  ])('can’t be %j', (text) => {
    expect(takes(email, text)).toBe(false);
  });

  test('is an e-mail in the document', () => {
    expect(z.toJSONSchema(email, { io: 'input' })).toMatchObject({ type: 'string', format: 'email', maxLength: 254 });
  });

  test('is checked in no time, however long it is', () => {
    expect(takes(email, `${'a.'.repeat(500)}@`)).toBe(false);
    expect(takes(email, `a@${'a-'.repeat(500)}`)).toBe(false);
  });
});
