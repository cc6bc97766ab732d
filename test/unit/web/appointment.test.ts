import { describe, expect, it } from 'vitest';
import type { Api, Appointment } from '../../../web/api.ts';
import { dictionaries } from '../../dictionaries.ts';
import { appointment, linkAddress } from '../../support/web/salon.ts';
import { refuse, textOf, visit } from '../../support/web/visit.ts';

const as = (changes: Partial<Appointment>): Pick<Api, 'getByLink'> => ({
  getByLink: () => Promise.resolve({ ok: true, status: 200, data: { ...appointment, ...changes } }),
});
const closed = { confirm: false, move: false, cancel: false };
const en = dictionaries.en;

describe('GET /a/{token}', () => {
  it('shows what, when, where, with whom, and what can be done until when', async () => {
    const { go, changes } = visit();
    const text = textOf((await go('appointment')).body);
    for (const shown of [
      'Hello, Asha',
      'Booked',
      'Thursday, 26 November 2026',
      '10:00 – 10:45',
      'United Kingdom Time',
      'Cut',
      'Mira',
      '£55',
      '12 Marylebone Lane',
      'until Wednesday, 25 November 2026 at 22:00',
    ])
      expect(text).toContain(shown);
    expect(changes()).toEqual([]);
  });

  it('says to whoever came by a message that they are stopped, and where to change that', async () => {
    const shown = (await visit(as({ address: { ...linkAddress, stopped: true } })).go('appointment', 'lang=en')).body;
    expect(textOf(shown)).toContain(en.appointment.stopped.text.email);
    expect(shown).toContain('href="/u/sub?lang=en"');
    for (const address of [linkAddress, undefined])
      expect((await visit(as({ address })).go('appointment')).body).not.toContain('/u/');
  });

  it('says to everybody who has just booked where the confirmation went and what a stop means, and offers the calendar', async () => {
    const sentTo = { channel: 'email' as const, address: 'n…@example.com' };
    for (const [language, { appointment: says }] of Object.entries(dictionaries)) {
      const { body } = await visit(as({ sentTo })).go('appointment', `done=booked&lang=${language}`);
      const shown = textOf(body);
      for (const said of ['n…@example.com', says.done.booked, says.bookedHint, says.stopped.hint])
        expect(shown).toContain(said);
      expect(body).toContain('<a class="button" href="/a/tok/calendar.ics">');
      expect(body).not.toContain('action="/a/tok/confirm"');
      const links = [...body.matchAll(/href="(https:[^"]*)"/g)].map(
        ([, to = '']) => new URL(to.replaceAll('&amp;', '&')),
      );
      const [google, outlook] = ['calendar.google.com', 'outlook.live.com'].map((host) =>
        links.find((to) => to.host === host),
      );
      expect(google?.searchParams.get('dates')).toBe('20261126T100000Z/20261126T104500Z');
      expect(outlook?.searchParams.get('startdt')).toBe('2026-11-26T10:00:00.000Z');
      for (const to of [google, outlook]) {
        expect(to?.searchParams.get('location')).toBe('Soho, 12 Marylebone Lane, London');
        expect(String(to)).not.toContain('tok');
      }
    }
    expect(textOf((await visit(as({})).go('appointment', 'done=booked')).body)).not.toContain(
      en.appointment.stopped.hint,
    );
    expect(textOf((await visit(as({})).go('appointment')).body)).not.toContain(en.appointment.stopped.hint);
  });

  it.each(Object.keys(dictionaries))(
    'lists a series with states and links, open where it is short, in %s',
    async (language) => {
      const { status } = dictionaries[language as keyof typeof dictionaries].appointment;
      const mates = (count: number) =>
        Array.from({ length: count }, (_, index) => ({
          id: index === 1 ? appointment.id : `mate${index}`,
          status: index === 0 ? ('cancelled' as const) : ('pending' as const),
          startsAt: `2026-11-${12 + index}T10:00:00+00:00`,
          endsAt: `2026-11-${12 + index}T10:45:00+00:00`,
          token: `token${index}`,
        }));
      const show = async (count: number) => {
        const series = { id: 'row', index: 0, count, appointments: mates(count) };
        return (await visit(as({ series })).go('appointment', `lang=${language}`)).body;
      };
      const body = await show(3);
      expect(textOf(body)).toContain(status.cancelled);
      expect(body).toContain('<details open');
      expect(body.match(/href="\/a\/token\d\?lang=\w+"/g)).toEqual(
        [0, 2].map((n) => `href="/a/token${n}?lang=${language}"`),
      );
      expect(body.match(/aria-current="page"/g)).toHaveLength(1);
      expect(await show(7)).not.toContain('<details open');
    },
  );

  it('escapes names of every kind', async () => {
    const { body } = await visit(as({ firstName: '<script>alert(1)</script> مريم' })).go('appointment');
    expect(body).toContain('<bdi>&lt;script>alert(1)&lt;/script> مريم</bdi>');
    expect(body).not.toContain('<script');
  });

  it('offers only what may be done', async () => {
    const { body } = await visit(as({ may: closed })).go('appointment');
    for (const act of ['confirm', 'move', 'cancel']) expect(body).not.toContain(`/a/tok/${act}`);
    expect(textOf(body)).toContain(en.appointment.tooLate);
  });

  it('asks for a confirmation in time where the policy does, or by the reminder; else not at all', async () => {
    const asked = async (query: string, confirmBy?: string) => {
      const { body } = await visit(as({ confirmBy })).go('appointment', query);
      expect(body.includes('action="/a/tok/confirm"')).toBe(query !== '' || confirmBy !== undefined);
      return textOf(body);
    };
    expect(await asked('')).not.toContain(en.appointment.says.pendingAsk);
    expect(await asked('confirm=1')).toContain(en.appointment.says.pendingAsk);
    const inTime = await asked('', '2026-11-24T18:00:00+00:00');
    expect(inTime).toContain('Please confirm by Tuesday, 24 November 2026 at 18:00');
    expect(inTime).not.toContain(en.appointment.says.pendingAsk);
  });

  it('that waits for the business never says that it is booked', async () => {
    for (const [language, words] of Object.entries(dictionaries)) {
      const open = visit(as({ awaiting: 'business', may: { ...closed, cancel: true } }));
      const text = textOf((await open.go('appointment', `done=booked&lang=${language}`)).body);
      expect(text).toContain(words.appointment.done.asked);
      expect(text).toContain(words.appointment.asked);
      expect(text).toContain(words.appointment.awaiting);
      expect(text).not.toContain(words.appointment.done.booked);
      expect(text).not.toContain(words.appointment.says.pendingAsk);
    }
  });

  it('is for the holder of the link alone', async () => {
    const { headers } = await visit().go('appointment');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect((await visit().go('book')).headers['content-security-policy']).toContain('frame-ancestors *');
  });

  it('books again with the same choice', async () => {
    expect((await visit().go('appointment', 'lang=hi')).body).toContain(
      'href="/book?service=cut&amp;staff=mira&amp;location=soho&amp;lang=hi"',
    );
  });
});

