import { expect, test } from 'vitest';
import { day } from '../../../shared/platform/time/time.ts';
import { createTokens } from '../../../shared/platform/tokens/tokens.ts';
import { changeableUntil, lowest, lowScore } from '../../../shared/reviews/rules.ts';
import { behindReviewLink, reviewToken } from '../../../shared/reviews/token.ts';

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
  const token = await reviewToken(tokens, { id: '0123456789abcdef', endsAt: 0 }, 'sms');
  expect(await behindReviewLink(tokens, token)).toEqual({ id: '0123456789abcdef', writtenTo: 'sms' });
  expect(await tokens.verify(token, 'review-sms')).toMatchObject({ subject: '0123456789abcdef' });
  for (const other of ['review', 'review-email', 'manage', 'stop-email', 'stop-sms', 'form'] as const)
    await expect(tokens.verify(token, other)).rejects.toMatchObject({ code: 'link_invalid' });
  now = 60 * day - 1;
  await behindReviewLink(tokens, token);
  now = 60 * day;
  await expect(behindReviewLink(tokens, token)).rejects.toMatchObject({ code: 'link_expired' });
});

test('a review link from before links told their channel still opens the visit, and proves nothing', async () => {
  const tokens = createTokens({ load: async () => [Buffer.from('a key of the salon').toString('base64')] }, () => 0);
  const token = await tokens.sign('review', '0123456789abcdef', day);
  expect(await behindReviewLink(tokens, token)).toEqual({ id: '0123456789abcdef', writtenTo: undefined });
});
