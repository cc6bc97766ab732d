import { describe, expect, it } from 'vitest';
import { defaultJourney } from '../../../../shared/business/catalogue.ts';
import { smsText } from '../../../../shared/messages/compose/sms-parts.ts';
import {
  isStoppable,
  withOptOut,
  withPostalAddress,
  withReplyStop,
} from '../../../../shared/messages/templates/opt-out.ts';
import { allowedIn } from '../../../../shared/messages/templates/placeholders.ts';
import { previewOf } from '../../../../shared/messages/templates/preview.ts';
import { parseTemplate, renderEmail, renderSms } from '../../../../shared/messages/templates/render.ts';
import { mustParse } from '../../../../shared/messages/templates/resolve.ts';
import { standardTemplate } from '../../../../shared/messages/templates/standard/index.ts';
import { visitValues } from '../../../../shared/messages/templates/values.ts';
import { languages } from '../../../../shared/platform/fields.ts';
import { instantOf } from '../../../../shared/platform/time/time.ts';
import { sampleVisit } from '../../../support/unit/message-samples.ts';
import { catalogueIndexOf } from '../../../support/unit/visits.ts';

const link = 'https://book.glow-salon.com/u/token';
const values = (language: (typeof languages)[number]) => {
  const visit = sampleVisit(language);
  return visitValues({ ...visit, links: { ...visit.links, unsubscribe: link } });
};
const stoppable = ['confirmation', 'reminder', 'moved', 'cancelled', 'review-request', 'come-back'] as const;
const every = languages.flatMap((language) => stoppable.map((template) => ({ language, template })));
const timesIn = (text: string): number => text.split(link).length - 1;

describe('a way to stop', () => {
  it.each(every)('stands in mail and text of $template in $language, once', ({ language, template }) => {
    const shown = withOptOut(standardTemplate(template, language), language);
    const mail = renderEmail(shown, values(language), language);
    expect([timesIn(mail.text), mail.html.includes(`href="${link}"`)]).toEqual([1, true]);
    expect(timesIn(renderSms(shown, values(language)).text)).toBe(1);
    expect(mail.text.indexOf(link)).toBeGreaterThan(mail.text.indexOf('-- \n'));
  });

  it.each(stoppable)('may be asked for by whoever writes %s, and then stands where they put it', (template) => {
    expect(allowedIn[template]).toContain('unsubscribeLink');
    const text = {
      subject: 'Hi',
      email: '{{business}}\n\nNo more of it? {{ unsubscribeLink }}\n\nBye',
      sms: 'No more? {{unsubscribeLink}} {{business}}',
    };
    const shown = withOptOut(parseTemplate(template, text), 'en');
    expect(renderSms(shown, values('en')).text).toBe(`No more? ${link} Glow Salon`);
    const mail = renderEmail(shown, values('en'), 'en').text;
    expect([timesIn(mail), mail.trimEnd().endsWith('Bye')]).toEqual([1, true]);
  });

  it('makes a footer where own words have none', () => {
    const own = parseTemplate('reminder', { subject: 'Hi', email: 'See you at {{business}}', sms: 'See you' });
    const shown = withOptOut(own, 'en');
    expect(renderEmail(shown, values('en'), 'en').text).toBe(`See you at Glow Salon\n\n-- \nUnsubscribe: ${link}\n`);
    expect(renderSms(shown, values('en')).text).toBe(`See you\nTo stop: ${link}`);
  });

  it.each(['waiting-offer', 'low-score'] as const)('can’t be asked for in %s, which nobody can stop', (template) => {
    expect(allowedIn[template]).not.toContain('unsubscribeLink');
  });

  it.each([
    ['marketing', 'reminder', true],
    ['marketing', 'come-back', true],
    ['service', 'review-request', true],
    ['service', 'reminder', false],
  ] as const)('%s by %s: %s', (purpose, template, expected) => {
    expect(isStoppable({ purpose, template })).toBe(expected);
  });
});

describe('a preview', () => {
  const now = instantOf('2026-11-22', '09:00', 'Europe/London');
  const own = { subject: 'See you', email: 'See you at {{business}}', sms: 'See you' };
  const previewIn = (purpose: 'service' | 'marketing') => {
    const salon = catalogueIndexOf((file) => {
      file.journey = defaultJourney.map((each) => (each.template === 'reminder' ? { ...each, purpose } : each));
    });
    return previewOf(salon, mustParse('reminder', own), 'en', now);
  };

  it('shows and counts the way to stop that is added when it is sent', () => {
    const shown = previewIn('marketing');
    expect(shown.text).toContain('Unsubscribe: https://');
    expect(shown.sms.text).toMatch(/^See you\nTo stop: https:\S+$/);
    expect(shown.sms).toMatchObject({ parts: smsText(shown.sms.text).parts, encoding: 'gsm-7' });
  });

  it('shows none where none is added', () => {
    expect(previewIn('service').sms).toMatchObject({ text: 'See you', parts: 1 });
  });
});

describe('the postal address of advertising', () => {
  const own = { subject: 'Hi', email: 'Come to {{business}}', sms: 'Come' };

  it('is in the footer of own words that have none, and not in texts', () => {
    const shown = withPostalAddress(parseTemplate('reminder', own));
    expect(renderEmail(shown, values('en'), 'en').text).toBe(
      `Come to Glow Salon\n\n-- \nGlow Salon, ${sampleVisit('en').location.address}\n`,
    );
    expect(renderSms(shown, values('en')).text).toBe('Come');
  });

  it('stays where its author put it', () => {
    const placed = parseTemplate('reminder', { ...own, email: 'At {{address}}' });
    expect(withPostalAddress(placed)).toBe(placed);
  });

  it.each([
    ['marketing', true],
    ['service', false],
  ] as const)('stands in the preview of %s: %s', (purpose, expected) => {
    const salon = catalogueIndexOf((file) => {
      file.journey = defaultJourney.map((each) => (each.template === 'reminder' ? { ...each, purpose } : each));
    });
    const { text } = previewOf(
      salon,
      mustParse('reminder', own),
      'en',
      instantOf('2026-11-22', '09:00', 'Europe/London'),
    );
    expect(text.includes(salon.locations[0]?.address ?? 'none')).toBe(expected);
  });
});

describe('the word that stops texts', () => {
  it.each(languages)('stands at the end of a first text in %s, within its alphabet', (language) => {
    const told = renderSms(withReplyStop(standardTemplate('reminder', language), language), values(language));
    expect(told.text.split('\n').at(-1)).toMatch(/\bSTOP\b/);
    expect(told.encoding).toBe(language === 'en' ? 'gsm-7' : 'ucs-2');
  });

  it('is said once where the author has written it', () => {
    const own = parseTemplate('reminder', {
      subject: 'Hi',
      email: 'Hi {{business}}',
      sms: 'See you. STOP ends texts.',
    });
    expect(renderSms(withReplyStop(own, 'en'), values('en')).text).toBe('See you. STOP ends texts.');
  });
});
