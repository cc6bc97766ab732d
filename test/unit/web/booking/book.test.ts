import { describe, expect, it } from 'vitest';
import { languages } from '../../../../shared/platform/fields.ts';
import type { Api } from '../../../../web/api.ts';
import { dictionaries } from '../../../dictionaries.ts';
import { appointment, freeDays, freshToken, now } from '../../../support/web/salon.ts';
import { details, formOf, refuse, textOf, visit } from '../../../support/web/visit.ts';

const withoutForm = 'service=cut&location=soho&staff=mira&startsAt=2026-11-26T10:00:00%2B00:00';
const onDetails = `${withoutForm}&form=${details.formToken}`;

describe('GET /book', () => {
  it('walks through the steps, each a page of its own, and changes nothing', async () => {
    const { go, changes, errors } = visit();
    const headings = dictionaries.en.book.headings;
    for (const [query, heading] of [
      ['', headings.services],
      ['service=cut', headings.location],
      ['service=cut&location=soho', headings.staff],
      ['service=cut&location=soho&staff=anyone', headings.time],
      [onDetails, headings.details],
    ] as const) {
      const page = await go('book', query);
      expect(page.status).toBe(200);
      expect(page.body).toContain(`<h1>${heading}</h1>`);
      expect(page.body.match(/<h1/g)).toHaveLength(1);
    }
    expect(changes()).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('escapes whatever a name contains', async () => {
    const { body } = await visit().go('book');
    expect(body).toContain('<bdi class="name">&lt;b>Colour&lt;/b></bdi>');
    expect(body).not.toContain('<b>Colour');
  });

  it('says when nothing was chosen, and when what was chosen can not be one visit', async () => {
    const { go } = visit();
    expect(textOf((await go('book', 'chosen=1')).body)).toContain(dictionaries.en.book.nothingChosen);
    expect(textOf((await go('book', 'chosen=1&service=colour&service=beard')).body)).toContain(
      dictionaries.en.book.noPlace,
    );
  });

  it('shows a week: closed days as such, the zone by name, a jump when there is nothing', async () => {
    const free = (date: string) => date > '2026-12-24';
    const getAvailability: Api['getAvailability'] = ({ query }) =>
      Promise.resolve({ ok: true, status: 200, data: freeDays(query.from, query.to, free) });
    const time = 'service=cut&location=soho&staff=anyone';
    const empty = await visit({ getAvailability }).go('book', time);
    expect(empty.body.match(/class="day closed"/g)).toHaveLength(7);
    expect(textOf(empty.body)).toContain('Next free day: Friday 25 December');
    const full = await visit().go('book', time);
    expect(textOf(full.body)).toContain('Time zone: United Kingdom Time');
    expect(textOf(full.body)).toMatch(/Morning 09:30 Afternoon 13:00 Evening 18:15/);
    expect(full.body).toContain(
      '<button class="time" type="submit" name="startsAt" value="2026-11-24T09:30:00+00:00">',
    );
    expect(full.body).toContain('<form method="post" action="/book/time">');
  });

  it('gives the form a token that stays the same on the way back, unticked consents and a field that only robots fill', async () => {
    const first = await visit().go('book', withoutForm);
    const location = String(first.headers['location']);
    expect([first.status, new URLSearchParams(location.split('?')[1]).get('form')]).toEqual([303, freshToken]);
    const { body } = await visit().go('book', location.split('?')[1]);
    expect(body).toContain(`name="formToken" value="${freshToken}"`);
    expect(body).toContain('name="consent-email" value="yes"');
    expect(body).toContain(
      'Yes, email me when it’s time to rebook, and send me news and offers from Linden &amp; Rose.',
    );
    expect(body).not.toMatch(/type="(checkbox|radio)"[^>]* checked/);
    expect(body).toMatch(/aria-hidden="true"><label for="website">.*?tabindex="-1" autocomplete="off"/);
  });

  it('says above the form and in its button what is about to be booked, in every step where', async () => {
    const { body } = await visit().go('book', onDetails);
    const gist = 'Cut · Mira · Soho · £55';
    expect(
      textOf(body)
        .replaceAll(' · ', '·')
        .replace(/\s*·\s*/g, ' · '),
    ).toContain(gist);
    expect(body.indexOf('class="gist"')).toBeLessThan(body.indexOf('<form'));
    expect(textOf(body)).toContain(`${dictionaries.en.book.send} · £55`);
    // The only place that offers it is chosen without a step: its name stands above the times.
    const beard = textOf((await visit().go('book', 'service=beard')).body);
    expect(beard.indexOf('Mayfair')).toBeLessThan(beard.indexOf(dictionaries.en.book.later));
  });

  it('tells until when it can be changed, by the location’s clock', async () => {
    const { body } = await visit().go('book', onDetails);
    expect(textOf(body)).toContain('until Wednesday, 25 November 2026 at 22:00');
  });
});

describe('POST /book/time', () => {
  const time = {
    service: 'cut',
    location: 'soho',
    staff: 'mira',
    startsAt: '2026-11-26T10:00:00+00:00',
    form: 'token-of-the-form-that-keeps-it',
  };
  const here = '/book?service=cut&staff=mira&location=soho&startsAt=2026-11-26T10%3A00%3A00%2B00%3A00';

  it('keeps the time under the form’s token, and leads to the form', async () => {
    const { post, changes } = visit();
    const answer = await post('sendTime', time);
    const kept = encodeURIComponent('2026-11-24T08:05:00Z');
    expect([answer.status, answer.headers['location']]).toEqual([303, `${here}&form=${time.form}&kept=${kept}`]);
    expect(changes()).toEqual(['holdTime']);
    const { body } = await visit().go('book', String(answer.headers['location']).split('?')[1]);
    expect(body).toContain(`name="formToken" value="${time.form}"`);
  });

  it('tells for how long it is kept, while it is', async () => {
    const address = `${onDetails}&kept=2026-11-24T08:05:00Z`;
    const told = async (secondsLater: number) =>
      textOf((await visit({}, now + secondsLater * 1000).go('book', address)).body);
    expect(await told(0)).toContain('We’re holding this time for you for 5 minutes.');
    expect(await told(4 * 60 + 10)).toContain('for 1 minute.');
    expect(await told(5 * 60)).not.toContain('We’re holding this time');
    const faulty = await visit({ createAppointment: refuse('unprocessable') }).post('sendBooking', {
      ...details,
      kept: '2026-11-24T08:05:00Z',
    });
    expect(textOf(faulty.body)).toContain('We’re holding this time for you for 5 minutes.');
    const other = await visit({ holdTime: refuse('too_many_requests') }).post('sendTime', {
      ...time,
      kept: '2026-11-24T08:05:00Z',
    });
    expect(other.headers['location']).not.toContain('kept');
  });

  it('shows the other times when somebody has it', async () => {
    const answer = await visit({ holdTime: refuse('time_taken') }).post('sendTime', time);
    expect(answer.status).toBe(409);
    expect(textOf(answer.body)).toContain(dictionaries.en.book.chooseAnother);
    expect(answer.body).toContain('action="/book/time"');
  });

  it('leads to the form all the same when it can’t be kept', async () => {
    const busy = await visit({ holdTime: refuse('too_many_requests') }).post('sendTime', time);
    expect(busy.headers['location']).toBe(`${here}&form=${time.form}`);
    const expired = await visit({ holdTime: refuse('form_rejected') }).post('sendTime', time);
    expect(expired.headers['location']).toBe(`${here}&form=${freshToken}`);
  });
});

describe('POST /book', () => {
  const sent = (answers: Partial<Api> = {}, more: Record<string, string | string[]> = {}) =>
    visit(answers).post('sendBooking', { ...details, ...more });

  it('books what was entered and leads to the appointment', async () => {
    let given: Parameters<Api['createAppointment']>[0] | undefined;
    const createAppointment: Api['createAppointment'] = (args) => {
      given = args;
      return Promise.resolve({ ok: true, status: 201, data: appointment });
    };
    const answer = await sent({ createAppointment }, { 'consent-sms': 'yes', channel: 'sms', lang: 'ru' });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/a/tok?done=booked&lang=ru']);
    expect(given).toEqual({
      idempotencyKey: expect.stringMatching(/^[\w-]{43}$/),
      body: {
        locationId: 'soho',
        startsAt: details.startsAt,
        services: [{ serviceId: 'cut', staffId: 'mira' }],
        seats: 1,
        client: {
          firstName: 'Asha',
          lastName: undefined,
          phone: details.phone,
          email: undefined,
          language: 'ru',
          preferredChannel: 'sms',
        },
        consents: [{ channel: 'sms', purpose: 'marketing' }],
        notes: undefined,
        source: undefined,
        formToken: details.formToken,
        website: '',
      },
    });
  });

  it('keeps what was entered and leads to the faults, in every language', async () => {
    const faulty = refuse('invalid_request', {
      errors: [
        { path: 'client.phone', message: 'is not a phone number' },
        { path: 'client.firstName', message: 'must not be empty' },
      ],
    });
    for (const language of languages) {
      const { status, body } = await sent(
        { createAppointment: faulty },
        { firstName: ' ', phone: '"><script>alert(1)</script>', notes: 'নোট', lang: language },
      );
      const { faults, errorTitle, book } = dictionaries[language];
      expect(status).toBe(400);
      expect(body).toContain(`<title>${errorTitle(book.headings.details).slice(0, 10)}`);
      expect(body).toMatch(/class="notice fault" role="alert" tabindex="-1" autofocus/);
      expect(body.indexOf('href="#firstName"')).toBeLessThan(body.indexOf('href="#phone"'));
      expect(body).toContain(faults.firstNameMissing);
      expect(body).toContain(faults.phone);
      expect(body).toMatch(/id="phone" name="phone" aria-describedby="phone-hint phone-fault" aria-invalid="true"/);
      expect(body).toContain('value="&quot;>&lt;script>alert(1)&lt;/script>"');
      expect(body).not.toContain('<script');
      expect(body).toContain('>নোট</textarea>');
    }
  });

  it('asks for a phone or an e-mail when there is neither', async () => {
    const none = refuse('invalid_request', { errors: [{ path: 'client.phone', message: 'a phone or…' }] });
    expect((await sent({ createAppointment: none }, { phone: '' })).body).toContain(
      dictionaries.en.faults.reachMissing,
    );
  });

  it('offers the nearest times when the time is taken; one press keeps everything', async () => {
    const taken = refuse('time_taken', { nearest: [{ startsAt: '2026-11-26T11:15:00+00:00' }] });
    const { status, body } = await sent(
      { createAppointment: taken },
      { notes: 'quiet, please', 'consent-email': 'yes' },
    );
    expect(status).toBe(409);
    expect(body).toContain('name="startsAt" value="2026-11-26T11:15:00+00:00"');
    expect(body).toContain('Thursday, 26 November 2026 at 11:15');
    for (const kept of [
      'value="Asha"',
      'value="020 7946 0001"',
      'value="quiet, please"',
      `value="${details.formToken}"`,
      'name="consent-email" value="yes"',
      'value="cut"',
      'value="mira"',
    ])
      expect(body).toContain(kept);
    expect(body).not.toContain(`type="hidden" name="startsAt"`);
  });

  it('gives a rejected form a fresh token and keeps the rest', async () => {
    const { status, body } = await sent({ createAppointment: refuse('form_rejected') });
    expect(status).toBe(403);
    expect(body).toContain(`name="formToken" value="${freshToken}"`);
    expect(body).toContain('value="Asha"');
    expect(textOf(body)).toContain(dictionaries.en.problems.form_rejected.text);
  });

  it('says when to try again, or that trying again is no use', async () => {
    const wait = await sent({ createAppointment: refuse('too_many_requests', { retryAfter: 40 }) });
    expect([wait.status, textOf(wait.body)]).toEqual([429, expect.stringContaining('Try again in 40 seconds.')]);
    const hoarding = textOf((await sent({ createAppointment: refuse('too_many_requests') })).body);
    expect(hoarding).toContain(dictionaries.en.problems.too_many_ahead.title);
    expect(hoarding).not.toContain('Try again in');
  });

  it('asks who has not come before to call, and gives the number', async () => {
    for (const lang of languages) {
      const { status, body } = await sent({ createAppointment: refuse('booking_refused') }, { lang });
      const text = textOf(body);
      expect([status, text]).toEqual([403, expect.stringContaining(dictionaries[lang].problems.booking_refused.title)]);
      expect(body).toMatch(/<section class="contacts".*href="tel:\+442079460000"/s);
    }
  });

  it('falls back to the API’s words where it has none', async () => {
    const odd = refuse('unprocessable', { errors: [{ path: 'services[0].staffId', message: 'is on leave' }] });
    const { status, body } = await sent({ createAppointment: odd });
    expect([status, textOf(body)]).toEqual([422, expect.stringContaining('is on leave')]);
  });

  it('goes back to the first step that a form leaves open', async () => {
    const { post, changes } = visit();
    const answer = await post('sendBooking', { service: 'cut', firstName: 'Asha' });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/book?service=cut']);
    expect((await visit().go('sendBooking')).status).toBe(303);
    expect(changes()).toEqual([]);
  });

  it('survives an API that breaks', async () => {
    const broken = visit({ createAppointment: () => Promise.reject(new Error('secret detail')) });
    const answer = await broken.post('sendBooking', details);
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('secret');
    expect(textOf(answer.body)).toContain('+44 20 7946 0000');
    expect(broken.errors).toHaveLength(1);
  });
});

it('keeps repeated values of a form apart', () => {
  expect(formOf({ service: ['cut', 'colour'] }).getAll('service')).toEqual(['cut', 'colour']);
});
