import { describe, expect, it } from 'vitest';
import type { Api, Review } from '../../../web/api.ts';
import { dictionaries } from '../../dictionaries.ts';
import { review } from '../../support/web/salon.ts';
import { refuse, textOf, visit } from '../../support/web/visit.ts';

const en = dictionaries.en;
const given: Review = {
  ...review,
  review: {
    ratings: [
      { staffId: 'mira', score: 2 },
      { staffId: 'ana', score: 5 },
    ],
    words: '<img src=x onerror=alert(1)>',
    at: '2026-11-22T10:00:00+00:00',
  },
  changeableUntil: '2026-11-29T10:00:00+00:00',
};
const as = (data: Review): Pick<Api, 'getReviewByLink'> => ({
  getReviewByLink: () => Promise.resolve({ ok: true, status: 200, data }),
});

describe('GET /r/{token}', () => {
  it('asks for stars for each person, none of them chosen beforehand', async () => {
    const { go, changes } = visit();
    const { body } = await go('review');
    expect(body.match(/type="radio"/g)).toHaveLength(10);
    expect(body).not.toMatch(/type="radio"[^>]* checked/);
    expect(body).toContain('<span class="unseen">4 stars: good</span>');
    expect(changes()).toEqual([]);
  });

  it('shows what was said and the same public link, whatever was said', async () => {
    const low = await visit(as(given)).go('review', 'done=sent');
    const high = await visit(
      as({ ...given, review: { words: '', at: '', ratings: [{ staffId: 'mira', score: 5 }] } }),
    ).go('review', 'done=sent');
    for (const { body } of [low, high]) {
      expect(body).toContain('href="https://reviews.example/soho"');
      expect(textOf(body)).toContain(en.review.publicText);
      expect(textOf(body)).toContain(en.review.thanks);
    }
    expect(low.body).toContain('&lt;img src=x onerror=alert(1)>');
    expect(low.body).toContain('aria-label="2 stars"');
  });

  it('can be changed for a week, and not after', async () => {
    const open = visit(as(given));
    expect((await open.go('review')).body).toContain('href="/r/tok?edit=1"');
    expect((await open.go('review', 'edit=1')).body).toMatch(/name="score-mira" value="2" checked/);
    const late = visit(as(given), Date.parse('2026-12-01T00:00:00Z'));
    expect((await late.go('review', 'edit=1')).body).not.toContain('<form');
  });

  it('does not thank for what has not been sent', async () => {
    expect(textOf((await visit().go('review', 'done=sent')).body)).not.toContain(en.review.thanksText);
  });
});

describe('POST /r/{token}', () => {
  it('sends a score for each person', async () => {
    let body: unknown;
    const putReviewByLink: Api['putReviewByLink'] = (args) => {
      body = args.body;
      return Promise.resolve({ ok: true, status: 200, data: given });
    };
    const answer = await visit({ putReviewByLink }).post('sendReview', {
      'score-mira': '4',
      'score-ana': '1',
      'score-somebody': '5',
      words: 'Good',
    });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/r/tok?done=sent']);
    expect(body).toEqual({
      ratings: [
        { staffId: 'mira', score: 4 },
        { staffId: 'ana', score: 1 },
      ],
      words: 'Good',
    });
  });

  it('asks for the stars that are missing and keeps the rest', async () => {
    const { post, changes } = visit();
    const { status, body } = await post('sendReview', { 'score-mira': '4', 'score-ana': '6', words: 'Fine <3' });
    expect(status).toBe(422);
    expect(body).toContain('<a href="#score-ana">Choose one to five stars for Ana.</a>');
    expect(body).toMatch(/name="score-mira" value="4" checked/);
    expect(body).toContain('Fine &lt;3</textarea>');
    expect(changes()).toEqual([]);
  });

  it('says when it is too late, and shows what stands', async () => {
    const closed = { ...as(given), putReviewByLink: refuse('review_closed') };
    const { status, body } = await visit(closed).post('sendReview', { 'score-mira': '4', 'score-ana': '4' });
    expect(status).toBe(409);
    expect(textOf(body)).toContain(en.problems.review_closed.title);
    expect(body).toContain('aria-label="2 stars"');
  });
});
