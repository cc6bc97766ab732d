import * as z from 'zod';
import {
  id,
  instantText,
  language,
  linkParams,
  linkQuery,
  localDate,
  named,
  paragraph,
  slug,
} from '../platform/fields.ts';
import { bodyErrors, linkActErrors, linkErrors, route, staffErrors } from '../platform/http/contract.ts';
import { reviewClosed } from './problems.ts';

const score = z.coerce.number().int().min(1, 'must be 1 to 5').max(5, 'must be 1 to 5');

const reviewAnswer = z.object({
  firstName: z.string(),
  language,
  business: z.string(),
  visitedAt: instantText,
  staff: z.array(named.extend({ services: z.array(z.string()) })).meta({ description: 'Who to rate.' }),
  review: z
    .object({
      ratings: z.array(z.object({ staffId: slug, score: z.int() })),
      words: z.string(),
      at: instantText,
    })
    .optional(),
  changeableUntil: instantText.optional().meta({ description: 'A review can be changed for a week.' }),
  publicReviewUrl: z.string().optional().meta({ description: 'The same for everyone, whatever the score.' }),
});
export type ReviewAnswer = z.output<typeof reviewAnswer>;

export const getReviewByLink = route({
  id: 'getReviewByLink',
  method: 'GET',
  path: '/v1/reviews/{token}',
  tag: 'by link',
  caller: 'link',
  params: linkParams,
  query: linkQuery,
  summary: 'The visit to review, and the review if there is one',
  status: 200,
  answer: reviewAnswer,
  errors: linkErrors,
});
export const putReviewByLink = route({
  id: 'putReviewByLink',
  method: 'PUT',
  path: '/v1/reviews/{token}',
  tag: 'by link',
  caller: 'link',
  params: linkParams,
  body: z.object({
    ratings: z
      .array(z.object({ staffId: slug, score }))
      .min(1)
      .max(8),
    words: paragraph(2000).default(''),
  }),
  summary: 'Review a visit: one review, which can be changed for a week',
  description:
    'A score of 3 or less tells the manager of the location at once. Everyone is shown the same public link.',
  status: 200,
  answer: reviewAnswer,
  errors: [...linkActErrors, reviewClosed, 'changed_meanwhile', 'unprocessable', ...bodyErrors, 'busy'],
});
export const listReviews = route({
  id: 'listReviews',
  method: 'GET',
  path: '/v1/reviews',
  tag: 'reviews',
  caller: ['owner', 'manager'],
  query: z.object({
    locationId: slug,
    month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month as YYYY-MM'),
  }),
  summary: 'Reviews of a location in a month, newest first',
  status: 200,
  answer: z.object({
    reviews: z.array(
      z.object({
        appointmentId: id,
        clientId: id,
        date: localDate,
        ratings: z.array(z.object({ staffId: slug, score: z.int() })),
        words: z.string(),
        at: instantText,
      }),
    ),
  }),
  errors: [...staffErrors, 'unprocessable'],
});

export const reviewLinkRoutes = [getReviewByLink, putReviewByLink] as const;
export const reviewRoutes = [listReviews] as const;
