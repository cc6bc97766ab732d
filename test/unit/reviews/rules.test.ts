import { expect, test } from 'vitest';
import { day } from '../../../shared/platform/time/time.ts';
import { createTokens } from '../../../shared/platform/tokens/tokens.ts';
import { changeableUntil, lowest, lowScore } from '../../../shared/reviews/rules.ts';
import { reviewToken } from '../../../shared/reviews/token.ts';

const scores = (...given: number[]) => ({ ratings: given.map((score) => ({ staffId: 'amina', score })) });

test('a visit is as good as its worst score', () => {
  expect(lowest(scores(5))).toBe(5);
  expect(lowest(scores(5, 2, 4))).toBe(2);
});

test('three stars and fewer tell the manager', () => {
  expect(lowScore).toBe(3);
});

test('the week to change a review runs from its first version', () => {
  expect(changeableUntil({ at: 1000 })).toBe(1000 + 7 * day);
});

test('a review link works for two months after the visit, for that visit and for nothing else', async () => {
  let now = 0;
  const tokens = createTokens({ load: async () => [Buffer.from('a key of the salon').toString('base64')] }, () => now);
  const token = await reviewToken(tokens, { id: '0123456789abcdef', endsAt: 0 });
  expect(await tokens.verify(token, 'review')).toMatchObject({ subject: '0123456789abcdef' });
  for (const other of ['manage', 'stop-email', 'stop-sms', 'form'] as const)
    await expect(tokens.verify(token, other)).rejects.toMatchObject({ code: 'link_invalid' });
  now = 60 * day - 1;
  await tokens.verify(token, 'review');
  now = 60 * day;
  await expect(tokens.verify(token, 'review')).rejects.toMatchObject({ code: 'link_expired' });
});