describe('what is said to have been done', () => {
  const banner = async (query: string, changes: Partial<Appointment> = {}) =>
    (await visit(as(changes)).go('appointment', query)).body.includes('class="notice done"');

  it('is said when the appointment bears it out', async () => {
    expect(await banner('done=booked')).toBe(true);
    expect(await banner('done=confirmed', { status: 'confirmed' })).toBe(true);
    expect(await banner('done=cancelled', { status: 'cancelled' })).toBe(true);
    expect(await banner('done=moved&to=2026-11-26T10:00:00%2B00:00')).toBe(true);
  });

  it('is never said when it does not', async () => {
    expect(await banner('done=booked', { status: 'cancelled' })).toBe(false);
    expect(await banner('done=confirmed')).toBe(false);
    expect(await banner('done=cancelled')).toBe(false);
    expect(await banner('done=moved')).toBe(false);
    expect(await banner('done=moved&to=2026-11-27T10:00:00%2B00:00')).toBe(false);
    expect(await banner('done=moved&to=2026-11-26T10:00:00%2B00:00', { status: 'cancelled' })).toBe(false);
    expect(await banner('done=<script>')).toBe(false);
  });
});

describe('a press', () => {
  it('is answered by a redirect to what is now so', async () => {
    const { post } = visit();
    const answers = [
      await post('confirm', {}),
      await post('cancel', {}),
      await post('move', { startsAt: '2026-11-27T10:00:00+00:00' }),
    ];
    expect(answers.map(({ status, headers }) => [status, headers['location']])).toEqual([
      [303, '/a/tok?done=confirmed'],
      [303, '/a/tok?done=cancelled'],
      [303, '/a/tok?done=moved&to=2026-11-27T10%3A00%3A00%2B00%3A00'],
    ]);
  });

  it('that comes too late says so and whom to call', async () => {
    const late = {
      ...as({ may: closed }),
      cancelByLink: refuse('cut_off_passed'),
      moveByLink: refuse('cut_off_passed'),
    };
    for (const answer of [
      await visit(late).post('cancel', {}),
      await visit(late).post('move', { startsAt: '2026-11-27T10:00:00+00:00' }),
    ]) {
      expect(answer.status).toBe(409);
      const text = textOf(answer.body);
      expect(text).toContain(en.problems.cut_off_passed.title);
      expect(text).toContain('+44 20 7946 0000');
    }
  });

  it('that another act has overtaken shows how things stand', async () => {
    const gone = { ...as({ status: 'cancelled', may: closed }), confirmByLink: refuse('status_conflict') };
    const { status, body } = await visit(gone).post('confirm', {});
    expect(status).toBe(409);
    expect(textOf(body)).toContain(en.problems.status_conflict.title);
    expect(textOf(body)).toContain(en.appointment.status.cancelled);
  });

  it('on a link that does not work gets a page of its own', async () => {
    for (const code of ['link_invalid', 'link_expired'] as const) {
      const { post, go } = visit({ confirmByLink: refuse(code), getByLink: refuse(code) });
      for (const answer of [
        await post('confirm', {}),
        await go('appointment'),
        await go('askCancel'),
        await go('chooseMove'),
      ]) {
        expect(answer.status).toBe(code === 'link_invalid' ? 404 : 410);
        expect(textOf(answer.body)).toContain(en.problems[code].title);
        expect(answer.body).toContain('href="tel:+442079460000"');
      }
    }
  });
});

