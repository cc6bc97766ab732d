import type { Language } from '../../../platform/fields.ts';
import { memoByKey } from '../../../platform/memo.ts';
import type { MessageTemplate, TemplateSet } from '../placeholders.ts';
import { type ParsedTemplate, parseTemplate } from '../render.ts';
import { bn } from './bn.ts';
import { en } from './en.ts';
import { hi } from './hi.ts';
import { ru } from './ru.ts';

export type { MessageTemplate, Values } from '../placeholders.ts';

/** Templates that every business starts with. */
export const standardTemplates: Record<Language, TemplateSet> = { en, bn, hi, ru };

const parsed = memoByKey((language: Language) =>
  memoByKey((name: MessageTemplate) => parseTemplate(name, standardTemplates[language][name])),
);

/** A standard template, parsed once and kept. */
export const standardTemplate = (name: MessageTemplate, language: Language): ParsedTemplate => parsed(language)(name);
