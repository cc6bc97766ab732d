import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../shared/platform/fields.ts';
import { addDays, day, localDate } from '../../shared/platform/time/time.ts';
import { dictionaries } from '../dictionaries.ts';
import { mustBook } from '../support/world/world.ts';
import { expectGoodPage } from './looks.ts';
import { serveFrames } from './other-site.ts';
import { linkIn, openSalon, type Salon } from './salon.ts';

let salon: Salon;
beforeAll(async () => {
  salon = await openSalon();
});
afterAll(() => salon.close());

const en = dictionaries.en;

/** From the first page to the form, with Amina in Brooklyn, on the first free day after today. */
const chooseCut = async (page: Page): Promise<void> => {
  await page.goto('/book');
  await page.getByLabel('Cut and finish').check();
  await page.getByRole('button', { name: en.book.next }).click();
  await page.getByRole('link', { name: /Brooklyn/ }).click();
  await page.getByRole('link', { name: 'Amina Rahman' }).click();
  await page.locator('a.day').nth(1).click();
};

const markCompleted = async (appointmentId: string): Promise<void> => {
  const outcome = await salon.as('owner').markAppointment({ params: { appointmentId }, body: { status: 'completed' } });
  expect(outcome.ok).toBe(true);
};

const tokenIn = (link: string): string => new URL(link).pathname.split('/')[2] ?? '';

describe('without scripts, on a phone', () => {
  it('books, confirms, moves, cancels and books again', async () => {
    const page = await salon.visitor({ javaScriptEnabled: false });
    await chooseCut(page);
    await page.locator('.time').first().click();
    await page.getByLabel(en.fields.firstName).fill('<b>Asha</b> مريم');
    await page.getByLabel(en.fields.email, { exact: true }).fill('asha@example.com');
    await page.getByLabel(en.fields.notes).fill('No perfume, please');
    await page.getByLabel(/email me when/).check();

    // Too fast for a person: the form comes back with everything in it.
    await page.getByRole('button', { name: en.book.send }).click();
    expect(await page.getByRole('alert').textContent()).toContain(en.problems.form_rejected.title);
    expect(await page.getByLabel(en.fields.email, { exact: true }).inputValue()).toBe('asha@example.com');
    expect(await page.getByLabel(/email me when/).isChecked()).toBe(true);

    await salon.fillingTime();
    await page.getByRole('button', { name: en.book.send }).click();
    expect(await page.getByRole('status').textContent()).toContain(en.appointment.done.booked);
    expect(await page.locator('.hello').textContent()).toBe('Hello, <b>Asha</b> مريم');

    const link = linkIn(await salon.mailTo('asha@example.com'), 'a');
    // Asked by the reminder, not before.
    await page.goto(link);
    expect(await page.getByRole('button', { name: en.appointment.confirm }).count()).toBe(0);
    await page.goto(`${link}?confirm=1`);
    await page.getByRole('button', { name: en.appointment.confirm }).click();
    expect(await page.getByRole('status').textContent()).toContain(en.appointment.done.confirmed);
    expect(await page.locator('.pill').textContent()).toBe(en.appointment.status.confirmed);

    const calendar = await page.request.get(`${link}/calendar.ics`);
    expect(calendar.headers()['content-type']).toContain('text/calendar');
    expect(await calendar.text()).toContain('BEGIN:VEVENT');

    await page.getByRole('link', { name: en.appointment.move, exact: true }).click();
    await page.locator('a.day').last().click();
    await page.locator('.time').last().click();
    const to = (await page.locator('.from-to b').textContent()) ?? '';
    await page.getByRole('button', { name: en.appointment.moveSend }).click();
    expect(await page.getByRole('status').textContent()).toContain(en.appointment.done.moved(to));

    await page.getByRole('link', { name: en.appointment.cancel, exact: true }).click();
    await page.getByRole('button', { name: en.appointment.cancelSend }).click();
    expect(await page.getByRole('status').textContent()).toContain(en.appointment.done.cancelled);

    // An address that claims otherwise is not believed.
    await page.goto(`${link}?done=confirmed`);
    expect(await page.getByRole('status').count()).toBe(0);

    await page.getByRole('link', { name: en.appointment.again }).click();
    expect(await page.locator('h1').textContent()).toBe(en.book.headings.time);
  });

  it('books once, however often the button is pressed or the page sent again', async () => {
    const page = await salon.visitor({ javaScriptEnabled: false });
    await chooseCut(page);
    await page.locator('.time').nth(2).click();
    await page.getByLabel(en.fields.firstName).fill('Twice');
    await page.getByLabel(en.fields.email, { exact: true }).fill('twice@example.com');
    await salon.fillingTime();
    await page.getByRole('button', { name: en.book.send }).dblclick();
    await page.getByRole('status').waitFor();
    const first = page.url();
    await page.goBack();
    await salon.system.settle();
    expect(salon.mails().filter((mail) => mail.to.includes('twice@example.com'))).toHaveLength(1);
    expect(first).toContain('/a/');
  });

  it('offers the nearest times when somebody was faster, and one press books', async () => {
    const page = await salon.visitor({ javaScriptEnabled: false });
    await chooseCut(page);
    await page.locator('.time').nth(8).click();
    const startsAt = new URL(page.url()).searchParams.get('startsAt') ?? '';
    const formToken = await agedToken();
    await expect(mustBook(salon.api, { startsAt, formToken }), 'kept while the form is filled').rejects.toThrow(
      'time_taken',
    );
    await salon.system.windBy(6 * 60_000);
    await mustBook(salon.api, { startsAt, formToken });
    await page.getByLabel(en.fields.firstName).fill('Slow');
    await page.getByLabel(en.fields.email, { exact: true }).fill('slow@example.com');
    await salon.fillingTime();
    await page.getByRole('button', { name: en.book.send }).click();
    expect(await page.getByRole('alert').textContent()).toContain(en.book.takenTitle);
    await page.locator('button[name=startsAt]').first().click();
    expect(await page.getByRole('status').textContent()).toContain(en.appointment.done.booked);
  });
});

