import type { Language } from '../../../platform/fields.ts';
import type { MessageTemplate, TemplateSet } from '../placeholders.ts';
import { type ParsedTemplate, parseTemplate } from '../render.ts';
import { bn } from './bn.ts';
import { en } from './en.ts';
import { hi } from './hi.ts';
import { ru } from './ru.ts';

export type { MessageTemplate, Values } from '../placeholders.ts';

/** What every business starts with. */
export const standardTemplates: Record<Language, TemplateSet> = { en, bn, hi, ru };

const parsed = new Map<string, ParsedTemplate>();

/** A standard template, parsed once and kept. */
export const standardTemplate = (name: MessageTemplate, language: Language): ParsedTemplate => {
  const key = `${language} ${name}`;
  const known = parsed.get(key);
  if (known) return known;
  const fresh = parseTemplate(name, standardTemplates[language][name]);
  parsed.set(key, fresh);
  return fresh;
};
