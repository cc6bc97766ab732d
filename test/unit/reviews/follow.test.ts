import { describe, expect, it } from 'vitest';
import type { OutboxMessage } from '../../../shared/background/kinds.ts';
import { day } from '../../../shared/platform/time/time.ts';
import { createReviewFollower } from '../../../shared/reviews/follow.ts';
import type { Review } from '../../../shared/reviews/rules.ts';
import { startsAt } from '../../support/unit/visits.ts';

describe('a review', () => {
  const review = (revision: number, ...scores: number[]): Review => ({
    appointmentId: '0123456789abcdef',
    clientId: 'client0123456789',
    locationId: 'soho',
    zone: 'Europe/London',
    visitedAt: startsAt,
    ratings: scores.map((score, index) => ({ staffId: `person${index}`, score })),
    words: '',
    at: startsAt + day,
    revision,
  });
  const told = async (...versions: Review[]) => {
    const sent: OutboxMessage[] = [];
    const { changed } = createReviewFollower({
      reviews: {
        parse: () => {
          throw new Error('nothing is parsed here');
        },
      },
      outbox: { send: async (message) => void sent.push(message) },
    });
    for (const [index, version] of versions.entries()) await changed(versions[index - 1], version);
    return sent;
  };
  const alerts = async (...versions: Review[]) =>
    (await told(...versions)).map((message) => (message.kind === 'low-score' ? message.revision : message.kind));

  it.each([1, 2, 3])('of %i tells the manager', async (score) => {
    expect(await alerts(review(1, score))).toEqual([1]);
  });
  it.each([4, 5])('of %i does not', async (score) => {
    expect(await alerts(review(1, score))).toEqual([]);
  });
  it('with one low score among good ones tells the manager', async () => {
    expect(await alerts(review(1, 5, 3, 4))).toEqual([1]);
  });
  it('that is told of names the local day of its version, which the stream tells again and again', async () => {
    const late = { ...review(3, 1), zone: 'America/New_York', changedAt: Date.parse('2026-12-02T03:00:00Z') };
    expect(await told(late)).toEqual([
      { kind: 'low-score', appointmentId: late.appointmentId, revision: 3, day: '2026-12-01' },
    ]);
  });
  it('changed from 5 to 2 tells, from 2 to 1 does not again, from 2 over 5 to 1 does', async () => {
    expect(await alerts(review(1, 5), review(2, 2))).toEqual([2]);
    expect(await alerts(review(1, 2), review(2, 1))).toEqual([1]);
    expect(await alerts(review(1, 2), review(2, 5), review(3, 1))).toEqual([1, 3]);
  });
});
