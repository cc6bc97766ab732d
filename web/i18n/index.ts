import type { Language } from '../../shared/platform/fields.ts';
import type { Words } from './en.ts';

export type { Words } from './en.ts';

const load: Record<Language, () => Promise<Words>> = {
  en: async () => (await import('./en.ts')).en,
  bn: async () => (await import('./bn.ts')).bn,
  hi: async () => (await import('./hi.ts')).hi,
  ru: async () => (await import('./ru.ts')).ru,
};

/** The dictionary of one language, loaded when somebody first reads it: each weighs 10 to 20 kB. */
export const wordsIn = (language: Language): Promise<Words> => load[language]();
