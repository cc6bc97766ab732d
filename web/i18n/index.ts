import type { Language } from '../../shared/platform/fields.ts';
import { bn } from './bn.ts';
import { en, type Words } from './en.ts';
import { hi } from './hi.ts';
import { ru } from './ru.ts';

export type { Words } from './en.ts';

export const dictionaries: Record<Language, Words> = { en, bn, hi, ru };
