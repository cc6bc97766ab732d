import { describe, expect, it } from 'vitest';
import type { PageId } from '../../../web/routes.ts';
import { business } from '../../support/web/salon.ts';
import { textOf, visit } from '../../support/web/visit.ts';

const words = {
  en: ['Cancellation policy', 'Privacy', 'Terms'],
  ru: ['Условия отмены', 'Конфиденциальность', 'Условия'],
  hi: ['अपॉइंटमेंट रद्द करने के नियम', 'निजता', 'शर्तें'],
  bn: ['বাতিলের নিয়ম', 'গোপনীয়তা', 'শর্তাবলি'],
};
const set = {
  privacyUrl: 'https://salon.example/privacy?a=1&b=2',
  termsUrl: 'https://salon.example/terms',
  cancellationPolicy: { en: 'A day before, <b>free</b>.\nLater half.', ru: 'За день бесплатно.' },
};
const shop = (more: object) => ({
  getBusiness: () => Promise.resolve({ ok: true as const, status: 200, data: { ...business, ...more } }),
});
const details =
  'step=details&service=cut&location=soho&staff=mira&startsAt=2026-11-26T10:00:00%2B00:00&form=token-of-the-form-that-keeps-it';

describe('privacy, terms and the cancellation policy', () => {
  it.each<[PageId, string]>([
    ['book', ''],
    ['book', details],
    ['wait', 'service=cut&location=soho&staff=mira&form=token-of-the-form-that-keeps-it'],
    ['appointment', ''],
    ['chooseMove', ''],
    ['askCancel', ''],
    ['review', ''],
    ['subscription', ''],
    ['waiting', ''],
  ])('stand on the page %s?%s', async (page, query) => {
    const { body } = await visit(shop(set)).go(page, `${query}&lang=en`);
    const text = textOf(body);
    for (const word of words.en) expect(text).toContain(word);
    expect(body).toContain('href="https://salon.example/privacy?a=1&amp;b=2"');
    expect(body).toContain('A day before, &lt;b>free&lt;/b>.');
    expect(body).toMatch(/href="https:\/\/salon\.example\/terms" target="_blank" rel="noopener noreferrer"/);
  });

  it.each(Object.entries(words))('are called in %s as people call them', async (language, expected) => {
    const { body } = await visit(shop(set)).go('book', `lang=${language}`);
    for (const word of expected) expect(textOf(body)).toContain(word);
    const policy = language === 'ru' ? '<p lang="ru" dir="auto">За день бесплатно.' : '<p lang="en" dir="auto">A day';
    expect(body).toContain(policy);
  });

  it('leave no empty foot where nothing is set', async () => {
    expect((await visit().go('book')).body).not.toContain('<footer');
    expect((await visit(shop({ termsUrl: set.termsUrl })).go('book')).body).not.toContain('<strong>Cancellation');
  });
});
