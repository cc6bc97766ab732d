import type { Language } from '../../platform/fields.ts';
import { plain } from './plain.ts';
import { createStopWish } from './stop-wish.ts';

/** Wish of a client who texts a word. */
export type Act = 'stop' | 'start' | 'help';

/**
 * Words and short phrases that are a whole text, by language; Bengali, Hindi and Russian also as people write them in
 * Latin letters. The English ones are those that US carriers prescribe and the FCC names as a revocation of consent
 * (47 CFR 64.1200(a)(10)); CANCEL is among them, though a client may mean the appointment: the answer tells how to
 * change that.
 */
const words: Record<Language, Record<Act, readonly string[]>> = {
  en: {
    stop: [
      ...['stop', 'stopall', 'stop all', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout', 'opt out'],
      ...['stop it', 'stop texting me', 'stop texting', 'stop messages', 'stop sending', 'unsubscribe me', 'remove me'],
      ...['stop sending me messages', 'stop messaging me', 'no more texts', 'no more messages'],
    ],
    start: ['start', 'unstop', 'yes', 'subscribe', 'resume', 'optin', 'opt in', 'resubscribe'],
    help: ['help', 'info', 'help me', 'support'],
  },
  bn: {
    stop: [
      ...['বন্ধ', 'বন্ধ করুন', 'বন্ধ করো', 'বন্ধ কর', 'মেসেজ বন্ধ করুন', 'বার্তা বন্ধ করুন', 'থামুন', 'থামান', 'থামাও', 'থামো'],
      ...['স্টপ', 'বাতিল', 'বাতিল করুন', 'আনসাবস্ক্রাইব', 'আর না', 'আর পাঠাবেন না', 'বন্ধ করে দিন'],
      ...['bondho', 'bondho korun', 'bondho koro', 'bandho koro', 'thamun', 'thaman', 'batil', 'ar na'],
    ],
    start: ['চালু', 'চালু করুন', 'শুরু', 'শুরু করুন', 'হ্যাঁ', 'স্টার্ট', 'chalu korun', 'shuru korun'],
    help: ['সাহায্য', 'সহায়তা', 'হেল্প', 'তথ্য', 'sahajjo', 'shahajjo'],
  },
  hi: {
    stop: [
      ...[
        'बंद',
        'बन्द',
        'बंद करो',
        'बंद करें',
        'बंद कीजिए',
        'बंद कर दो',
        'बंद कर दीजिए',
        'बन्द करो',
        'बन्द करें',
        'मैसेज बंद करें',
        'संदेश बंद करें',
      ],
      ...['रोकें', 'रोको', 'रुको', 'रोक दो', 'रद्द', 'रद्द करें', 'स्टॉप', 'अनसब्सक्राइब', 'मत भेजो', 'मत भेजें'],
      ...[
        'band',
        'band karo',
        'band kare',
        'band karen',
        'bandh karo',
        'bandh kro',
        'band kro',
        'band kar do',
        'roko',
        'rok do',
        'mat bhejo',
      ],
    ],
    start: [
      'चालू',
      'चालू करें',
      'चालू करो',
      'शुरू',
      'शुरू करें',
      'शुरू करो',
      'हाँ',
      'हां',
      'स्टार्ट',
      'chalu',
      'chalu karo',
      'shuru karo',
      'shuru',
    ],
    help: ['मदद', 'सहायता', 'जानकारी', 'हेल्प', 'madad', 'sahayata'],
  },
  ru: {
    stop: [
      ...['стоп', 'отписаться', 'отписка', 'отписать', 'отпишите', 'отпишите меня', 'отмена', 'отменить', 'хватит'],
      ...['прекратить', 'прекратите', 'отказ', 'отказаться', 'отказываюсь', 'не пишите', 'не писать', 'не присылайте'],
      ...[
        'удалите меня',
        'больше не пишите',
        'хватит писать',
        'не беспокоить',
        'не беспокойте',
        'stop rassylka',
        'otpisatsya',
        'otpiska',
        'otmena',
        'hvatit',
        'otkaz',
      ],
    ],
    start: ['старт', 'начать', 'подписаться', 'возобновить', 'да', 'podpisatsya', 'vozobnovit'],
    help: ['помощь', 'помогите', 'инфо', 'справка', 'pomosh', 'pomoshch', 'pomogite'],
  },
};

/** Words that soften a request in any of the languages and change nothing of it. */
const polite = [
  'please',
  'pls',
  'plz',
  'kindly',
  'пожалуйста',
  'pozhaluysta',
  'कृपया',
  'प्लीज',
  'kripya',
  'দয়া করে',
  'প্লিজ',
  'doya kore',
];

const known = new Map(
  Object.entries(words).flatMap(([language, acts]) =>
    Object.entries(acts).flatMap(([act, texts]) =>
      texts.map((text) => [plain(text), { act: act as Act, language: language as Language }] as const),
    ),
  ),
);

const softened = new RegExp(`(?<= )(?:${polite.map(plain).join('|')})(?= )`, 'gu');
const bluntly = (asked: string): string => plain(` ${asked} `.replace(softened, ' '));

const stopWish = createStopWish({
  en: words.en.stop,
  bn: words.bn.stop,
  hi: words.hi.stop,
  ru: words.ru.stop,
});

/**
 * Reads what a text asks for, in the language of its words. To stop may be asked in more words than one, as politely or often
 * as people like; START and HELP are a whole text, for nobody is written to again by mistake. Pure.
 */
export const actIn = (text: string): { act: Act; language: Language } | undefined => {
  const heard = plain(text);
  const asked = bluntly(heard);
  // "o p t o u t" and "opt-out" are one.
  const alone = known.get(asked) ?? known.get(asked.replaceAll(' ', ''));
  if (alone) return alone;
  const language = stopWish(heard);
  return language && { act: 'stop', language };
};
