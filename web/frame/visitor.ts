import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Language, languages } from '../../shared/platform/fields.ts';
import type { Business } from '../api.ts';
import { createFormat, type Format } from '../i18n/format.ts';
import { type Words, wordsIn } from '../i18n/index.ts';
import type { PageRequest } from './page.ts';

/** The reader of the page: every component asks this for words, numbers and times. */
export interface Visitor {
  language: Language;
  /** Languages of the business, for the switch. */
  languages: readonly Language[];
  words: Words;
  format: Format;
}

/** With the prefix no neighbouring domain can set it; the prefix needs TLS, which a page on this computer lacks. */
export const languageCookie = (request: PageRequest): string => (isSecure(request) ? '__Host-lang' : 'lang');

export const isSecure = ({ baseUrl }: PageRequest): boolean => baseUrl.startsWith('https:');

const isLanguage = (text: string | null | undefined): text is Language =>
  languages.some((language) => language === text);

export const cookieValue = (cookie: string | undefined, name: string): string | undefined =>
  cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

/** The language named in the address or the form, and so carried on in links. */
export const namedLanguage = (request: PageRequest): Language | undefined => {
  const named = request.query.get('lang') ?? request.form?.get('lang');
  return isLanguage(named) ? named : undefined;
};

/** The language that the visitor once chose, now or on an earlier page. */
export const chosenLanguage = (request: PageRequest): Language | undefined => {
  // Without the prefix it is from before there was one.
  const kept = cookieValue(request.cookie, languageCookie(request)) ?? cookieValue(request.cookie, 'lang');
  return namedLanguage(request) ?? (isLanguage(kept) ? kept : undefined);
};

/** `Accept-Language`, best first. */
export const acceptedLanguages = (header: string | undefined): Language[] =>
  (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...settings] = part.trim().toLowerCase().split(';');
      const quality = settings.map((setting) => /^\s*q=([\d.]+)\s*$/.exec(setting)?.[1]).find(Boolean);
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map((wish) => wish.language)
    .filter(isLanguage);

/**
 * In this order, among what the business speaks: the visitor's choice, the language of what the link leads to,
 * the browser's wish, the business's first.
 */
export const visitorOf = async (request: PageRequest, business?: Business, own?: Language): Promise<Visitor> => {
  const spoken = business?.languages.length ? business.languages : languages;
  const wishes = [chosenLanguage(request), own, ...acceptedLanguages(request.acceptLanguage), spoken[0]];
  const language = wishes.find((wish) => wish && spoken.includes(wish)) ?? 'en';
  return {
    language,
    languages: spoken,
    words: await wordsIn(language),
    format: createFormat(language, business?.country),
  };
};

const VisitorContext = createContext<Visitor | undefined>(undefined);
export const VisitorProvider = VisitorContext.Provider;

export const useVisitor = (): Visitor => {
  const visitor = useContext(VisitorContext);
  if (!visitor) throw new Error('A component was rendered outside of a page');
  return visitor;
};
