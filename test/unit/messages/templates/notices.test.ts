import { describe, expect, it } from 'vitest';
import { messageTemplates, settingsSchema } from '../../../../shared/business/catalogue.ts';
import { noticeValues, withNotices } from '../../../../shared/messages/templates/notices.ts';
import { withOptOut } from '../../../../shared/messages/templates/opt-out.ts';
import { previewOf } from '../../../../shared/messages/templates/preview.ts';
import { parseTemplate, renderEmail, renderSms } from '../../../../shared/messages/templates/render.ts';
import { mustParse } from '../../../../shared/messages/templates/resolve.ts';
import { standardTemplate, standardTemplates } from '../../../../shared/messages/templates/standard/index.ts';
import { visitValues } from '../../../../shared/messages/templates/values.ts';
import { languages } from '../../../../shared/platform/fields.ts';
import { instantOf } from '../../../../shared/platform/time/time.ts';
import { sampleVisit } from '../../../support/unit/message-samples.ts';
import { catalogueIndexOf } from '../../../support/unit/visits.ts';

const policy = { en: 'Cancel a day before.\nLater we charge half.', ru: 'Отмена за день.' };
const set = {
  cancellationPolicy: policy,
  privacyUrl: 'https://salon.example/privacy',
  termsUrl: 'https://salon.example/terms',
};
const index = (more: object) => {
  const plain = catalogueIndexOf();
  return { ...plain, settings: { ...plain.settings, ...more } };
};
const labels = { en: 'Privacy: ', bn: 'গোপনীয়তা: ', hi: 'निजता: ', ru: 'Конфиденциальность: ' };

describe('what the business has set', () => {
  it.each(languages)('stands at the end of a mail in %s, after the way to stop', (language) => {
    const notices = noticeValues(index(set), language);
    const template = withNotices(withOptOut(standardTemplate('reminder', language), language), notices, language);
    const link = 'https://book.glow-salon.com/u/token';
    const visit = sampleVisit(language);
    const values = { ...visitValues({ ...visit, links: { ...visit.links, unsubscribe: link } }), ...notices };
    const mail = renderEmail(template, values, language);
    const footer = mail.text.slice(mail.text.indexOf('-- \n'));
    expect(footer).toContain(`${labels[language]}https://salon.example/privacy\n`);
    expect(footer).toContain(language === 'ru' ? 'Отмена за день.' : 'Cancel a day before.\nLater we charge half.');
    expect(footer.indexOf(link)).toBeLessThan(footer.indexOf('/privacy'));
    expect(mail.html).toContain('href="https://salon.example/terms"');
    expect(renderSms(template, values).text).not.toContain('salon.example/privacy');
  });

  it('leaves mails as they are where nothing is set, and those to the manager always', () => {
    const plain = standardTemplate('reminder', 'en');
    expect(withNotices(plain, noticeValues(index({}), 'en'), 'en')).toBe(plain);
    const alert = standardTemplate('low-score', 'en');
    expect(withNotices(alert, noticeValues(index(set), 'en'), 'en')).toBe(alert);
  });

  it('stands in own words that have no footer, and in their preview', () => {
    const own = { subject: 'Hi', email: 'See you at {{business}}', sms: 'See you' };
    const notices = noticeValues(index({ privacyUrl: set.privacyUrl }), 'en');
    const mail = renderEmail(
      withNotices(parseTemplate('reminder', own), notices, 'en'),
      { business: 'Glow', ...notices },
      'en',
    );
    expect(mail.text).toBe('See you at Glow\n\n-- \n\nPrivacy: https://salon.example/privacy\n');
    for (const name of messageTemplates) {
      const words = standardTemplates.en[name];
      const shown = previewOf(
        index(set),
        mustParse(name, words),
        'en',
        instantOf('2026-11-24', '08:00', 'Europe/London'),
      );
      expect(shown.text.includes('/privacy'), name).toBe(name !== 'low-score');
    }
  });

  it('is escaped like every other value', () => {
    const notices = noticeValues(index({ cancellationPolicy: { en: '<b>{{link}}</b>' } }), 'en');
    const mail = renderEmail(
      withNotices(standardTemplate('reminder', 'en'), notices, 'en'),
      { ...visitValues(sampleVisit('en')), ...notices },
      'en',
    );
    expect(mail.html).toContain('&#60;b&#62;{{link}}&#60;/b&#62;');
  });
});

describe('settings', () => {
  const parsed = (more: object) =>
    settingsSchema.safeParse({ name: 'Glow', languages: ['en'], currency: 'GBP', country: 'GB', ...more }).success;

  it.each([
    [{ privacyUrl: 'javascript:alert(1)' }],
    [{ privacyUrl: 'http://salon.example' }],
    [{ termsUrl: 'salon.example' }],
    [{ cancellationPolicy: {} }],
    [{ cancellationPolicy: { en: ' ' } }],
    [{ cancellationPolicy: { de: 'Absage' } }],
    [{ retention: { messagesDays: 30 } }],
  ])('refuse %j', (more) => {
    expect(parsed(more)).toBe(false);
  });

  it('take what a business says', () => {
    expect(parsed(set)).toBe(true);
    expect(parsed({})).toBe(true);
  });
});
