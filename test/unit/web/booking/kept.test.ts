import { describe, expect, it } from 'vitest';
import type { Api } from '../../../../web/api.ts';
import type { PageResponse } from '../../../../web/frame/page.ts';
import { dictionaries } from '../../../dictionaries.ts';
import { freeDays, freshToken } from '../../../support/web/salon.ts';
import { details, refuse, textOf, visit } from '../../../support/web/visit.ts';

const { formToken } = details;
const typed = {
  ...details,
  firstName: 'আশা',
  phone: '+17185550199',
  email: 'asha@example.com',
  notes: 'No perfume, please',
  channel: 'sms',
  'consent-email': 'yes',
};
const onDetails = (form: string) =>
  `service=cut&location=soho&staff=mira&startsAt=2026-11-26T10:00:00%2B00:00&form=${form}`;

/** What the browser sends back: name and value, of every cookie that has not run out. */
const sentBack = (answer: PageResponse): string =>
  (answer.cookies ?? [])
    .filter((cookie) => !cookie.includes('Max-Age=0'))
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** Where an answer leads, as its page's query. */
const queryOf = ({ headers }: PageResponse): string => String(headers['location']).split('?')[1] ?? '';

const changed = (form: Record<string, string | string[]>, cookie?: string) =>
  visit().post('sendChange', form, { cookie });

const mustHold = (body: string): void => {
  for (const kept of ['value="আশা"', 'value="+17185550199"', 'value="asha@example.com"', '>No perfume, please<'])
    expect(body).toContain(kept);
  expect(body).toMatch(/value="sms" checked/);
  expect(body).toMatch(/name="consent-email" value="yes" checked/);
};

describe('what was typed', () => {
  it('is kept by the browser while another step is looked at, and stands in no address', async () => {
    const answer = await changed({ ...typed, step: 'time' });
    expect(answer.status).toBe(303);
    const query = new URLSearchParams(queryOf(answer));
    expect([query.get('step'), query.get('form'), query.get('service')]).toEqual(['time', formToken, 'cut']);
    expect(decodeURIComponent(String(answer.headers['location']))).not.toMatch(/আশা|5550199|asha|perfume/);
    const [cookie = ''] = answer.cookies ?? [];
    expect(cookie).toMatch(/^__Secure-draft=[\w-]+; Path=\/book; Max-Age=7200; HttpOnly; SameSite=None; Secure; Part/);
    mustHold((await visit().go('book', onDetails(formToken), { cookie: sentBack(answer) })).body);
  });

  it('comes along into another language', async () => {
    const answer = await changed({ ...typed, language: 'hi' });
    const { body } = await visit().go('book', queryOf(answer), { cookie: sentBack(answer) });
    expect(body).toContain('<html lang="hi"');
    mustHold(body);
  });

  it('is shown to no other form: who begins anew on the same device meets nothing of it', async () => {
    const cookie = sentBack(await changed({ ...typed, step: 'time' }));
    const { body } = await visit().go('book', onDetails('another-form-of-this-browser'), { cookie });
    expect(body).not.toMatch(/আশা|5550199|asha@/);
  });

  it('is kept for each tab, the newest as far as a cookie reaches', async () => {
    const tabs = Array.from({ length: 30 }, (_, index) => `form-of-a-tab-number-${index}`);
    let cookie = '';
    for (const tab of tabs)
      cookie = sentBack(await changed({ ...typed, firstName: tab, formToken: tab, step: 'time' }, cookie));
    expect(cookie.length).toBeLessThan(4_000);
    for (const tab of tabs.slice(-5))
      expect((await visit().go('book', onDetails(tab), { cookie })).body).toContain(`value="${tab}"`);
  });

  it('is kept when the longest that a form takes was typed', async () => {
    const long = { ...typed, firstName: 'আ'.repeat(60), lastName: 'আ'.repeat(60), notes: 'আ'.repeat(500) };
    const cookie = sentBack(await changed({ ...long, email: `${'a'.repeat(240)}@example.com`, step: 'time' }));
    expect(cookie.length).toBeLessThan(4_000);
    expect((await visit().go('book', onDetails(formToken), { cookie })).body).toContain('আ'.repeat(500));
  });

  it('is kept when the form is refused, and forgotten once it has booked', async () => {
    for (const code of ['unprocessable', 'time_taken', 'busy', 'form_rejected']) {
      const refused = await visit({ createAppointment: refuse(code) }).post('sendBooking', typed);
      const form = code === 'form_rejected' ? freshToken : formToken;
      mustHold((await visit().go('book', onDetails(form), { cookie: sentBack(refused) })).body);
      const booked = await visit().post('sendBooking', { ...typed, formToken: form }, { cookie: sentBack(refused) });
      expect(booked.cookies).toEqual([expect.stringContaining('Max-Age=0')]);
    }
  });

  it('is kept when the choice no longer holds', async () => {
    const answer = await visit().post('sendBooking', { ...typed, staff: 'nobody' });
    expect([answer.status, new URLSearchParams(queryOf(answer)).get('form')]).toEqual([303, formToken]);
    mustHold((await visit().go('book', onDetails(formToken), { cookie: sentBack(answer) })).body);
  });

  it('survives a cookie that is none of ours', async () => {
    for (const value of ['', 'x', Buffer.from('[["a",[["b",1]]],7]').toString('base64url')])
      expect((await visit().go('book', onDetails(formToken), { cookie: `__Secure-draft=${value}` })).status).toBe(200);
  });

  it('is taken along by every way out of the form', async () => {
    const { body } = await visit().go('book', onDetails(formToken));
    const links = [...body.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, to]) => to);
    expect(links.filter((to) => to?.startsWith('/book?'))).toEqual([]);
    for (const step of ['services', 'location', 'staff', 'time'])
      expect(body).toMatch(new RegExp(`form="entry" formaction="/book/change" [^>]*name="step" value="${step}"`));
    // Enter in a field books: the first button of the form is none of the others.
    expect(body.indexOf('<button')).toBe(body.indexOf('<button type="submit" form="entry" class="aside"'));
  });

  it('of the waiting list is kept, too, with its days', async () => {
    const wish = { ...typed, from: '2026-12-03', to: '2026-12-09', part: 'evening', at: 'wait', language: 'ru' };
    const answer = await changed(wish);
    expect(answer.headers['location']).toMatch(/^\/book\/wait\?/);
    const { body } = await visit().go('wait', queryOf(answer), { cookie: sentBack(answer) });
    for (const kept of [
      'lang="ru"',
      'value="আশা"',
      'value="2026-12-03"',
      'value="2026-12-09"',
      'value="evening" selected',
    ])
      expect(body).toContain(kept);
  });
});

