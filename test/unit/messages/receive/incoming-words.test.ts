import { describe, expect, it } from 'vitest';
import { actIn } from '../../../../shared/messages/receive/incoming-words.ts';

describe('a text that is a word', () => {
  it.each([
    ['STOP', 'en'],
    ['stop', 'en'],
    [' Stop! ', 'en'],
    ['stop.', 'en'],
    ['ＳＴＯＰ', 'en'],
    ['stóp', 'en'],
    ['"Stop" 🙏', 'en'],
    ['S T O P', 'en'],
    ['STOPALL', 'en'],
    ['stop all', 'en'],
    ['UNSUBSCRIBE', 'en'],
    ['Cancel', 'en'],
    ['END', 'en'],
    ['quit', 'en'],
    ['Revoke', 'en'],
    ['OPT-OUT', 'en'],
    ['optout', 'en'],
    ['Please stop.', 'en'],
    ['СТОП', 'ru'],
    ['Стоп!!', 'ru'],
    ['отписаться', 'ru'],
    ['ОТМЕНА', 'ru'],
    ['otpisatsya', 'ru'],
    ['বন্ধ', 'bn'],
    ['বন্ধ করুন।', 'bn'],
    ['bondho korun', 'bn'],
    ['बंद', 'hi'],
    ['बंद करो', 'hi'],
    ['रोकें।', 'hi'],
    ['Band karo', 'hi'],
    ['pls stop', 'en'],
    ['Please, kindly STOP', 'en'],
    ['stop sending', 'en'],
    ['Стоп, пожалуйста', 'ru'],
    ['хватит писать', 'ru'],
    ['Не беспокоить!', 'ru'],
    ['দয়া করে বন্ধ করুন', 'bn'],
    ['বন্ধ করে দিন', 'bn'],
    ['कृपया बंद करें', 'hi'],
    ['बंद कर दीजिए', 'hi'],
    ['bandh kro', 'hi'],
  ])('%s stops, and is %s', (text, language) => {
    expect(actIn(text)).toEqual({ act: 'stop', language });
  });

  it.each([
    ['START', 'start'],
    ['unstop', 'start'],
    ['Yes', 'start'],
    ['СТАРТ', 'start'],
    ['চালু', 'start'],
    ['शुरू', 'start'],
    ['HELP', 'help'],
    ['info?', 'help'],
    ['ПОМОЩЬ', 'help'],
    ['সাহায্য', 'help'],
    ['मदद', 'help'],
  ])('%s: %s', (text, act) => {
    expect(actIn(text)?.act).toBe(act);
  });

  it.each([
    '',
    '!!!',
    'Can you stop by tomorrow?',
    'Please cancel my appointment on Friday',
    'Does it end at five?',
    'I need help with my booking',
    'стопа болит',
    'বন্ধু',
    'रोको मत आ रहा हूँ',
    'constructor',
  ])('“%s” is words for people', (text) => {
    expect(actIn(text)).toBeUndefined();
  });
});
