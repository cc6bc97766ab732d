import { expect, test } from 'vitest';
import { maxShown, shownTitle } from '../../../shared/__name__/rules.ts';

test('a title is shown whole, or cut at a word', () => {
  expect(shownTitle('The first')).toBe('The first');
  const cut = shownTitle('A title that is longer than anybody would want to read in a list');
  expect(cut).toBe('A title that is longer than anybody…');
  expect(cut.length).toBeLessThanOrEqual(maxShown);
});