describe('pages of booking', () => {
  it('may be gone back to; what a link opens may not', async () => {
    for (const page of [
      await visit().go('book', onDetails(formToken)),
      await visit({ createAppointment: refuse('unprocessable') }).post('sendBooking', typed),
      await visit().go('wait', onDetails(formToken)),
    ])
      expect(page.headers['cache-control']).toBe('private, max-age=0');
    expect((await visit().go('appointment')).headers['cache-control']).toBe('no-store');
    expect((await visit().post('sendBooking', typed)).headers['cache-control']).toBe('no-store');
  });
});

describe('a form that has booked', () => {
  it('leads to that appointment when it is sent again for another time, and says that nothing is new', async () => {
    const other = { ...typed, startsAt: '2026-11-27T10:00:00+00:00' };
    const answer = await visit().post('sendBooking', other);
    expect(answer.headers['location']).toBe('/a/tok?done=already');
    const { body } = await visit().go('appointment', 'done=already');
    expect(textOf(body)).toContain(dictionaries.en.appointment.done.already);
    expect((await visit().post('sendBooking', { ...typed, service: ['cut', 'colour'] })).headers['location']).toBe(
      '/a/tok?done=already',
    );
  });

  it('is told so where somebody else sends it, and begins anew with what was entered', async () => {
    const answer = await visit({ createAppointment: refuse('form_used') }).post('sendBooking', typed);
    expect([answer.status, textOf(answer.body)]).toEqual([
      409,
      expect.stringContaining(dictionaries.en.problems.form_used.text),
    ]);
    expect(answer.body).toContain(`name="formToken" value="${freshToken}"`);
    expect(answer.body).toContain('value="asha@example.com"');
    expect(answer.body).not.toContain('/a/');
  });

  it('keeps another time under a new token', async () => {
    const tokens: string[] = [];
    const holdTime: Api['holdTime'] = ({ body }) => {
      tokens.push(body.formToken);
      return tokens.length === 1
        ? refuse('form_used')()
        : Promise.resolve({
            ok: true,
            status: 200,
            data: { startsAt: '', endsAt: '', staff: [], heldUntil: '2026-11-24T08:05:00Z' },
          });
    };
    const answer = await visit({ holdTime }).post('sendTime', { ...details, form: formToken });
    expect(tokens).toEqual([formToken, freshToken]);
    const query = new URLSearchParams(queryOf(answer));
    expect([query.get('form'), query.get('kept')]).toEqual([freshToken, '2026-11-24T08:05:00Z']);
  });
});

it('asks for free times as the form that keeps one sees them', async () => {
  const day = 'service=cut&location=soho&staff=mira&step=time';
  const asked = async (query: string, answers: Partial<Api> = {}) => {
    const { go, calls } = visit(answers);
    expect((await go('book', query)).status).toBe(200);
    return calls.filter((name) => name.startsWith('getAvailability'));
  };
  expect(await asked(day)).toEqual(['getAvailability']);
  expect(await asked(`${day}&form=${formToken}`)).toEqual(['getAvailabilityForForm']);
  const refused = { getAvailabilityForForm: refuse('form_rejected') };
  expect(await asked(`${day}&form=${formToken}`, refused)).toEqual(['getAvailabilityForForm', 'getAvailability']);
  const getAvailabilityForForm: Api['getAvailabilityForForm'] = ({ params, query }) => {
    expect(params.token).toBe(formToken);
    return Promise.resolve({ ok: true, status: 200, data: freeDays(query.from, query.to, () => true) });
  };
  await asked(`${day}&form=${formToken}`, { getAvailabilityForForm });
});
