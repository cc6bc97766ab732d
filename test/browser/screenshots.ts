import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { demoCatalogue, seedSystem } from '../../infra/local/demo.ts';
import { startSystem } from '../../infra/local/system.ts';
import { createWorkbench } from '../../infra/local/workbench/workbench.ts';
import { chromiumFlags, chromiumPath } from './chromium.ts';

/** `npm run screenshots`: the pictures of the README, taken of the running system. */
const pictures = join(import.meta.dirname, '..', '..', 'web', 'pictures');
const phone = { width: 390, height: 844 };

const system = await startSystem({ startAt: Date.parse('2026-11-22T15:00:00Z'), beside: createWorkbench() });
await seedSystem(system, await demoCatalogue());
const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumFlags });
const picture = (page: Page, name: string) => page.screenshot({ path: join(pictures, `${name}.png`) });

const page = await browser.newPage({ viewport: phone, locale: 'en-US' });
const visit = '?service=cut&service=gloss&location=brooklyn&staff=anyone&day=2026-11-24';
await page.goto(`${system.url}/book${visit}`);
await picture(page, 'book-time');
await page.locator('.time').nth(6).click();
await page.getByLabel('First name').fill('Nadia');
await page.getByLabel('Last name').fill('Karim');
await page.getByLabel('Phone').fill('(718) 555-0199');
await page.locator('input[name=email]').fill('nadia@example.com');
await page.locator('input[type=checkbox]').first().check();
await page.waitForTimeout(2500);
await page.locator('form button[type=submit]').last().click();
await page.waitForURL(/\/a\//);
await picture(page, 'appointment');
await system.settle();
await system.windTo(Date.parse('2026-11-24T14:30:00Z'));

const desk = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await desk.goto(`${system.url}/_local/`);
await desk.waitForTimeout(1500);
await desk.getByText('Mailbox').first().click();
await desk.waitForTimeout(1000);
await picture(desk, 'workbench');

await browser.close();
await system.close();
