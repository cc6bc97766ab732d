import { type Language, languages } from '../../platform/fields.ts';
import { plain } from './plain.ts';

/** Phrases between bars; a group in brackets stands for each of its words: `stop (it/that)`. */
const phrases = (text: string): string[] =>
  text.split('|').flatMap((phrase) => {
    const [before = '', group, after = ''] = phrase.split(/[()]/);
    if (group === undefined) return [plain(phrase)];
    return group.split('/').map((word) => plain(`${before} ${word} ${after}`));
  });

/** Words that may stand around a wish to stop and change nothing of it, in any of the languages. */
const soft = phrases(`
  please | pls | plz | kindly | thanks | thank you | thank u | thank you very much | many thanks | thx | thnx | tnx | tx | ty
  | cheers | regards | kind regards | bye | goodbye | sir | madam | ok | okay | now | right now | immediately | asap
  | пожалуйста | pozhaluysta | спасибо | большое спасибо | спасибо большое | заранее спасибо | спс
  | благодарю | spasibo | до свидания
  | कृपया | प्लीज | kripya | धन्यवाद | शुक्रिया | थैंक्यू | थैंक यू | थैंक्स | dhanyavad | dhanyawad | shukriya | जी
  | দয়া করে | প্লিজ | doya kore | ধন্যবাদ | অনেক ধন্যবাদ | থ্যাংকস | থ্যাংক ইউ | dhonnobad | জি | জী
`);

/** Words that lead to a wish to stop. */
const before = phrases(`
  i (want to/would like to/d like to/want you to/said) | (can/could/would/will) you | you must | just | yes | no | hi
  | hello | hey | sorry | and | then | wrong (number/person/no) | (it s/this is/you have/you ve got) the wrong number
  | again | text | texts | message | messages | msg | msgs | sms
  | нет | да | хочу | я хочу | прошу | я прошу | прошу вас | здравствуйте | добрый день | привет | извините | простите
  | (вы/вы наверное) ошиблись номером | ошиблись номером | вы ошиблись | не туда попали | вы не туда попали | не тот номер
  | мне | больше | никогда | и | все | смс | сообщения
  | मुझे | मुझको | यह | ये | यह सब | ये सब | आप | और | नहीं | नमस्ते | भाई | भैया | गलत नंबर | ग़लत नंबर | रॉन्ग नंबर
  | मैसेज | मेसेज | संदेश | सन्देश | एसएमएस | आगे से | दोबारा | दुबारा | mujhe | ye | galat number
  | আমাকে | আমার | এই | এসব | এগুলো | না | আর | হ্যালো | ভাই | আপু | ভুল নাম্বার | ভুল নম্বর | রং নাম্বার
  | মেসেজ | ম্যাসেজ | মেসেজগুলো | বার্তা | এসএমএস | amake | ar | r | vul number | bhul number
`);

/** Words that may follow one that is complete in itself. */
const after = phrases(`
  me | us | texting | messaging | sending | contacting | writing | spamming | bothering | text | texts | message | messages
  | msg | msgs | sms | spam | this | these | those | the | all | it | that | again | anymore | any more | any | more | ever
  | to me | to us | to this number | to my phone | my number | my phone | this number | from you | everything | completely
  | forever | already | and | at all
  | мне | нам | больше | сообщения | сообщений | смс | рассылку | рассылки | рассылка | писать | присылать | слать | никогда
  | это | эти | все | ваши | меня | от рассылки | из рассылки | сюда
  | अब | आगे से | दोबारा | दुबारा | मुझे | मैसेज | संदेश | कभी | ये सब | यह सब
  | আর | এখন | এখনই | আমাকে | মেসেজ | বার্তা | কখনো
`);

/** More than the words of `incoming-words.ts`. */
const wishes: Record<Language, readonly string[]> = {
  en: phrases(`
    stopp | unsub | opt me out | leave me alone | quit (texting/messaging/contacting) | cease | desist
    | do not (text/message/msg/contact/sms/write/write to/send/spam/bother)
    | don t (text/message/msg/contact/sms/write/write to/send/spam/bother)
    | dont (text/message/msg/contact/sms/write/write to/send/spam/bother)
    | never (text/message/contact) me | no more (sms/msgs/messages/texts) | end (texts/messages/all messages)
    | cancel (texts/messages/all messages/all texts)
  `),
  bn: phrases(`
    বন্ধ (কর/করো/করুন/করেন/করবেন/করে দিন/করে দেন/করে দাও/করে দিবেন/করে দেবেন/করা হোক)
    | (এখন/এখনই) বন্ধ করুন | (এখন/এখনই) বন্ধ করেন | (পাঠাবেন/পাঠাইবেন/পাঠাইয়েন/পাঠিয়েন) না | পাঠিও না | পাঠাবেননা | স্টপ করুন
    | মেসেজ (দিবেন না/দেবেন না/দিয়েন না/চাই না/লাগবে না/করবেন না) | বার্তা (দিবেন না/দেবেন না/চাই না)
    | এসএমএস (দিবেন না/দেবেন না/চাই না) | bondho (koren/korben/kore din/kore den) | bandho (korun/koren) | pathaben na
    | message (diben na/deben na) | msg (diben na/deben na) | sms (diben na/deben na)
  `),
  hi: phrases(`
    बंद (कर/करो/करें/करे/करिए/करिये/करिएगा/कीजिए/कीजिये/करना/कर दो/कर दें/कर दे/कर दीजिए/कर दीजिये/करवा दो)
    | अब बंद (करो/करें/करिए/कीजिए) | बन्द (कर/करो/करें/करे/करिए/करिये/कीजिए/कीजिये/कर दो/कर दें/कर दीजिए)
    | (मत/न/ना) भेजें | मत (भेजो/भेजिए/भेजिये/भेजना) | स्टॉप (करो/करें/कीजिए) | मेरा नंबर (हटा दो/हटा दें/हटा दीजिए/हटाओ/हटाएँ)
    | मैसेज (नहीं चाहिए/मत करो/मत करें) | संदेश नहीं चाहिए | band (kijiye/kariye/karie/kar dijiye/kardo/kar do)
    | mat (bhejo/bhejiye/bhejna) | (message/msg/sms) mat karo
  `),
  ru: phrases(`
    не (пиши/пишите/шли/шлите/присылайте/отправляйте/беспокойте/надо писать/надо присылать/нужно писать/хочу получать)
    | (прекратите/перестаньте/хватит) (писать) | (прекратите/перестаньте/хватит) | (перестаньте/хватит) слать
    | прекратите (присылать/рассылку/слать/спам) | удалите (меня/мой номер/номер/мой телефон) | уберите (меня/мой номер/номер)
    | исключите меня | отключите | отключите рассылку | отписываюсь | отпиши | отпишите | остановите рассылку | отстаньте
  `),
};

