import type { Channel, Language } from '../../platform/fields.ts';

type Texts = Record<Channel, (business: string) => string>;

/** Words beside the box, by language. Whoever changes one raises the version: what is on record tells what was agreed to. */
const texts: Record<Language, Texts> = {
  en: {
    email: (business) => `Yes, email me when it’s time to rebook, and send me news and offers from ${business}.`,
    sms: (business) => `Yes, text me when it’s time to rebook, and send me news and offers from ${business}.`,
  },
  bn: {
    email: (business) => `হ্যাঁ, ${business} আবার আসার সময় হলে আমাকে ই-মেইলে জানাতে এবং খবর ও অফার পাঠাতে পারে।`,
    sms: (business) => `হ্যাঁ, ${business} আবার আসার সময় হলে আমাকে এসএমএসে জানাতে এবং খবর ও অফার পাঠাতে পারে।`,
  },
  hi: {
    email: (business) => `हाँ, ${business} फिर आने का समय होने पर मुझे ई-मेल से बता सकता है और ख़बरें व ऑफ़र भेज सकता है।`,
    sms: (business) => `हाँ, ${business} फिर आने का समय होने पर मुझे एसएमएस से बता सकता है और ख़बरें व ऑफ़र भेज सकता है।`,
  },
  ru: {
    email: (business) =>
      `Да, присылайте мне от ${business} напоминания о следующем визите, новости и предложения по электронной почте.`,
    sms: (business) => `Да, присылайте мне от ${business} напоминания о следующем визите, новости и предложения в СМС.`,
  },
};

/** Words to which a client agrees, as a record of them is kept. */
export interface ConsentWords {
  wordsId: string;
  wordsVersion: number;
  words: string;
}

/** Words beside the box for marketing; ours, whatever a request says that they were. */
export const consentWords = (channel: Channel, language: Language, business: string): ConsentWords => ({
  wordsId: `rebook-news.${channel}.${language}`,
  wordsVersion: 1,
  words: texts[language][channel](business),
});
