import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWorkbench } from '../../infra/local/workbench/workbench.ts';
import { mustBook, startWorld, type World } from '../support/world/world.ts';
import { chromiumFlags, chromiumPath } from './chromium.ts';

let world: World;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  world = await startWorld({ beside: createWorkbench() });
  browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumFlags });
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(60_000);
  await page.goto(`${world.system.url}/_local/`);
});
afterAll(async () => {
  await browser.close();
  await world.system.close();
});

it('shows the time of the locations, with their zones named', async () => {
  const times = page.locator('.times');
  await expect.poll(() => times.textContent()).toMatch(/New York time.*10:\d\d AM.*Los Angeles time.*7:\d\d AM/);
  expect(await times.textContent()).not.toContain('UTC');
});

it('marks new mail, says how many were sent, and has the newest on top', async () => {
  await mustBook(world.api);
  await expect.poll(() => page.locator('#count-mailbox').textContent()).toBe('1 new');
  await page.locator('#tab-mailbox').click();
  await expect.poll(() => page.locator('#count-mailbox').textContent()).toBe('1');
  await page.locator('#tab-queues').click();
  await page.getByText('Message “reminder').first().waitFor();
  await page.getByRole('button', { name: '+1 day' }).click();
  await page.getByText(/^Now .*1 message sent:/).waitFor();
  expect(await page.locator('#count-mailbox').textContent()).toBe('1 new');
  await page.getByRole('link', { name: 'open it' }).click();
  const [newest] = world.mails().toReversed();
  await page.getByRole('heading', { name: newest?.subject ?? '' }).waitFor();
  await expect.poll(() => page.locator('#count-mailbox').textContent()).toBe('2');
  await page.getByRole('link', { name: 'View source' }).waitFor();
});

it('asks before it cancels, and can undo', async () => {
  await page.locator('#tab-desk').click();
  await page.getByLabel('Day').fill('2026-11-24');
  await page.locator('.visit').getByText('10:00 AM – 11:00 AM').waitFor();
  page.once('dialog', (dialog) => void dialog.dismiss());
  await page.getByRole('button', { name: 'Cancel…' }).click();
  expect(await page.locator('.badge').textContent()).toBe('Booked');
  page.once('dialog', (dialog) => void dialog.accept());
  await page.getByRole('button', { name: 'Cancel…' }).click();
  await page.locator('.badge.cancelled').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('.badge.pending').waitFor();
});
