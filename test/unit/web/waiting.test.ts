import { describe, expect, it } from 'vitest';
import { languages } from '../../../shared/platform/fields.ts';
import type { Api } from '../../../web/api.ts';
import { dictionaries } from '../../dictionaries.ts';
import { waiting } from '../../support/web/salon.ts';
import { refuse, textOf, visit } from '../../support/web/visit.ts';

const chosen = { service: 'cut', location: 'soho', staff: 'mira' };
const wish = {
  ...chosen,
  from: '2026-11-25',
  to: '2026-12-02',
  part: 'evening',
  firstName: 'Asha',
  phone: '+44 20 7946 0001',
  formToken: 'token-of-the-form',
};

describe('GET /book/wait', () => {
  it('asks for days, time of day and how to reach the client, and changes nothing', async () => {
    const { go, changes } = visit();
    const { status, body } = await go(
      'wait',
      'form=token-of-the-form-that-keeps-it&service=cut&location=soho&staff=mira',
    );
    expect(status).toBe(200);
    for (const name of ['from', 'to', 'part', 'firstName', 'phone', 'email', 'website', 'formToken'])
      expect(body).toContain(`name="${name}"`);
    expect(changes()).toEqual([]);
  });

  it('leads back to booking while nothing is chosen to wait for', async () => {
    const answer = await visit().go('wait', 'location=soho');
    expect([answer.status, answer.headers['location']]).toEqual([303, '/book?location=soho']);
  });
});

describe('POST /book/wait', () => {
  it('puts the client on the list and leads to their place', async () => {
    let given: Parameters<Api['joinWaitingList']>[0] | undefined;
    const joinWaitingList: Api['joinWaitingList'] = (args) => {
      given = args;
      return Promise.resolve({ ok: true, status: 201, data: { ...waiting, freeNow: [] } });
    };
    const answer = await visit({ joinWaitingList }).post('sendWait', { ...wish, lang: 'ru' });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/w/tok?done=joined&lang=ru']);
    expect(given).toMatchObject({
      idempotencyKey: expect.stringMatching(/^[\w-]{43}$/),
      body: {
        services: ['cut'],
        staff: ['mira'],
        from: '2026-11-25',
        to: '2026-12-02',
        timesOfDay: { from: '17:00', until: '24:00' },
        client: { firstName: 'Asha', language: 'ru' },
      },
    });
  });

  it('keeps what was entered and says what is wrong', async () => {
    const joinWaitingList = refuse('unprocessable', { errors: [{ path: 'to', message: 'must not be before `from`' }] });
    const { status, body } = await visit({ joinWaitingList }).post('sendWait', { ...wish, to: '2026-11-01' });
    expect(status).toBe(422);
    expect(body).toContain('value="2026-11-01"');
    expect(body).toContain('href="#to"');
    expect(body).toContain(dictionaries.en.faults.daysReversed);
  });
});

describe('the page of a place on the list', () => {
  it('offers what has become free, in every language, and until when', async () => {
    for (const language of languages) {
      const { body } = await visit().go('waiting', `lang=${language}`);
      const says = dictionaries[language].waiting;
      expect(textOf(body)).toContain(says.states.offered);
      expect(body).toContain('action="/w/tok/take"');
      expect(body).toContain('name="offerId" value="fedcba9876543210"');
    }
  });

  const address = { channel: 'email', state: 'given', stopped: false, subscription: 'sub' } as const;
  const waits = (changes: Partial<typeof waiting>): Api['getWaiting'] => {
    const { offer: _, ...rest } = waiting;
    return () => Promise.resolve({ ok: true, status: 200, data: { ...rest, status: 'waiting', ...changes } });
  };

  it.each(['unproven', 'rests'] as const)('says what is in the way of a time, with the button: %s', async (ranking) => {
    for (const language of languages) {
      const { body } = await visit({ getWaiting: waits({ ranking, address }) }).go('waiting', `lang=${language}`);
      const { waiting: says, appointment } = dictionaries[language];
      expect(textOf(body)).toContain(says[ranking]);
      expect(body).toContain('<form method="post" action="/w/tok/stay"');
      expect(textOf(body)).toContain(ranking === 'rests' ? says.stay : appointment.prove.email);
    }
    const { status, headers } = await visit().post('sendStay', {});
    expect([status, headers['location']]).toEqual([303, '/w/tok?done=stayed']);
  });

  it('asks for nothing where times are offered, nor whoever holds only the link of the answer', async () => {
    const ranks = await visit({ getWaiting: waits({ ranking: 'ranks', address }) }).go('waiting', '');
    const joined = await visit({ getWaiting: waits({}) }).go('waiting', '');
    for (const { body } of [ranks, joined]) expect(body).not.toContain('/w/tok/stay');
    expect(textOf(ranks.body)).toContain(dictionaries.en.waiting.states.waiting);
    expect(textOf(joined.body)).toContain(dictionaries.en.waiting.sent);
  });

  it('tells of a stopped address', async () => {
    const getWaiting = waits({ ranking: 'ranks', address: { ...address, stopped: true } });
    const { body } = await visit({ getWaiting }).go('waiting', '');
    expect(textOf(body)).toContain(dictionaries.en.waiting.stopped.email);
    expect(body).toContain('href="/u/sub"');
  });

  it('has nothing to press for who has left', async () => {
    const getWaiting: Api['getWaiting'] = () =>
      Promise.resolve({ ok: true, status: 200, data: { ...waiting, status: 'left', offer: undefined } });
    const { body } = await visit({ getWaiting }).go('waiting', '');
    expect(body).not.toContain('<form method="post"');
  });

  it('books what is taken, and says so where the offer has ended', async () => {
    const press = { offerId: 'fedcba9876543210' };
    const taken = await visit().post('sendTake', press);
    expect([taken.status, taken.headers['location']]).toEqual([303, '/a/tok?done=booked']);
    const late = await visit({ takeOffer: refuse('offer_expired') }).post('sendTake', press);
    expect(late.status).toBe(410);
    expect(textOf(late.body)).toContain(dictionaries.en.problems.offer_expired.text);
    const refused = await visit({ takeOffer: refuse('booking_refused') }).post('sendTake', press);
    expect(refused.body).toContain('href="tel:+442079460000"');
    const declined = await visit().post('sendDecline', press);
    expect([declined.status, declined.headers['location']]).toEqual([303, '/w/tok']);
    const left = await visit().post('sendLeave', {});
    expect(left.headers['location']).toBe('/w/tok');
  });
});
