import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { pageRoutes } from '../../../web/routes.ts';
import { styleSheets } from '../../../web/style/sheet.ts';
import { visit } from '../../support/web/visit.ts';

it('the policy knows the very style that the page carries, and allows nothing else', async () => {
  for (const page of ['book', 'appointment', 'review', 'subscription'] as const) {
    const { body, headers } = await visit().go(page);
    const style = /<style>(.*?)<\/style>/s.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(body).not.toMatch(/<script| style="| on\w+="/);
  }
});

it('weighs little', () => {
  for (const sheet of Object.values(styleSheets)) expect(sheet.length).toBeLessThan(14_500);
});

it('has no route twice, and no GET that could change anything', () => {
  const keys = pageRoutes.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { id, method } of pageRoutes)
    expect(method === 'GET', id).toBe(!/^(send|confirm|prove|agree|move$|cancel|unsubscribe)/.test(id));
});
