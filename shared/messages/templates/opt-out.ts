import type { Touchpoint } from '../../business/catalogue.ts';
import type { Language } from '../../platform/fields.ts';
import { type Lines, withFooter } from './footer.ts';
import type { Placeholder } from './placeholders.ts';
import type { ParsedTemplate } from './render.ts';

/** Carries an unsubscribe link: reviews, as advertising, are asked for until somebody wants no more of it. */
export const isStoppable = ({ purpose, template }: Pick<Touchpoint, 'purpose' | 'template'>): boolean =>
  purpose === 'marketing' || template === 'review-request';

const sentences: Record<Language, { email: string; sms: string }> = {
  en: { email: 'Unsubscribe: ', sms: 'To stop: ' },
  bn: { email: 'এমন বার্তা আর পেতে না চাইলে: ', sms: 'বার্তা বন্ধ: ' },
  hi: { email: 'ऐसे संदेश बंद करें: ', sms: 'संदेश बंद: ' },
  ru: { email: 'Отписаться: ', sms: 'Отписаться: ' },
};

const has = (lines: Lines, name: Placeholder): boolean =>
  lines.some((line) => line.some((token) => 'name' in token && token.name === name));

const lineOf = (text: string): Lines[number] => [{ text }, { name: 'unsubscribeLink' }];

const replyStop: Record<Language, string> = {
  en: 'Reply STOP to stop.',
  bn: 'বন্ধ করতে STOP লিখে উত্তর দিন।',
  hi: 'बंद करने के लिए STOP लिखकर जवाब दें।',
  ru: 'Чтобы отписаться, ответьте STOP.',
};

/** The template with the word that stops texts, unless its author has written it. */
export const withReplyStop = (template: ParsedTemplate, language: Language): ParsedTemplate => {
  const { sms } = template;
  const says = sms.some((line) => line.some((token) => 'text' in token && /\bSTOP\b/.test(token.text)));
  return says ? template : { ...template, sms: [...sms, [{ text: replyStop[language] }]] };
};

/**
 * The template with a way to stop in mail and text; whoever wrote it, what can be stopped says how. Words that have no
 * place for it get it at their end, which is the footer's.
 */
export const withOptOut = (template: ParsedTemplate, language: Language): ParsedTemplate => {
  const { email, sms } = template;
  const own = sentences[language];
  return {
    ...template,
    email: has(email, 'unsubscribeLink') ? email : withFooter(email, [lineOf(own.email)]),
    sms: has(sms, 'unsubscribeLink') ? sms : [...sms, lineOf(own.sms)],
  };
};

/**
 * The template with the postal address of the business in its mail, as advertising must have (CAN-SPAM, 15 U.S.C.
 * 7704(a)(5)(A)(iii)), in the footer unless its author has put it elsewhere.
 */
export const withPostalAddress = (template: ParsedTemplate): ParsedTemplate =>
  has(template.email, 'address')
    ? template
    : { ...template, email: withFooter(template.email, [[{ name: 'business' }, { text: ', ' }, { name: 'address' }]]) };
