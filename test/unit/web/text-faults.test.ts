import { expect, it } from 'vitest';
import { readEntry } from '../../../web/booking/choice/entry.ts';
import { fieldFaults } from '../../../web/booking/choice/faults.ts';
import { wordsIn } from '../../../web/i18n/index.ts';

const asked = {
  code: 'unprocessable',
  status: 422,
  title: '',
  errors: [{ path: 'client.email', message: 'is needed' }],
};

it.each([
  ['en', /can’t text this phone number. Enter an email/],
  ['bn', /এই ফোন নম্বরে আমরা এসএমএস পাঠাতে পারি না/],
  ['hi', /इस फ़ोन नंबर पर हम एसएमएस नहीं भेज सकते/],
  ['ru', /На этот номер мы не отправляем СМС/],
] as const)('a phone that gets no texts is followed by the wish for an e-mail (%s)', async (language, words) => {
  const own = await wordsIn(language);
  const faults = (form: Record<string, string>) =>
    fieldFaults(asked as never, readEntry(new URLSearchParams(form)), own);
  expect(faults({ phone: '+979 1 2345 6789' })).toEqual([{ field: 'email', text: expect.stringMatching(words) }]);
  expect(faults({ phone: '+979 1 2345 6789', email: 'a@' })[0]?.text).not.toMatch(words);
});

it.each([
  ['en', 'First name: please leave out numbers of more than four digits.'],
  ['bn', 'নাম: চার অঙ্কের বেশি লম্বা সংখ্যা লিখবেন না।'],
  ['hi', 'नाम: चार अंकों से लंबी संख्या न लिखें।'],
  ['ru', 'Имя: уберите числа длиннее четырёх цифр.'],
] as const)('a number to call is no name (%s)', async (language, text) => {
  const problem = { ...asked, errors: [{ path: 'client.firstName', message: 'must not' }] };
  const entry = readEntry(new URLSearchParams({ firstName: 'call 1-900-555' }));
  expect(fieldFaults(problem as never, entry, await wordsIn(language))).toEqual([{ field: 'firstName', text }]);
});
