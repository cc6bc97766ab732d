import { describe, expect, it } from 'vitest';
import { smsText } from '../../../../shared/messages/compose/sms-parts.ts';
import { messageTemplates } from '../../../../shared/messages/contract.ts';
import { allowedIn, placeholders } from '../../../../shared/messages/templates/placeholders.ts';
import { parseTemplate, renderEmail, renderSms } from '../../../../shared/messages/templates/render.ts';
import { standardTemplate, standardTemplates } from '../../../../shared/messages/templates/standard/index.ts';
import { languages } from '../../../../shared/platform/fields.ts';
import { sampleValues } from '../../../support/unit/message-samples.ts';

const every = languages.flatMap((language) => messageTemplates.map((template) => ({ language, template })));
const aws = 'https://a1b2c3d4e5.execute-api.eu-west-2.amazonaws.com';
const toClients = every.filter(({ template }) => template !== 'low-score');

describe('what a business sends from its first day', () => {
  it.each(every)('$template in $language asks only for what is allowed', ({ template, language }) => {
    expect(() => parseTemplate(template, standardTemplates[language][template])).not.toThrow();
  });

  it.each(every)('$template in $language reads whole, as mail and as text', ({ template, language }) => {
    const mail = renderEmail(standardTemplate(template, language), sampleValues(template, language), language);
    const sms = renderSms(standardTemplate(template, language), sampleValues(template, language));
    for (const text of [mail.subject, mail.text, mail.html.replace(/<style>.*<\/style>/s, ''), sms.text]) {
      expect(text).not.toMatch(/\{\{|\}\}|undefined|null|NaN|Invalid/);
      expect(text).toBe(text.normalize('NFC'));
    }
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.subject.length).toBeLessThan(100);
    expect(mail.html).toContain(`<html lang="${language}" dir="ltr">`);
  });

  it.each(every)('$template in $language keeps its text short', ({ template, language }) => {
    const budget = language === 'en' ? 2 : 4;
    for (const base of [undefined, aws])
      expect(
        renderSms(standardTemplate(template, language), sampleValues(template, language, base)).parts,
      ).toBeLessThanOrEqual(budget);
  });

  it.each(messageTemplates)('%s in English is a GSM-7 text', (template) => {
    expect(renderSms(standardTemplate(template, 'en'), sampleValues(template, 'en')).encoding).toBe('gsm-7');
    expect(smsText(standardTemplates.en[template].sms).encoding).toBe('gsm-7');
  });

  it.each(toClients)('$template in $language names the business and leads somewhere', ({ template, language }) => {
    const { sms, email } = standardTemplates[language][template];
    for (const text of [sms, email]) {
      expect(text).toContain('{{business}}');
      expect(text).toMatch(/\{\{(link|bookLink|reviewLink|offerLink|waitingLink)\}\}/);
    }
  });

  it('invites to come back with a way to stop, and nobody else needs one', () => {
    for (const { template, language } of every) {
      const texts = Object.values(standardTemplates[language][template]).join('\n');
      expect(texts.includes('unsubscribeLink')).toBe(template === 'come-back');
    }
  });

  it('says the same things in every language', () => {
    const asked = (text: string) => [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))].sort();
    for (const template of messageTemplates)
      for (const language of languages)
        expect(asked(standardTemplates[language][template].email), `${template} ${language}`).toEqual(
          asked(standardTemplates.en[template].email),
        );
  });

  it('gives a button to press in every mail to a client', () => {
    for (const { template, language } of toClients)
      expect(
        renderEmail(standardTemplate(template, language), sampleValues(template, language), language).html,
      ).toContain('class="press"');
  });

  it('explains every placeholder and allows no unknown one', () => {
    for (const rule of Object.values(placeholders)) expect(rule.about).toMatch(/\.$/);
    for (const names of Object.values(allowedIn))
      for (const name of names) expect(Object.keys(placeholders)).toContain(name);
  });
});