/** Complete, but followed by more words they mean something else: `remove it`. */
const closed: Record<Language, readonly string[]> = {
  en: phrases(`
    remove | remove me | remove (my number/this number/my phone number) | remove me from (your/the) list
    | delete (my number/my phone number) | take me off | take me off (your/the/this) list
  `),
  bn: [],
  hi: [],
  ru: [],
};

/**
 * Words that stop texts only where they are all that is said, as carriers prescribe: with anything beside them they are
 * more often about the appointment, or ask somebody to wait.
 */
const ambiguous = new Set(
  phrases(`
    cancel | end | отмена | отменить | отказ | отказаться | отказываюсь | otmena | otkaz | বাতিল | বাতিল করুন | batil | আর না | ar na
    | रद्द | रद्द करें | रुको
  `),
);

/** Longer texts are for people to read. */
const maxWords = 24;

type Kind = 'soft' | 'before' | 'after' | 'closed' | 'wish';

/** From the words that stop texts when they stand alone, by language: the language of a text that says so with more words. */
export const createStopWish = (alone: Record<Language, readonly string[]>) => {
  const kinds = new Map<string, Set<Kind>>();
  const spoken = new Map<string, Language>();
  const learn = (kind: Kind, list: readonly string[], language?: Language): void => {
    for (const phrase of list) {
      kinds.set(phrase, (kinds.get(phrase) ?? new Set()).add(kind));
      if (language && !spoken.has(phrase)) spoken.set(phrase, language);
    }
  };
  learn('soft', soft);
  learn('before', before);
  learn('after', after);
  for (const language of languages) {
    const words = alone[language].map(plain).filter((word) => !ambiguous.has(word));
    learn('wish', [...words, ...wishes[language]], language);
    learn('closed', closed[language], language);
  }
  const longest = Math.max(...[...kinds.keys()].map((phrase) => phrase.split(' ').length));

  /** State of what has been understood so far: nothing but politeness; a wish to which more may belong; one that is closed. */
  type Heard = 'nothing' | 'open' | 'closed';

  const then = (heard: Heard, kind: Kind): Heard | undefined => {
    if (kind === 'soft') return heard;
    if (kind === 'wish') return 'open';
    if (kind === 'closed') return 'closed';
    if (kind === 'after') return heard === 'open' ? 'open' : undefined;
    return heard === 'nothing' ? 'nothing' : undefined;
  };

  const piecesAt = (words: readonly string[], from: number) =>
    words.slice(from, from + longest).flatMap((_, more) => {
      const phrase = words.slice(from, from + more + 1).join(' ');
      return [...(kinds.get(phrase) ?? [])].map((kind) => ({ kind, phrase, until: from + more + 1 }));
    });

  /** State after what was heard, and the language of the first wish in it. */
  type Readings = Map<Heard, Language | undefined>;

  const hear = (so: Readings, { kind, phrase }: { kind: Kind; phrase: string }, more: Readings | undefined): void => {
    for (const [heard, language] of so) {
      const next = then(heard, kind);
      if (next) more?.set(next, language ?? (next === 'nothing' ? undefined : spoken.get(phrase)));
    }
  };

  /** `text` is plain. */
  return (text: string): Language | undefined => {
    const words = text.split(' ');
    if (words.length > maxWords) return undefined;
    // All readings at once, by the number of words that they have understood, so that none is tried twice.
    const readings: Readings[] = [...words, ''].map(() => new Map());
    readings[0]?.set('nothing', undefined);
    for (const [from, so] of readings.entries()) {
      for (const piece of piecesAt(words, from)) hear(so, piece, readings[piece.until]);
    }
    const whole = readings[words.length];
    return whole?.get('open') ?? whole?.get('closed');
  };
};
