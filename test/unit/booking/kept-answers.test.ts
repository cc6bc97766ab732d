import { describe, expect, it } from 'vitest';
import type { BusyTime, DiaryPage } from '../../../shared/booking/day-pages/pages.ts';
import { createAnswers, stateOf } from '../../../shared/booking/placement/kept-answers.ts';
import type { CatalogueIndex } from '../../../shared/business/catalogue-index.ts';

const owner = { id: 'ana', group: 'here', zone: 'Europe/London' };
const page = (date: string, version: number, busy: readonly BusyTime[] = []): DiaryPage => ({
  owner,
  date,
  version,
  busy,
});
const diary = (...pages: DiaryPage[]) => new Map([['ana', pages]]);
const taken: BusyTime = { id: 'a', from: 0, until: 1 };
const noon = Date.parse('2026-11-24T12:00:00Z');
const [one, other] = [{} as CatalogueIndex, {} as CatalogueIndex];

describe('what a diary says', () => {
  const said = stateOf(diary(page('2026-11-24', 3, [taken]), page('2026-11-25', 0)), noon + 1);

  it('is the same within a minute', () => {
    expect(stateOf(diary(page('2026-11-24', 3, [taken]), page('2026-11-25', 0)), noon + 59_999)).toBe(said);
  });

  it.each([
    ['a page is written', diary(page('2026-11-24', 4, [taken]), page('2026-11-25', 0)), noon + 1],
    ['a page is begun', diary(page('2026-11-24', 3, [taken]), page('2026-11-25', 1)), noon + 1],
    ['a hold expires', diary(page('2026-11-24', 3), page('2026-11-25', 0)), noon + 1],
    ['the minute begins', diary(page('2026-11-24', 3, [taken]), page('2026-11-25', 0)), noon],
    ['the minute is over', diary(page('2026-11-24', 3, [taken]), page('2026-11-25', 0)), noon + 60_000],
  ])('changes when %s', (_, pages, at) => {
    expect(stateOf(pages, at)).not.toBe(said);
  });
});

describe('an answer', () => {
  const counting = () => {
    let made = 0;
    return {
      make: () => {
        made += 1;
        return { made };
      },
    };
  };

  it('is given again, the very same, while nothing has changed', () => {
    const [answers, { make }] = [createAnswers<{ made: number }>(), counting()];
    const first = answers(one, 'question', 'state', make);
    expect(answers(one, 'question', 'state', make)).toBe(first);
  });

  it.each([
    ['another question', one, 'other', 'state'],
    ['another state of the diary', one, 'question', 'other'],
    ['another catalogue', other, 'question', 'state'],
  ])('is made anew for %s', (_, catalogueIndex, question, state) => {
    const [answers, { make }] = [createAnswers<{ made: number }>(), counting()];
    answers(one, 'question', 'state', make);
    expect(answers(catalogueIndex, question, state, make)).toEqual({ made: 2 });
  });

  it('is forgotten with the catalogue, even when that comes back', () => {
    const [answers, { make }] = [createAnswers<{ made: number }>(), counting()];
    for (const catalogueIndex of [one, other, one]) answers(catalogueIndex, 'question', 'state', make);
    expect(answers(one, 'question', 'state', make)).toEqual({ made: 3 });
  });

  it('is kept only with the latest hundreds', () => {
    const [answers, { make }] = [createAnswers<{ made: number }>(), counting()];
    for (let index = 0; index <= 500; index += 1) answers(one, `question ${index}`, 'state', make);
    expect(answers(one, 'question 500', 'state', make)).toEqual({ made: 501 });
    expect(answers(one, 'question 0', 'state', make)).toEqual({ made: 502 });
  });
});
