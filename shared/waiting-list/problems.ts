import { defineProblem } from '../platform/http/problems.ts';

export const offerExpired = defineProblem('offer_expired', 410, 'This offer has ended');
