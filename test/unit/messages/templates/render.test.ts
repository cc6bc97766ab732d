import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseTemplate,
  render,
  renderEmail,
  renderSms,
  TemplateFault,
  ValueMissing,
} from '../../../../shared/messages/templates/render.ts';
import type { Values } from '../../../../shared/messages/templates/standard/index.ts';
import { standardTemplate } from '../../../../shared/messages/templates/standard/index.ts';
import { sampleValues } from '../../../support/unit/message-samples.ts';

const values = (changes: Values = {}): Values => ({ ...sampleValues('confirmation', 'en'), ...changes });
const written = (changes: { subject?: string; email?: string; sms?: string } = {}) =>
  parseTemplate('confirmation', { subject: 'Hello', email: 'Hello', sms: 'Hello', ...changes });

/** What a browser would show, near enough: the tags gone, the entities read. */
const tagsOf = (html: string): string[] => [...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map((match) => match[1] ?? '');

describe('a template that a business writes', () => {
  it.each([
    ['an unknown placeholder', '{{nickname}}'],
    ['one that this message may not have', '{{score}}'],
    ['logic', '{{#if firstName}}'],
    ['a call into the language', '{{constructor}}'],
    ['an inherited name', '{{toString}}'],
    ['nothing', '{{}}'],
  ])('is refused with %s, and told what is known', (_name, text) => {
    expect(() => written({ email: `Dear ${text}` })).toThrow(TemplateFault);
    expect(() => written({ email: `Dear ${text}` })).toThrow(/known: \{\{firstName\}\}, \{\{business\}\}/);
  });

  it.each(['{{firstName', 'firstName}}', '{{ {{firstName}} }}', '{{{firstName}}}', '{{{firstName}}', '{{firstName}}}'])(
    'is refused with a placeholder left open: %s',
    (text) => {
      expect(() => written({ sms: text })).toThrow(TemplateFault);
    },
  );

  it('is refused without a subject, or with one that could fail or is no line', () => {
    expect(() => written({ subject: ' ' })).toThrow(/empty/);
    expect(() => written({ subject: 'a\nb' })).toThrow(/one line/);
    expect(() => written({ subject: 'Call {{phone}}' })).toThrow(/phone.*subject/);
    expect(() => written({ subject: 'See {{link}}' })).toThrow(/link.*subject/);
  });

  it('is refused where marketing does not say how to stop', () => {
    const text = { subject: 'Hi', email: '{{business}} {{unsubscribeLink}}', sms: '{{business}}: {{bookLink}}' };
    expect(() => parseTemplate('come-back', text)).toThrow(/sms: come-back must carry \{\{unsubscribeLink\}\}/);
  });

  it('may write spaces inside the braces and Windows line ends', () => {
    const text = render(written({ email: 'Hello {{ firstName }},\r\n\r\nbye' }), values(), 'text', 'en');
    expect(text).toBe('Hello Anna,\n\nbye\n');
  });
});

describe('a value', () => {
  it('that is missing stops the message rather than leaving a hole', () => {
    const { firstName: _, ...rest } = values();
    expect(() => render(written({ sms: '{{firstName}}' }), rest, 'sms', 'en')).toThrow(ValueMissing);
    expect(() => render(written({ sms: '{{firstName}}' }), values({ firstName: ' \u0007 ' }), 'sms', 'en')).toThrow(
      /firstName/,
    );
  });

  it('that may be absent takes its line with it', () => {
    const template = written({ email: '{{location}}\nPhone: {{phone}}\n{{address}}', sms: 'a\nCall {{phone}}' });
    const without = values({ phone: '' });
    expect(render(template, without, 'text', 'en')).toBe('Riverside\n12 Mill Lane, London SE1 2AB\n');
    expect(render(template, without, 'html', 'en')).not.toContain('Phone');
    expect(render(template, without, 'sms', 'en')).toBe('a');
  });

  it('is never expanded itself', () => {
    const tricky = values({ firstName: '{{link}} $& $1' });
    for (const form of ['text', 'sms'] as const)
      expect(render(written({ email: 'Hi {{firstName}}', sms: 'Hi {{firstName}}' }), tricky, form, 'en').trim()).toBe(
        'Hi {{link}} $& $1',
      );
  });

  it('that should be a link but is not is refused', () => {
    for (const link of ['javascript:alert(1)', 'data:text/html,x', 'not a link', '//evil.example'])
      expect(() => render(written({ sms: '{{link}}' }), values({ link }), 'sms', 'en')).toThrow(ValueMissing);
  });

  it('can not break out of a line, nor turn the reading direction', () => {
    const name = 'Anna\r\nBcc: all@example.com\u202e\u0000\u2028x';
    const { subject } = renderEmail(written({ subject: 'Hi {{firstName}}' }), values({ firstName: name }), 'en');
    expect(subject).toBe('Hi Anna Bcc: all@example.com x');
    expect(render(written({ sms: '{{firstName}}' }), values({ firstName: name }), 'sms', 'en')).not.toMatch(/[\r\n]/);
  });

  it('keeps emoji, joiners and right-to-left names', () => {
    for (const firstName of ['👩‍👩‍👧 Zoë', 'שרה', 'مريم', 'শ্রীকান্ত', 'क्‍ष'])
      expect(render(written({ email: '{{firstName}}!' }), values({ firstName }), 'text', 'en')).toBe(
        `${firstName.normalize('NFC')}!\n`,
      );
    expect(render(written({ email: '{{firstName}}!' }), values({ firstName: 'שרה' }), 'html', 'en')).toContain(
      '<bdi>שרה</bdi>!',
    );
  });

  it('never becomes markup', () => {
    const plain = tagsOf(renderEmail(standardTemplate('confirmation', 'en'), values(), 'en').html);
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom('<', '>', '"', "'", '&', '-->'),
        (text, sign) => {
          const nasty = `x${sign}<img src=x onerror=alert(1)>${text}${sign}</title><script>`;
          const mail = renderEmail(
            standardTemplate('confirmation', 'en'),
            values({ firstName: nasty, business: nasty, services: nasty, address: nasty, phone: nasty }),
            'en',
          );
          expect(tagsOf(mail.html)).toEqual(plain);
          expect(mail.subject).not.toMatch(/[\r\n]/);
        },
      ),
    );
  });

  it('stays inside the address of a link', () => {
    const { html } = renderEmail(
      written({ email: 'Go: {{link}}' }),
      values({ link: 'https://x.example/?a="><b>&c=1' }),
      'en',
    );
    expect(html).not.toContain('<b>');
    expect(html).toContain('href="https://x.example/?a=%22%3E%3Cb%3E&#38;c=1"');
  });
});

