import fc from 'fast-check';
import PostalMime, { type Email } from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { AddressFault, composeMail, type Mail } from '../../../../shared/messages/compose/mail.ts';
import { renderEmail } from '../../../../shared/messages/templates/render.ts';
import { standardTemplate } from '../../../../shared/messages/templates/standard/index.ts';
import { visitValues } from '../../../../shared/messages/templates/values.ts';
import { languages } from '../../../../shared/platform/fields.ts';
import { sampleValues, sampleVisit } from '../../../support/unit/message-samples.ts';

const simple: Mail = {
  from: { name: 'Glow Salon', address: 'hello@glow.example' },
  to: 'anna@example.com',
  subject: 'Hello',
  text: 'Hello\n',
  html: '<p>Hello</p>',
  id: 'm-1',
  date: Date.UTC(2026, 10, 22, 9),
};
const parse = async (mail: Partial<Mail>): Promise<Email> =>
  PostalMime.parse(await composeMail({ ...simple, ...mail }));
const header = (mail: Email, key: string) =>
  mail.headers.filter((found) => found.key === key).map((found) => found.value);
const lines = (text: string | undefined) => text?.replaceAll('\r\n', '\n').trimEnd();

describe('a mail', () => {
  it('says who sends it, when, and that a machine wrote it', async () => {
    const mail = await parse({ replyTo: 'front@glow.example' });
    expect(mail.from).toMatchObject({ name: 'Glow Salon', address: 'hello@glow.example' });
    expect(mail.to).toMatchObject([{ address: 'anna@example.com' }]);
    expect(mail.replyTo).toMatchObject([{ address: 'front@glow.example' }]);
    expect(mail.messageId).toBe('<m-1@glow.example>');
    expect(new Date(mail.date ?? '').getTime()).toBe(simple.date);
    expect(header(mail, 'auto-submitted')).toEqual(['auto-generated']);
    expect(header(mail, 'list-unsubscribe')).toEqual([]);
  });

  it.each(languages)('arrives in %s as it was written', async (language) => {
    const content = renderEmail(standardTemplate('come-back', language), sampleValues('come-back', language), language);
    const mail = await parse({ ...content, from: { name: 'রূপ, "Glow" ✨', address: 'hello@glow.example' } });
    expect(mail.subject).toBe(content.subject);
    expect(mail.from?.name).toBe('রূপ, "Glow" ✨');
    expect(lines(mail.text)).toBe(lines(content.text));
    expect(lines(mail.html)).toBe(lines(content.html));
  });

  it('is the same octets for the same message', async () => {
    expect(await composeMail(simple)).toEqual(await composeMail(simple));
  });

  it('has no line longer than mail may have, and only ASCII outside', async () => {
    const content = renderEmail(standardTemplate('reminder', 'bn'), sampleValues('reminder', 'bn'), 'bn');
    const raw = Buffer.from(await composeMail({ ...simple, ...content })).toString('latin1');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
    expect(raw).toMatch(/^[\x00-\x7f]*$/);
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76);
  });

  it('arrives as it was written, whatever that is', async () => {
    const letters = fc.string({ unit: fc.constantFrom(...'aZ 9=?_.-<"\\\n\t', 'চুল', 'ж', '💇‍♀️', 'word '.repeat(20)) });
    const plain = letters.map((text) => text.replace(/\s+/g, ' ').trim());
    await fc.assert(
      fc.asyncProperty(letters, letters, plain, plain, async (text, html, subject, name) => {
        const changed = { text, html, subject, from: { name, address: 'hello@glow.example' } };
        const raw = Buffer.from(await composeMail({ ...simple, ...changed })).toString();
        expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(76);
        expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        const mail = await PostalMime.parse(raw);
        expect(mail.subject ?? '').toBe(subject);
        expect(mail.from?.name ?? '').toBe(name);
        expect(lines(mail.text) ?? '').toBe(lines(text));
        expect(lines(mail.html) ?? '').toBe(lines(html));
      }),
    );
  });

  it('says its name as people do, quoting what has a meaning in headers', async () => {
    const from = async (name: string) => {
      const raw = Buffer.from(await composeMail({ ...simple, from: { name, address: 'a@b.example' } })).toString();
      return /^From: (.*)$/m.exec(raw)?.[1]?.trimEnd();
    };
    expect(await from('Glow Salon')).toBe('Glow Salon <a@b.example>');
    expect(await from('Glow, "the" Salon')).toBe('"Glow, \\"the\\" Salon" <a@b.example>');
    expect(await from('')).toBe('a@b.example');
  });

  it('can be stopped with one click', async () => {
    const unsubscribeUrl = `https://book.glow.example/v1/subscriptions/${'k3v9'.repeat(40)}/one-click`;
    const mail = await parse({ unsubscribeUrl });
    expect(header(mail, 'list-unsubscribe')).toEqual([`<${unsubscribeUrl}>`]);
    expect(header(mail, 'list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
    expect(Buffer.from(await composeMail({ ...simple, unsubscribeUrl })).toString()).toContain(
      `List-Unsubscribe: <${unsubscribeUrl}>\r\n`,
    );
  });

  it.each(['http://book.glow.example/u', 'javascript:alert(1)', 'mailto:x@example.com', 'nonsense'])(
    'is not sent with %s to stop it',
    async (unsubscribeUrl) => {
      await expect(composeMail({ ...simple, unsubscribeUrl })).rejects.toThrow(AddressFault);
    },
  );

  it('may be stopped without TLS on a developer’s own computer only', async () => {
    expect(header(await parse({ unsubscribeUrl: 'http://127.0.0.1:3000/u' }), 'list-unsubscribe')).toHaveLength(1);
    await expect(composeMail({ ...simple, unsubscribeUrl: 'http://127.0.0.1.evil.example/u' })).rejects.toThrow(
      AddressFault,
    );
  });

  it('carries the calendar file', async () => {
    const content = 'BEGIN:VCALENDAR\r\nSUMMARY:চুল কাটা\r\nEND:VCALENDAR';
    const mail = await parse({ calendar: { content, method: 'PUBLISH' } });
    expect(mail.attachments).toHaveLength(1);
    expect(mail.attachments[0]).toMatchObject({
      filename: 'appointment.ics',
      disposition: 'attachment',
      method: 'PUBLISH',
    });
    const attached = mail.attachments[0]?.content;
    expect(lines(typeof attached === 'string' ? attached : new TextDecoder().decode(attached))).toBe(lines(content));
    expect(lines(mail.text)).toBe('Hello');
  });
});

describe('someone who wants to write headers of their own', () => {
  it.each([
    'a@example.com\r\nBcc: all@example.com',
    'a@example.com, b@example.com',
    'Anna <a@example.com>',
    'a@b@example.com',
    '"a b"@example.com',
    'анна@example.com',
    'group:a@example.com;',
    '',
  ])('gets nowhere with the address %j', async (to) => {
    await expect(composeMail({ ...simple, to })).rejects.toThrow(AddressFault);
    await expect(composeMail({ ...simple, from: { name: 'x', address: to } })).rejects.toThrow(AddressFault);
  });

  it('gets nowhere with a name', async () => {
    const evil = 'Anna\r\nBcc: all@example.com\r\n\r\n<script>\u2028\u0000';
    const content = renderEmail(
      standardTemplate('confirmation', 'en'),
      visitValues({ ...sampleVisit('en'), firstName: evil, business: evil }),
      'en',
    );
    const mail = await parse({ ...content, from: { name: evil, address: 'hello@glow.example' }, id: evil });
    expect(mail.bcc ?? []).toEqual([]);
    expect(header(mail, 'bcc')).toEqual([]);
    expect(mail.from?.name).toContain('Anna');
    expect(lines(mail.html)).not.toContain('<script>');
  });

  it('gets nowhere with any text at all', async () => {
    const keys = (await parse({})).headers.map((found) => found.key);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 120 }), async (text) => {
        const nasty = `${text}\r\nBcc: all@example.com\n\n${text}`;
        const mail = await parse({ subject: nasty, from: { name: nasty, address: 'a@b.example' }, id: nasty });
        expect(mail.headers.map((found) => found.key)).toEqual(keys);
        expect(lines(mail.text)).toBe('Hello');
      }),
      { numRuns: 60 },
    );
  });
});
