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

describe('a wish to stop in more words than one', () => {
  it.each([
    'Stop. Thank you',
    'STOP STOP STOP',
    'stop thx',
    'Wrong number, stop',
    'do not text me again',
    "Don't text me anymore!",
    'Don’t message me',
    'dont contact this number',
    'unsub',
    'Remove',
    'remove me from your list please',
    'Hi, can you stop texting me? Thanks',
    'I would like to unsubscribe. Thank you!',
    'please stop sending me these messages, thank you very much',
    'No. Stop.',
    'ok stop',
    'stop it now!!!',
    'Stop all and remove my number',
    'UNSUBSCRIBE UNSUBSCRIBE',
    'Opt out pls',
    'STOP, unsub, remove',
    'no more texts, thanks',
    'Stop. Спасибо',
  ])('%s', (text) => {
    expect(actIn(text)).toEqual({ act: 'stop', language: 'en' });
  });

  it.each([
    'стоп, спасибо',
    'Стоп стоп стоп!',
    'Здравствуйте! Не пишите мне больше, пожалуйста.',
    'Вы ошиблись номером, стоп',
    'больше не присылайте сообщения',
    'Прекратите присылать рассылку',
    'Отпишите меня от рассылки, спасибо',
    'удалите мой номер',
    'хватит слать смс',
    'Прошу прекратить. Спасибо',
  ])('%s', (text) => {
    expect(actIn(text)).toEqual({ act: 'stop', language: 'ru' });
  });

  it.each([
    'बंद करिए',
    'बंद करिये जी',
    'बंद कीजिए, धन्यवाद',
    'मैसेज बंद कर दीजिए',
    'मुझे मैसेज मत भेजिए',
    'गलत नंबर, बंद करो',
    'बंद बंद बंद',
    'ये संदेश बंद करें, शुक्रिया',
    'अब बंद करो',
    'mujhe msg mat bhejo',
    'message band karo please',
  ])('%s', (text) => {
    expect(actIn(text)).toEqual({ act: 'stop', language: 'hi' });
  });

  it.each([
    'বন্ধ করেন',
    'বন্ধ করেন, ধন্যবাদ',
    'মেসেজ বন্ধ করেন',
    'আর মেসেজ পাঠাবেন না',
    'আমাকে আর মেসেজ দিবেন না',
    'ভুল নাম্বার, বন্ধ করুন',
    'বন্ধ বন্ধ',
    'এখনই বন্ধ করুন প্লিজ',
    'না, বন্ধ করে দেন',
    'message bondho koren',
    'amake ar msg diben na',
  ])('%s', (text) => {
    expect(actIn(text)).toEqual({ act: 'stop', language: 'bn' });
  });

  it.each([
    // English
    "don't stop",
    "Please don't stop!",
    'I will stop by at 5',
    'Stop by at 5?',
    'non-stop',
    'nonstop please',
    'never stop',
    'Not stop',
    'I can’t stop laughing, thank you',
    'bus stop, thanks',
    'full stop at the door',
    'Thank you',
    'no thanks',
    'Wrong number?',
    'Cancel, thanks',
    'I want to cancel',
    'Cancel my appointment please',
    'the end',
    'Remove it, please',
    'Can you remove polish?',
    'Do not text before 9',
    'Don’t call me',
    'Text me again at 5',
    'No more pink, thanks',
    'Yes, thank you',
    'start please stop',
    // Russian
    'не стоп',
    'не прекращайте',
    'стоп-линия',
    'Остановлюсь у вас в пять',
    'Отмена записи, спасибо',
    'Стоп, я приду в пять',
    'не пишите до девяти',
    'спасибо',
    // Hindi
    'बंद मत करो',
    'बंद मत कीजिए, धन्यवाद',
    'दुकान कब बंद होती है',
    'आज दुकान बंद है?',
    'रुको, आ रहा हूँ',
    'मेरा अपॉइंटमेंट रद्द करें',
    'धन्यवाद',
    // Bengali
    'বন্ধ করবেন না',
    'এখন বন্ধ?',
    'দোকান কখন বন্ধ হয়',
    'আমার অ্যাপয়েন্টমেন্ট বাতিল করুন',
    'ধন্যবাদ',
    'আর না, ধন্যবাদ',
  ])('“%s” is none', (text) => {
    expect(actIn(text)?.act).not.toBe('stop');
  });

  it('START and HELP stay whole texts: thanks beside them lift no stop', () => {
    expect(['Yes, thank you', 'start. thanks', 'ok start', 'да, спасибо'].map(actIn)).toEqual(Array(4).fill(undefined));
  });

  it('is looked for in long texts without getting lost in them', () => {
    const started = performance.now();
    expect(actIn('stop all '.repeat(170))).toBeUndefined();
    expect(actIn(`${'stop all '.repeat(11)}x`)).toBeUndefined();
    expect(actIn('stop all '.repeat(12))?.act).toBe('stop');
    expect(performance.now() - started).toBeLessThan(500);
  });
});
