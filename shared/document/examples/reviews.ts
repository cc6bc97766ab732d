import type { Examples } from '../../platform/http/examples.ts';
import type { reviewLinkRoutes, reviewRoutes } from '../../reviews/contract.ts';

/** A good request of each route, for the API's document and the samples in events/. */
export const reviewsExamples: Examples<typeof reviewRoutes | typeof reviewLinkRoutes> = {
  getReviewByLink: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
    query: {
      language: 'ru',
    },
  },
  putReviewByLink: {
    params: {
      token: 'bTIwMjYxMTI0.q83vEjRWeJq8',
    },
    body: {
      ratings: [
        {
          staffId: 'amina',
          score: 5,
        },
      ],
      words: 'Wonderful, thank you!',
    },
  },
  listReviews: {
    query: {
      locationId: 'brooklyn',
      month: '2026-11',
    },
  },
};