describe('moving', () => {
  it('shows a week, then asks, and changes nothing before the press', async () => {
    const { go, changes } = visit();
    expect((await go('chooseMove')).body).toContain('href="/a/tok/move?startsAt=2026-11-24T09%3A30%3A00%2B00%3A00"');
    const check = (await go('chooseMove', 'startsAt=2026-11-27T18:15:00%2B00:00')).body;
    expect(check).toContain('name="startsAt" value="2026-11-27T18:15:00+00:00"');
    expect(textOf(check)).toContain('Friday, 27 November 2026 at 18:15');
    await go('askCancel');
    expect(changes()).toEqual([]);
  });

  it('to a time that was just taken keeps the appointment and offers others', async () => {
    const taken = refuse('time_taken', { nearest: [{ startsAt: '2026-11-27T11:15:00+00:00' }] });
    const { status, body } = await visit({ moveByLink: taken }).post('move', { startsAt: '2026-11-27T11:00:00+00:00' });
    expect(status).toBe(409);
    expect(body).toContain(
      '<button class="secondary wide" type="submit" name="startsAt" value="2026-11-27T11:15:00+00:00">',
    );
    expect(textOf(body)).toContain('Nothing has changed');
  });

  it('without a time asks again', async () => {
    const { post, changes } = visit();
    expect((await post('move', { startsAt: 'soon' })).headers['location']).toBe('/a/tok/move');
    expect(changes()).toEqual([]);
  });
});

it('serves the calendar file', async () => {
  const { headers, body } = await visit().go('calendar');
  expect(headers['content-disposition']).toBe('attachment; filename="appointment.ics"');
  expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
  expect(body).toContain('BEGIN:VCALENDAR');
});

it('shows the same look where there is nothing', async () => {
  const { status, body } = await visit().go('notFound', '', { params: {} });
  expect(status).toBe(404);
  expect(textOf(body)).toContain('Linden &amp; Rose');
});

it('shows a page even when nothing answers', async () => {
  const down = visit({ getBusiness: () => Promise.reject(new Error('down')), getByLink: refuse('internal') });
  const { status, body } = await down.go('appointment', '', { acceptLanguage: 'ru' });
  expect(status).toBe(500);
  expect(textOf(body)).toContain(dictionaries.ru.problems.internal.title);
});
