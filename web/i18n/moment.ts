import type { Visitor } from '../frame/visitor.ts';

/** Day and time in one phrase, by the clock of the zone. */
export const momentWords = (
  { words, format }: Pick<Visitor, 'words' | 'format'>,
  instant: string | number,
  zone: string,
): string => words.atTime(format.date(instant, zone), format.time(instant, zone));
