import type { Language } from '../shared/platform/fields.ts';
import { bn } from '../web/i18n/bn.ts';
import { en, type Words } from '../web/i18n/en.ts';
import { hi } from '../web/i18n/hi.ts';
import { ru } from '../web/i18n/ru.ts';

/** All of them; pages load only that of their visitor. */
export const dictionaries: Record<Language, Words> = { en, bn, hi, ru };
