import { describe, expect, it } from 'vitest';
import type { OwnTemplate } from '../../../../shared/business/catalogue.ts';
import { previewOf } from '../../../../shared/messages/templates/preview.ts';
import { renderEmail, renderSms } from '../../../../shared/messages/templates/render.ts';
import { createTemplateResolver, mustParse } from '../../../../shared/messages/templates/resolve.ts';
import { standardTemplates } from '../../../../shared/messages/templates/standard/index.ts';
import { visitValues } from '../../../../shared/messages/templates/values.ts';
import { Problem } from '../../../../shared/platform/http/problems.ts';
import { instantOf } from '../../../../shared/platform/time/time.ts';
import { parseCatalogue } from '../../../../shared/settings/seed.ts';
import { sampleSeries, sampleValues, sampleVisit } from '../../../support/unit/message-samples.ts';
import { catalogueIndexOf } from '../../../support/unit/visits.ts';

const own = (changes: Partial<OwnTemplate> = {}): OwnTemplate => ({
  id: 'reminder.en',
  template: 'reminder',
  language: 'en',
  subject: 'See you {{when}}',
  email: 'Your visit: {{when}}\n\nChange: {{link}}',
  sms: 'See you {{whenShort}}',
  ...changes,
});
const salon = (...templates: OwnTemplate[]) =>
  catalogueIndexOf((file) => {
    file.templates = templates;
  });

describe('what a message says', () => {
  const text = (catalogueIndex: ReturnType<typeof salon>, language: 'en' | 'ru' = 'en') =>
    renderSms(createTemplateResolver()(catalogueIndex, 'reminder', language), sampleValues('reminder', language)).text;

  it('is the business’s own, in the language for which it has any', () => {
    expect(text(salon(own()))).toBe('See you Tue 24 Nov, 10:30');
    expect(text(salon(own()), 'ru')).toContain('напоминаем');
    expect(text(salon())).toContain('reminder: ');
  });

  it.each([
    ['', 'Your visit: {{when}}\n\nChange: {{link}}', 'New time: {{whenShort}}'],
    ['also before a footer', 'Your visit: {{when}}\n\nChange: {{link}}\n--\n{{business}}', 'New time: {{whenShort}}'],
    ['once where it has its place', 'Your visit: {{when}}\n{{ repeats }}', 'New time: {{whenShort}}. {{repeats}}'],
  ])('tells of a whole row, whatever the own words say, %s', (_, email, sms) => {
    const moved = salon(own({ id: 'moved.en', template: 'moved', email, sms }));
    const template = createTemplateResolver()(moved, 'moved', 'en');
    const sentence = 'This is the first of 12 appointments that have been moved';
    const moved12 = { ...sampleVisit('en'), repeats: sampleSeries('move', 12) };
    const mail = renderEmail(template, visitValues(moved12), 'en').text;
    const text = renderSms(template, visitValues(moved12, 'sms')).text;
    const [list, short] = [`${sentence}:\nTuesday 24 November at 10:30\n`, `${sentence}, the last on 9 February.`];
    expect([mail.split(list).length, text.split(short).length]).toEqual([2, 2]);
    const end = mail.indexOf('Tuesday 9 February at 10:30');
    expect(end).toBeGreaterThan(0);
    expect(end).toBeLessThan(mail.includes('-- ') ? mail.indexOf('-- ') : mail.length);
    const alone = sampleValues('moved', 'en');
    expect(renderEmail(template, alone, 'en').text).not.toContain('first of');
    expect(renderSms(template, alone).text).not.toMatch(/first of|\n/);
  });

  it('tells until when the client must confirm, whatever the own words say', () => {
    const short = { email: 'See you {{when}}\n--\n{{business}}', sms: 'See you {{whenShort}}' };
    const confirmation = salon(own({ id: 'confirmation.en', template: 'confirmation', ...short }));
    const template = createTemplateResolver()(confirmation, 'confirmation', 'en');
    const visit = sampleVisit('en');
    const asked = visitValues({ ...visit, confirmBy: visit.startsAt - 3_600_000 });
    expect(asked.confirmBy).not.toBe('');
    const mail = renderEmail(template, asked, 'en').text;
    expect([
      mail.split(asked.confirmBy ?? '').length,
      mail.indexOf(asked.confirmBy ?? '') < mail.indexOf('-- '),
    ]).toEqual([2, true]);
    expect(renderSms(template, asked).text).toContain(asked.confirmBy);
    const free = visitValues({ ...visit, confirmBy: undefined });
    expect(renderSms(template, free).text).toBe('See you Tue 24 Nov, 10:30');
  });

  it('is parsed once for each revision', () => {
    const find = createTemplateResolver();
    const [before, after] = [salon(own()), salon(own({ sms: 'Changed' }))];
    expect(find(before, 'reminder', 'en')).toBe(find(before, 'reminder', 'en'));
    expect(renderSms(find(after, 'reminder', 'en'), { confirmBy: '' }).text).toBe('Changed');
  });

  it('is the standard one where the own became unfit, which is told once', () => {
    const told: string[] = [];
    const find = createTemplateResolver((id) => told.push(id));
    const catalogueIndex = salon(own({ sms: 'See you {{reviewLink}}' }));
    for (let time = 0; time < 3; time += 1)
      expect(renderSms(find(catalogueIndex, 'reminder', 'en'), sampleValues('reminder', 'en')).text).toContain(
        'reminder: ',
      );
    expect(told).toEqual(['reminder.en']);
  });
});

