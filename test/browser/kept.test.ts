import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dictionaries } from '../dictionaries.ts';
import { openSalon, type Salon } from './salon.ts';

let salon: Salon;
beforeAll(async () => {
  salon = await openSalon();
});
afterAll(() => salon.close());

const { en, hi } = dictionaries;

/** To the times of Amina in Brooklyn, on the first free day after today. */
const toTimes = async (page: Page): Promise<void> => {
  await page.goto('/book');
  await page.getByLabel('Cut and finish').check();
  await page.getByRole('button', { name: en.book.next }).click();
  await page.getByRole('link', { name: /Brooklyn/ }).click();
  await page.getByRole('link', { name: 'Amina Rahman' }).click();
  await page.locator('a.day').nth(1).click();
};

const heading = (page: Page) => page.locator('h1').textContent();
const change = (page: Page, what: string) => page.getByRole('button', { name: en.book.changeWhat(what) }).click();
const emails = (to: string) => salon.system.mailbox.list({ to });

const typed = { firstName: 'Nadia', lastName: 'Karim', phone: '(718) 555-0100', notes: 'Allergic to nuts' };
const type = async (page: Page, email: string): Promise<void> => {
  for (const [name, value] of Object.entries({ ...typed, email })) await page.locator(`#${name}`).fill(value);
  await page.locator('input[name=consent-email]').check();
};
const mustStand = async (page: Page, email: string): Promise<void> => {
  for (const [name, value] of Object.entries({ ...typed, email }))
    expect(await page.locator(`#${name}`).inputValue(), name).toBe(value);
  expect(await page.locator('input[name=consent-email]').isChecked()).toBe(true);
  expect(decodeURIComponent(page.url())).not.toMatch(/Nadia|555|nuts/);
};

it('loses nothing that was typed: by Change, another language, a fault, and Back from each', async () => {
  const page = await salon.visitor({ javaScriptEnabled: false });
  const email = 'keeps@example.com';
  await toTimes(page);
  await page.locator('.time').nth(2).click();
  await type(page, email);

  // Not sent to anybody yet: the browser itself has it.
  await page.goBack();
  expect(await heading(page)).toBe(en.book.headings.time);
  await page.goForward();
  await mustStand(page, email);

  for (const what of [en.book.time, en.book.person, en.book.place, en.book.steps.services]) {
    await change(page, what);
    expect(await heading(page)).not.toBe(en.book.headings.details);
    await page.goBack();
    await mustStand(page, email);
  }
  await change(page, en.book.time);
  await page.locator('.time').nth(4).click();
  await mustStand(page, email);
  await change(page, en.book.person);
  await page.getByRole('link', { name: en.book.anyone }).click();
  await page.locator('.time').nth(3).click();
  await mustStand(page, email);

  await page.locator('.languages summary').click();
  await page.getByRole('button', { name: 'हिन्दी' }).click();
  expect(await heading(page)).toBe(hi.book.headings.details);
  await mustStand(page, email);
  await page.goBack();
  await mustStand(page, email);
  await page.goForward();

  // A fault, away from it, and back to it: no page that asks to send the form again.
  await page.locator('#firstName').fill('');
  await salon.fillingTime();
  await page.locator('form button').last().click();
  await page.getByRole('alert').waitFor();
  await page.locator('#firstName').fill(typed.firstName);
  await page.getByRole('button', { name: hi.book.changeWhat(hi.book.time) }).click();
  expect(await heading(page)).toBe(hi.book.headings.time);
  await page.goBack();
  expect(await heading(page)).toBe(hi.book.headings.details);
  await mustStand(page, email);
  // Enter in a field books, whatever stands before it.
  await page.locator('#lastName').press('Enter');
  await page.getByRole('status').waitFor();
  await salon.system.settle();
  expect(emails(email)).toHaveLength(1);
});

it('books once: Back and Book again lead to the appointment, as does the same form in another tab', async () => {
  const page = await salon.visitor({ javaScriptEnabled: false });
  const email = 'once@example.com';
  await toTimes(page);
  await page.locator('.time').nth(2).click();
  await type(page, email);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await type(other, email);
  await salon.fillingTime();
  await page.locator('form button').last().click();
  await page.getByRole('status').waitFor();
  const first = new URL(page.url()).pathname.split('.')[0];

  await page.goBack();
  await mustStand(page, email);
  await page.locator('form button').last().click();
  expect(await page.getByRole('status').textContent()).toContain(en.appointment.done.booked);
  expect(new URL(page.url()).pathname.split('.')[0]).toBe(first);

  // Corrected after it has booked.
  await page.goBack();
  await page.locator('#notes').fill('Allergic to nuts and perfume');
  await page.locator('form button').last().click();
  expect(await page.getByRole('status').textContent()).toContain(en.appointment.done.booked);
  expect(new URL(page.url()).pathname.split('.')[0]).toBe(first);

  await other.locator('form button').last().click();
  expect(new URL(other.url()).pathname.split('.')[0]).toBe(first);
  await salon.system.settle();
  expect(emails(email)).toHaveLength(1);
});

it('shows the time that is kept for the form to whoever goes back, by Back and by Change', async () => {
  const page = await salon.visitor({ javaScriptEnabled: false });
  await toTimes(page);
  const times = () => page.locator('.time').evaluateAll((all) => all.map((each) => each.getAttribute('value') ?? ''));
  const before = await times();
  await page.locator('.time').nth(3).click();
  await page.goBack();
  expect(await times()).toEqual(before);
  await page.locator('.time').nth(3).click();
  await change(page, en.book.time);
  expect(await times()).toEqual(before);
  await page.reload();
  expect(await times()).toEqual(before);
});
