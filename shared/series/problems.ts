import { defineProblem } from '../platform/http/problems.ts';

export const seriesConflict = defineProblem(
  'series_conflict',
  409,
  'Some of these times can’t be had; nothing was changed',
);