describe('words that can’t be saved', () => {
  const problemOf = (changes: Partial<OwnTemplate>): Problem => {
    try {
      mustParse('reminder', own(changes));
    } catch (error) {
      if (error instanceof Problem) return error;
    }
    throw new Error('it was taken');
  };

  it.each(['subject', 'email', 'sms'] as const)('are refused with their part and what is known: %s', (part) => {
    const { code, extras } = problemOf({ [part]: 'Hello {{frstName}}' });
    expect(code).toBe('unprocessable');
    expect(extras.errors).toEqual([
      {
        path: part,
        message: expect.stringContaining('there is no {{frstName}} in reminder'),
        allowed: expect.arrayContaining(['{{firstName}}', '{{link}}']),
      },
    ]);
    expect(extras.errors?.[0]?.allowed).not.toContain('{{reviewLink}}');
  });

  it('are refused in a file, too, with their path', () => {
    const { locations, staff, services, categories, settings } = salon();
    const file = { locations, staff, services, categories, settings, templates: [own({ email: '{{nothing}}' })] };
    expect(() => parseCatalogue(JSON.stringify(file))).toThrow(/templates\.0\.email: there is no \{\{nothing\}\}/);
    const named = { ...file, templates: [own({ id: 'reminder.ru' })] };
    expect(() => parseCatalogue(JSON.stringify(named))).toThrow(/templates\.0\.id: must be the template and/);
  });
});

describe('a preview', () => {
  const now = instantOf('2026-11-22', '09:00', 'Europe/London');
  const preview = (changes: Partial<OwnTemplate>) => {
    const { template, language, ...text } = own(changes);
    return previewOf(salon(), mustParse(template, text), language, now);
  };

  it('shows every channel, with the business’s own names', () => {
    const shown = preview({ email: 'Dear {{firstName}}, {{services}} with {{staff}}\n\nChange: {{link}}' });
    expect(shown).toMatchObject({
      subject: 'See you Wednesday 25 November at 10:30',
      text: expect.stringContaining('Dear Anna, cut with Amina'),
      html: expect.stringContaining('class="press"'),
      sms: { text: 'See you Wed 25 Nov, 10:30', parts: 1, encoding: 'gsm-7', charactersLeft: 135 },
      warnings: [],
    });
  });

  it('names the characters that make a text dear, and only those', () => {
    const { sms, warnings } = preview({ sms: 'See you – “soon” ₹5 ç {{whenShort}}' });
    expect(sms.encoding).toBe('ucs-2');
    expect(warnings).toEqual([{ part: 'sms', message: expect.stringMatching(/^“₹”, “ç”: not in the plain alphabet/) }]);
    expect(preview({ language: 'ru', id: 'reminder.ru', sms: 'Ждём вас {{whenShort}}' }).warnings).toEqual([]);
  });

  it.each(['{firstName}', '%firstName%', '[firstName]', '$'.concat('{firstName}'), '｛｛firstName｝｝', '<firstName>'])(
    'is warned of placeholders as other programs write them, %s',
    (foreign) => {
      const { warnings } = preview({ email: `Hello ${foreign}, {50%} [off] for {{firstName}} <b>` });
      expect(warnings).toEqual([
        { part: 'email', message: `${foreign} is sent as it stands; a placeholder is written {{firstName}}` },
      ]);
    },
  );

  it('warns of what is sent as many texts, and of a subject that nobody sees whole', () => {
    expect(preview({ sms: 'x'.repeat(500), subject: 'x'.repeat(90) }).warnings).toEqual([
      { part: 'subject', message: expect.stringContaining('90 characters') },
      { part: 'sms', message: 'is sent, and billed, as 4 texts' },
    ]);
  });

  it('works for every standard template, even in a business that has next to nothing', () => {
    const bare = { ...salon(), services: [], staff: [], locations: [] };
    for (const [language, set] of Object.entries(standardTemplates))
      for (const [name, text] of Object.entries(set)) {
        const template = mustParse(name as OwnTemplate['template'], text);
        for (const catalogueIndex of [salon(), bare])
          expect(previewOf(catalogueIndex, template, language as OwnTemplate['language'], now).text).not.toMatch(
            /undefined/,
          );
      }
  });
});
