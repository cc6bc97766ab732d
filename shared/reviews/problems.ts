import { defineProblem } from '../platform/http/problems.ts';

export const reviewClosed = defineProblem('review_closed', 409, 'The review can no longer be changed');
