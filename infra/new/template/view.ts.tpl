import { isoUtc } from '../platform/time/time.ts';
import type { __Pascal__Answer } from './contract.ts';
import type { __Pascal__Record } from './store.ts';

export const view = ({ id, title, createdAt }: __Pascal__Record): __Pascal__Answer => ({
  id,
  title,
  createdAt: isoUtc(createdAt),
});