/** Of Amina's, three days ahead or more. */
const freeTime = async (): Promise<string> => {
  const from = localDate(salon.system.clock.now() + 3 * day, 'America/New_York');
  const query = { location: 'brooklyn', services: 'cut', staff: 'amina', from, to: addDays(from, 7) };
  const outcome = await salon.api.getAvailability({ query });
  const time = outcome.ok ? outcome.data.days.flatMap((each) => each.times)[0] : undefined;
  if (!time) throw new Error('no free time');
  return time.startsAt;
};

const agedToken = async (): Promise<string> => {
  const outcome = await salon.api.getFormToken({});
  if (!outcome.ok) throw new Error('no form token');
  await salon.fillingTime();
  return outcome.data.formToken;
};

describe('with the keyboard alone', () => {
  const pressUntil = async (page: Page, selector: string): Promise<void> => {
    for (let presses = 0; presses < 120; presses += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`)) {
        const outline = await page.evaluate<string>(
          `[document.activeElement, document.activeElement.closest('label')].map((each) => each ? getComputedStyle(each).outlineStyle : '').join(' ')`,
        );
        expect(outline, `the focus shows on ${selector}`).toContain('solid');
        return;
      }
      expect(await page.evaluate('document.activeElement?.id'), 'nobody reaches the robots’ field').not.toBe('website');
    }
    throw new Error(`the keyboard does not reach ${selector}`);
  };

  it('books', async () => {
    const page = await salon.visitor();
    await page.goto('/book');
    await pressUntil(page, 'input[value=cut]');
    await page.keyboard.press('Space');
    await pressUntil(page, 'button[type=submit]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/chosen=1/);
    await pressUntil(page, 'a.card[href*=brooklyn]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/location=brooklyn/);
    await pressUntil(page, 'a.card[href*="staff=amina"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/staff=amina/);
    await pressUntil(page, 'a.day:not([aria-current])');
    await page.keyboard.press('Enter');
    await page.waitForURL(/day=/);
    await pressUntil(page, '.time');
    await page.keyboard.press('Enter');
    await page.waitForURL(/startsAt=/);

    // Sent empty: the summary has the focus, and its link leads to the field.
    await pressUntil(page, '.onward button');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.evaluate('document.activeElement?.getAttribute("role")')).toBe('alert');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Keya');
    expect(await page.getByLabel(en.fields.firstName).inputValue()).toBe('Keya');
    await pressUntil(page, '#phone');
    await page.keyboard.type('(718) 555-0199');
    await pressUntil(page, 'input[name=channel]');
    await page.keyboard.press('ArrowDown');
    await pressUntil(page, '.onward button');
    await salon.fillingTime();
    await page.keyboard.press('Enter');
    await page.waitForURL(/done=booked/);
    expect(await page.evaluate('document.activeElement?.getAttribute("role")')).toBe('status');
  });

  it('gives stars', async () => {
    const booked = await mustBook(salon.api, { startsAt: await freeTime(), formToken: await agedToken() });
    await salon.system.windTo(Date.parse(booked.endsAt) + 60_000);
    await markCompleted(booked.id);
    await salon.system.windBy(3 * 3_600_000);
    const link = salon.system.mailbox.list().findLast((mail) => mail.links.some((each) => each.includes('/r/')));
    if (!link) throw new Error('no review request');
    const page = await salon.visitor();
    await page.goto(linkIn(link, 'r'));
    await pressUntil(page, '.star input');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await pressUntil(page, 'textarea');
    await page.keyboard.type('Lovely');
    await pressUntil(page, '.onward button');
    await page.keyboard.press('Enter');
    await page.waitForURL(/done=sent/);
    expect(await page.getByRole('img', { name: '3 stars' }).count()).toBe(1);
    expect(await page.getByRole('link', { name: en.review.publicLink }).count()).toBe(1);
  });
});

describe.each(languages)('every page in %s', (language) => {
  const words = dictionaries[language];

  it('of booking is good', async () => {
    const page = await salon.visitor();
    const see = async (address: string): Promise<void> => {
      await page.goto(address);
      await expectGoodPage(page, language);
    };
    const lang = `lang=${language}`;
    await see(`/book?${lang}`);
    await see(`/book?${lang}&chosen=1`);
    await see(`/book?${lang}&service=cut&service=blow-dry`);
    await see(`/book?${lang}&service=cut&service=blow-dry&location=brooklyn`);
    await see(`/book?${lang}&service=cut&service=manicure&location=brooklyn`);
    await see(`/book?${lang}&service=cut&location=los-feliz&staff=anyone`);
    await page.locator('.time').first().click();
    await expectGoodPage(page, language);
    expect(await page.evaluate("getComputedStyle(document.querySelector('.aside')).clipPath")).toBe('inset(50%)');
    expect(await page.locator('body').ariaSnapshot()).not.toContain(words.fields.website);
    await page.locator('.onward button').click();
    expect(await page.getByRole('alert').textContent()).toContain(words.faults.firstNameMissing);
    await expectGoodPage(page, language);
  });

  it('by link is good', async () => {
    const email = `client-${language}@example.com`;
    const booked = await mustBook(salon.api, {
      startsAt: await freeTime(),
      client: { firstName: 'আশা', email, language },
      consents: [{ channel: 'email', purpose: 'marketing' }],
      formToken: await agedToken(),
    });
    const link = linkIn(await salon.mailTo(email), 'a');
    const page = await salon.visitor({ locale: 'en' });
    const see = async (address: string): Promise<void> => {
      await page.goto(address);
      await expectGoodPage(page, language);
    };
    await see(`${link}?done=booked`);
    await see(`${link}/move`);
    await page.locator('.time').first().click();
    await expectGoodPage(page, language);
    await see(`${link}/cancel`);
    await page.goto(`/a/${tokenIn(link).slice(0, -2)}xx?lang=${language}`);
    await expectGoodPage(page, language);

    await salon.system.windTo(Date.parse(booked.startsAt) - 60_000);
    await see(`${link}/cancel`);
    expect(await page.getByRole('alert').textContent()).toContain(words.problems.cut_off_passed.title);

    await salon.system.windTo(Date.parse(booked.endsAt) + 60_000);
    await markCompleted(booked.id);
    await salon.system.windBy(day);
    const asked = linkIn(await salon.mailTo(email), 'r');
    await see(asked);
    await page.locator('.onward button').click();
    await expectGoodPage(page, language);
    await page.locator('.star').last().click();
    await page.locator('.onward button').click();
    expect(await page.getByRole('status').textContent()).toContain(words.review.thanks);
    await expectGoodPage(page, language);
    await see(`${asked}?edit=1`);

    await salon.system.windBy(90 * day);
    await see(linkIn(await salon.mailTo(email), 'u'));
    await page.locator('button[value=all]').click();
    expect(await page.getByRole('status').textContent()).toContain(words.subscription.done.all);
    await expectGoodPage(page, language);
  });
});

describe.each(languages)('the waiting list in %s', (language) => {
  const words = dictionaries[language];

  it('takes a name, offers what becomes free, and books it with one press', async () => {
    const email = `waiting-${language}@example.com`;
    const startsAt = await freeTime();
    const first = await mustBook(salon.api, { startsAt, formToken: await agedToken() });
    const date = startsAt.slice(0, 10);
    const page = await salon.visitor({ locale: 'en' });
    await page.goto(`/book/wait?service=cut&location=brooklyn&staff=amina&lang=${language}`);
    await expectGoodPage(page, language);
    await page.locator('.onward button').click();
    expect(await page.getByRole('alert').textContent()).toBeTruthy();
    await page.locator('#from').fill(date);
    await page.locator('#to').fill(date);
    await page.locator('#firstName').fill('আশা');
    await page.locator('#email').fill(email);
    await salon.fillingTime();
    await page.locator('.onward button').click();
    expect(await page.getByRole('status').textContent()).toContain(words.waiting.joined);
    await expectGoodPage(page, language);

    await page.goto(linkIn(await salon.mailTo(email), 'w'));
    await expectGoodPage(page, language);
    await page.getByRole('button', { name: words.appointment.prove.email }).click();
    expect(await page.getByRole('status').textContent()).toContain(words.waiting.stayed);
    await expectGoodPage(page, language);

    const cancelled = await salon.api.cancelByLink({ params: { token: first.token } });
    expect(cancelled.ok).toBe(true);
    await page.goto(linkIn(await salon.mailTo(email), 'w'));
    await expectGoodPage(page, language);
    expect(await page.locator('time').getAttribute('datetime')).toBe(startsAt);
    await page.getByRole('button', { name: words.waiting.take }).click();
    expect(await page.getByRole('status').textContent()).toContain(words.appointment.done.booked);
  });
});

it('keeps the visitor’s language from page to page', async () => {
  const page = await salon.visitor();
  await page.goto('/book');
  await page.locator('.languages summary').click();
  await page.getByRole('link', { name: 'বাংলা' }).click();
  await page.goto('/book');
  expect(await page.locator('html').getAttribute('lang')).toBe('bn');
});

it('fits a window of 320 pixels', async () => {
  const page = await salon.visitor({ viewport: { width: 320, height: 640 } });
  for (const language of languages) {
    await page.goto(`/book?lang=${language}&service=cut&location=los-feliz&staff=anyone`);
    await expectGoodPage(page, language);
  }
});

it('lets other sites frame the booking, and nothing that a link opens', async () => {
  const page = await salon.visitor();
  const booked = await mustBook(salon.api, { startsAt: await freeTime(), formToken: await agedToken() });
  const host = await serveFrames(['/book', `/a/${booked.token}`].map((path) => salon.system.url + path));
  await page.goto(host.url);
  const [, framed, refused] = page.frames();
  expect(await framed?.locator('h1').textContent()).toBe(en.book.headings.services);
  expect(await refused?.locator('body').textContent()).not.toContain(en.appointment.title);
  await host.close();
});
