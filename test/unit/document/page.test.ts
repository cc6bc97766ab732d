import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { contracts } from '../../../shared/contracts.ts';
import { openApi } from '../../../shared/document/openapi.ts';
import { type RouteContract, route } from '../../../shared/platform/http/contract.ts';
import { documentPage } from '../../../web/document/page.tsx';

const routes: readonly RouteContract[] = contracts;
const { headers, body } = documentPage(openApi(routes, 'https://salon.example'));

/** What a reader sees of a piece of HTML. */
const seen = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

describe('the readable page of the API', () => {
  test.each(routes.map((contract) => [contract.id, contract] as const))('shows %s', (id, { method, path, summary }) => {
    const details = new RegExp(`<details id="${id}">.*?(?=<details id=|</section>)`, 's').exec(body)?.[0] ?? '';
    expect(seen(details)).toContain(path);
    expect(seen(details)).toContain(method);
    expect(seen(details)).toContain(summary);
  });

  test('gathers the routes under the headings of their contracts', () => {
    const headings = [...body.matchAll(/<h2>([^<]+)<\/h2>/g)].map((match) => match[1]);
    expect(headings).toEqual(['How to start', ...new Set(routes.map(({ tag }) => tag))]);
  });

  test('has one script, that which searches, and would not run another; it asks no other host', () => {
    const [script, ...others] = [...body.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map((match) => match[1] ?? '');
    expect(others).toEqual([]);
    expect(body).not.toMatch(/\son\w+=|javascript:|<(?:script|link|img)[^>]*(?:src|href)=/i);
    const hash = createHash('sha256')
      .update(script ?? '')
      .digest('base64');
    expect(headers['content-security-policy']).toContain(`default-src 'none'`);
    expect(headers['content-security-policy']).toContain(`script-src 'sha256-${hash}';`);
  });

  test('allows its own style, to the letter', () => {
    const css = /<style>(.*?)<\/style>/s.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(css).digest('base64');
    expect(css.length).toBeGreaterThan(100);
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
    expect(body).not.toContain('style=');
  });

  test('is a whole page in a language, with a title and one first heading', () => {
    expect(body).toMatch(/^<!doctype html><html lang="en">.*<title>Regulars API<\/title>.*<\/html>$/s);
    expect(body.match(/<h1>/g)).toHaveLength(1);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  });

  test('shows markup in a contract as text', () => {
    const hostile = route({
      id: 'hostile',
      method: 'GET',
      path: '/v1/hostile',
      tag: '<img src=x>',
      caller: 'public',
      summary: '<script>alert(1)</script>',
      description: '"><b>bold</b>',
      query: z.object({ q: z.string().meta({ description: '<i>i</i>' }) }),
      status: 200,
      answer: z.object({ a: z.string().meta({ description: '</pre><u>' }) }),
      errors: [],
    });
    const page = documentPage(openApi([hostile], 'https://salon.example')).body;
    expect(page.replace(/<script type="module">.*/s, '')).not.toMatch(/<(?:script|img|b|i|u)[\s>]/);
    expect(seen(page)).toContain('<script>alert(1)</script>');
  });
});
