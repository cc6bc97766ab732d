import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious or worse, each with the elements concerned. */
const findings = async (page: Page): Promise<string[]> => {
  // Through the debugger, so that the page's policy, which allows no script, stays as it is.
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
};

const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Things to press that are smaller than 24 by 24, unless they stand in a line of text or are a label's own box. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('a, button, select, label:has(input)')]
    .filter((each) => !each.closest('.notice, .skip') && !each.matches('.skip'))
    .filter((each) => { const { width, height } = each.getBoundingClientRect(); return width < 24 || height < 24; })
    .map((each) => each.outerHTML)`);

/** Bytes of a page, with its style: it loads at once on a slow phone. */
const largestPage = 25 * 1024;

/** What every page owes its visitor. */
export const expectGoodPage = async (page: Page, language: string): Promise<void> => {
  const at = page.url();
  expect(await page.locator('html').getAttribute('lang'), at).toBe(language);
  expect(await page.locator('h1').count(), at).toBe(1);
  const heavy = Buffer.byteLength(await page.content());
  expect(heavy, `bytes of ${at}`).toBeLessThan(largestPage);
  expect(await findings(page), at).toEqual([]);
  expect(await sidewaysScroll(page), at).toBe(0);
  expect(await smallTargets(page), at).toEqual([]);
};
