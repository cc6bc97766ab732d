import { defineProblem } from '../platform/http/problems.ts';

/** A link that lay in the mailbox does not prove that what a bounce or a complaint has stopped is wanted again. */
export const notResumable = defineProblem(
  'not_resumable',
  409,
  'The business itself must let messages through to this address again',
);

export const providerUnavailable = defineProblem(
  'provider_unavailable',
  503,
  'The mail provider does not answer; nothing was changed',
);
