import type { PersonName } from './people.ts';

/** Outcome of a visit that lies behind, where it isn't simply completed; stars and words make a review. */
interface Fate {
  noShow?: true;
  stars?: number;
  words?: string;
}

/** A visit of the plan: local day from today, location, local time, services, member of the team, client. */
export interface PlannedVisit extends Fate {
  day: number;
  place: 'brooklyn' | 'los-feliz';
  time: string;
  services: readonly string[];
  staff: string;
  who: PersonName;
  notes?: string;
}

type Line = [time: string, services: string, staff: string, who: PersonName, more?: Fate & { notes?: string }];

const on = (day: number, place: PlannedVisit['place'], lines: readonly Line[]): PlannedVisit[] =>
  lines.map(([time, services, staff, who, more]) => ({
    ...{ day, place, time, services: services.split('+'), staff, who },
    ...more,
  }));

/**
 * The weeks around today. A time at which the place is closed, or its person off, is left out: which those are depends
 * on the weekday on which somebody starts.
 */
export const plan: readonly PlannedVisit[] = [
  ...on(-42, 'brooklyn', [
    ['10:00', 'cut+gloss', 'amina', 'grace', { stars: 5, words: 'Amina always knows what I mean.' }],
    ['11:00', 'manicure', 'priya', 'anita'],
    ['15:00', 'cut-short', 'anyone', 'jamal'],
  ]),
  ...on(-27, 'brooklyn', [
    ['12:00', 'colour', 'amina', 'hannah', { stars: 4, words: 'Lovely colour. It took a little longer than planned.' }],
    ['13:30', 'brows', 'priya', 'tania'],
    ['16:00', 'cut-short', 'anyone', 'victor', { noShow: true }],
  ]),
  ...on(-27, 'los-feliz', [['12:00', 'facial', 'dev', 'zoe', { stars: 5, words: 'So calm. I nearly fell asleep.' }]]),
  ...on(-12, 'brooklyn', [
    ['10:30', 'cut', 'amina', 'irina', { stars: 5, words: 'Спасибо, очень аккуратно!' }],
    ['14:00', 'pedicure', 'priya', 'ruth'],
  ]),
  ...on(-5, 'brooklyn', [
    ['11:00', 'gel-manicure', 'priya', 'farhan', { stars: 5, words: 'খুব সুন্দর কাজ, ধন্যবাদ!' }],
    ['12:30', 'cut', 'amina', 'maya'],
  ]),
  ...on(-2, 'brooklyn', [
    ['10:15', 'blow-dry', 'amina', 'anita', { stars: 5, words: 'बहुत बढ़िया, फिर आऊँगी।' }],
    ['13:00', 'highlights', 'amina', 'ruth'],
    ['15:30', 'brows', 'priya', 'hannah'],
  ]),
  ...on(-2, 'los-feliz', [
    ['11:15', 'cut', 'sofia', 'emily', { stars: 4, words: 'Great cut, easy to park.' }],
    ['15:00', 'beard', 'dev', 'lucas'],
  ]),
  ...on(-1, 'brooklyn', [
    ['10:00', 'cut', 'amina', 'daniel'],
    ['11:30', 'manicure', 'priya', 'grace'],
    ['12:00', 'cut-short', 'anyone', 'victor', { noShow: true }],
    ['15:15', 'gloss', 'amina', 'tania'],
  ]),
  ...on(-1, 'los-feliz', [['12:30', 'cut-short', 'dev', 'theo']]),
  ...on(0, 'brooklyn', [
    ['10:00', 'cut', 'amina', 'hannah'],
    ['10:15', 'manicure', 'priya', 'ruth'],
    ['10:30', 'cut-short', 'marco', 'jamal'],
    ['11:15', 'gloss', 'amina', 'irina', { notes: 'Sensitive scalp: no ammonia, please.' }],
    ['11:30', 'brows', 'priya', 'tania'],
    ['12:30', 'colour', 'amina', 'anita'],
    ['13:00', 'pedicure', 'priya', 'maya'],
    ['14:00', 'beard', 'marco', 'rohan'],
    ['14:45', 'cut', 'amina', 'grace'],
    ['15:15', 'gel-manicure', 'priya', 'farhan'],
    ['17:30', 'cut', 'amina', 'ruth'],
  ]),
  ...on(0, 'los-feliz', [
    ['10:30', 'cut+blow-dry', 'sofia', 'emily'],
    ['11:15', 'facial', 'dev', 'zoe'],
    ['15:00', 'cut-short', 'dev', 'alexey'],
    ['16:00', 'massage', 'lily', 'lucas'],
  ]),
  ...on(1, 'brooklyn', [
    ['10:00', 'highlights', 'amina', 'maya'],
    ['11:00', 'gel-manicure', 'priya', 'irina'],
    ['13:00', 'cut', 'amina', 'farhan'],
    ['13:30', 'cut-short', 'marco', 'daniel'],
    ['14:30', 'manicure', 'priya', 'anita'],
  ]),
  ...on(1, 'los-feliz', [
    ['11:00', 'colour', 'sofia', 'zoe'],
    ['15:30', 'beard', 'dev', 'theo'],
  ]),
  ...on(2, 'brooklyn', [
    ['12:00', 'cut', 'amina', 'rohan'],
    ['15:00', 'pedicure', 'priya', 'hannah'],
  ]),
  ...on(4, 'los-feliz', [['12:00', 'brows', 'dev', 'emily']]),
  ...on(9, 'brooklyn', [['10:30', 'cut+gloss', 'amina', 'grace']]),
];