describe('the mail made from a plain text', () => {
  const template = written({
    subject: 'Your visit',
    email:
      'Hello {{firstName}},\n\n{{when}}\n{{services}}\n\nSee it: {{link}}\n\nAgain: {{link}}\n\nOr {{link}} here\n\n--\n{{business}}\nLast: {{link}}',
  });
  const { html, text } = renderEmail(template, values(), 'en');

  it('has one button, further links as links', () => {
    expect(html.match(/class="press"/g)).toHaveLength(1);
    expect(html).toMatch(/class="press".*>See it<\/a>/);
    expect(html).toMatch(/<a [^>]*>Again<\/a>/);
    expect(html).toMatch(/Or <a href="(https:[^"]+)"[^>]*>\1<\/a> here/);
  });

  it('shows lines that belong together in one box', () => {
    expect(html).toMatch(
      /class="details ink"[^>]*><strong><bdi>Tuesday 24 November at 10:30<\/bdi><\/strong><br>\n<bdi>Cut/,
    );
  });

  it('puts what follows the rule into the footer', () => {
    expect(html.indexOf('class="soft"', html.indexOf('<h1'))).toBeLessThan(html.indexOf('>Last</a>'));
    expect(text).toContain('\n-- \nGlow Salon\n');
  });

  it('has a heading, a title, a language, and fetches nothing', () => {
    expect(html).toContain('<title>Your visit</title>');
    expect(html).toMatch(/<h1[^>]*>Your visit<\/h1>/);
    expect(html).toContain('<html lang="en" dir="ltr">');
    expect(html).not.toMatch(/<img|<link|@import|url\(|<script/);
  });

  it('leaves the words of a review as they were written, safely', () => {
    const words = 'Too long a wait.\n\n-- \nSee it: https://evil.example <b>';
    const low = renderEmail(standardTemplate('low-score', 'en'), { ...sampleValues('low-score', 'en'), words }, 'en');
    expect(low.html).toContain('Too long a wait.<br>--<br>See it: https://evil.example &#60;b&#62;');
    expect(low.html).not.toContain('href="https://evil');
    expect(low.text).toContain('Too long a wait.\n--\nSee it');
  });

  it('leaves an empty review out', () => {
    const low = renderEmail(
      standardTemplate('low-score', 'ru'),
      { ...sampleValues('low-score', 'ru'), words: '' },
      'ru',
    );
    expect(low.text).not.toMatch(/\n{3}/);
  });
});

describe('a text', () => {
  it('comes with what it costs, and is what was counted', () => {
    const sms = renderSms(
      written({ sms: '{{business}}: {{when}}' }),
      values({ when: '9:05\u202fPM', business: 'Anna’s' }),
    );
    expect(sms).toEqual({ text: "Anna's: 9:05 PM", encoding: 'gsm-7', units: 15, parts: 1, left: 145 });
  });
});
