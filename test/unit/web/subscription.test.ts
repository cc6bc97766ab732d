import { describe, expect, it } from 'vitest';
import type { Api, Subscription } from '../../../web/api.ts';
import { dictionaries } from '../../dictionaries.ts';
import { subscription } from '../../support/web/salon.ts';
import { refuse, textOf, visit } from '../../support/web/visit.ts';

const en = dictionaries.en.subscription;
const as = (changes: Partial<Subscription>): Pick<Api, 'getSubscription'> => ({
  getSubscription: () => Promise.resolve({ ok: true, status: 200, data: { ...subscription, ...changes } }),
});

describe('GET /u/{token}', () => {
  it('changes nothing, however it is opened', async () => {
    const { go, changes } = visit();
    for (const query of ['', 'scope=all', 'done=all', 'List-Unsubscribe=One-Click']) await go('subscription', query);
    expect(changes()).toEqual([]);
  });

  it('offers what can still be stopped', async () => {
    const both = (await visit().go('subscription')).body;
    expect(both).toContain('name="scope" value="marketing"');
    expect(both).toContain('name="scope" value="all"');
    const asked = (await visit(as({ marketing: false })).go('subscription')).body;
    expect(asked).toContain('value="marketing"');
    const service = (await visit(as({ marketing: false, reviews: false })).go('subscription')).body;
    expect(service).not.toContain('value="marketing"');
    expect(service).toContain('value="all"');
    const none = (await visit(as({ marketing: false, reviews: false, all: false })).go('subscription')).body;
    expect(none).not.toContain('<form');
    expect(textOf(none)).toContain(en.unreachable);
  });

  it('offers to resume what its reader stopped, and only that', async () => {
    const stopped = { marketing: false, reviews: false, all: false };
    const shown = (await visit(as({ ...stopped, resumable: true })).go('subscription')).body;
    expect(shown).toContain('name="resume"');
    expect(textOf(shown)).toContain(en.nothing);
    expect((await visit(as({})).go('subscription')).body).not.toContain('name="resume"');
  });

  it('says what was done only when it is so', async () => {
    const said = async (query: string, changes: Partial<Subscription>) =>
      (await visit(as(changes)).go('subscription', query)).body.includes('class="notice done"');
    expect(await said('done=marketing', { marketing: false, reviews: false })).toBe(true);
    expect(await said('done=marketing', { marketing: false })).toBe(false);
    expect(await said('done=marketing', {})).toBe(false);
    expect(await said('done=all', { marketing: false })).toBe(false);
    expect(await said('done=all', { marketing: false, reviews: false, all: false })).toBe(true);
    expect(await said('done=resumed', { marketing: false, reviews: false, all: false })).toBe(false);
    expect(await said('done=resumed', { marketing: false, reviews: false })).toBe(true);
  });
});

describe('POST /u/{token}', () => {
  it('stops what the button says', async () => {
    const { post, changes } = visit();
    const answer = await post('unsubscribe', { scope: 'all' });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/u/tok?done=all']);
    expect(changes()).toEqual(['unsubscribe']);
  });

  it('resumes at a press', async () => {
    const { post, changes } = visit();
    const answer = await post('unsubscribe', { resume: 'yes', lang: 'ru' });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/u/tok?done=resumed&lang=ru']);
    expect(changes()).toEqual(['resumeSubscription']);
    const refused = visit({ resumeSubscription: refuse('not_resumable') });
    expect((await refused.post('unsubscribe', { resume: 'yes' })).status).toBe(409);
  });

  it('obeys a mail program in one click', async () => {
    const { post, changes } = visit();
    const answer = await post('unsubscribe', { 'List-Unsubscribe': 'One-Click' });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(changes()).toEqual(['unsubscribeOneClick']);
    const bad = visit({ unsubscribeOneClick: refuse('link_invalid') });
    expect((await bad.post('unsubscribe', { 'List-Unsubscribe': 'One-Click' })).status).toBe(404);
  });

  it('does nothing on anything else', async () => {
    const { post, changes } = visit();
    expect((await post('unsubscribe', { scope: 'everything' })).status).toBe(303);
    expect(changes()).toEqual([]);
  });
});
