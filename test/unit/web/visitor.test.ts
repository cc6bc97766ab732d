import { describe, expect, it } from 'vitest';
import { acceptedLanguages } from '../../../web/frame/visitor.ts';
import { appointment, business } from '../../support/web/salon.ts';
import { visit } from '../../support/web/visit.ts';

const languageOf = (body: string) => /<html lang="(\w+)"/.exec(body)?.[1];

describe('the language of a page', () => {
  it('is the one in the address, else the cookie, else the browser’s, else the business’s first', async () => {
    const { go } = visit();
    const browser = { acceptLanguage: 'de, hi;q=0.8, ru;q=0.9' };
    expect(languageOf((await go('book', 'lang=bn', { ...browser, cookie: 'a=b; lang=hi' })).body)).toBe('bn');
    expect(languageOf((await go('book', '', { ...browser, cookie: 'a=b; lang=hi' })).body)).toBe('hi');
    expect(languageOf((await go('book', '', browser)).body)).toBe('ru');
    expect(languageOf((await go('book')).body)).toBe('en');
  });

  it('is that of the cookie which no neighbouring domain can set, where there are two', async () => {
    const { go } = visit();
    expect(languageOf((await go('book', '', { cookie: 'lang=hi; __Host-lang=ru' })).body)).toBe('ru');
  });

  it('is one that the business speaks', async () => {
    const getBusiness = () =>
      Promise.resolve({ ok: true as const, status: 200, data: { ...business, languages: ['ru' as const] } });
    const { body } = await visit({ getBusiness }).go('book', 'lang=hi');
    expect(languageOf(body)).toBe('ru');
    expect(body).not.toContain('हिन्दी');
  });

  it('by link is the appointment’s, whatever the browser wishes', async () => {
    const getByLink = () =>
      Promise.resolve({ ok: true as const, status: 200, data: { ...appointment, language: 'bn' as const } });
    const { go } = visit({ getByLink });
    expect(languageOf((await go('appointment', '', { acceptLanguage: 'en' })).body)).toBe('bn');
    expect(languageOf((await go('appointment', 'lang=ru', { acceptLanguage: 'en' })).body)).toBe('ru');
  });

  it('is remembered once it is chosen, and not before', async () => {
    const { go } = visit();
    const kept = (await go('book', 'lang=bn')).cookies?.[0];
    expect(kept).toMatch(/^__Host-lang=bn; Path=\/; .*SameSite=Lax; HttpOnly; Secure$/);
    const here = (await go('book', 'lang=bn', { baseUrl: 'http://127.0.0.1:3000' })).cookies?.[0];
    expect(here).toMatch(/^lang=bn; Path=\/; .*SameSite=Lax; HttpOnly$/);
    expect((await go('book')).cookies).toEqual([]);
  });

  it('can be switched without losing what is chosen', async () => {
    const { body } = await visit().go('book', 'service=cut&location=soho&lang=en');
    expect(body).toContain('href="/book?step=staff&amp;service=cut&amp;location=soho&amp;lang=ru"');
  });
});

it('reads Accept-Language', () => {
  expect(acceptedLanguages('hi-IN,hi;q=0.9,en;q=0.95')).toEqual(['hi', 'en', 'hi']);
  expect(acceptedLanguages('*, en;q=0, xx')).toEqual([]);
  expect(acceptedLanguages(undefined)).toEqual([]);
});
