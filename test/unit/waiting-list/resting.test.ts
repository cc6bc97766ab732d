import { expect, test } from 'vitest';
import { isResting } from '../../../shared/waiting-list/rules.ts';

test.each([
  ['', false],
  ['mm', false],
  ['mmm', true],
  ['dmmm', true],
  ['mmmd', false],
  ['mmdmm', false],
])('who let these go (declined, missed), "%s", rests: %s', (outcomes, rests) => {
  const passed = [...outcomes].map((each, startsAt) => ({
    startsAt,
    outcome: each === 'm' ? ('missed' as const) : ('declined' as const),
  }));
  expect(isResting({ passed })).toBe(rests);
});
