import {
  agreeByLink,
  cancelByLink,
  confirmByLink,
  createAppointment,
  getAvailability,
  getAvailabilityByLink,
  getAvailabilityForForm,
  getByLink,
  getCalendarByLink,
  getFormToken,
  holdTime,
  moveByLink,
  proveByLink,
} from '../shared/booking/contract.ts';
import type { timeTaken, timeUnavailable } from '../shared/booking/problems.ts';
import { getBusiness, listLocations, listServices, listStaff } from '../shared/business/contract.ts';
import { getSubscription, resumeSubscription, unsubscribe, unsubscribeOneClick } from '../shared/messages/contract.ts';
import type { Client, Outcome } from '../shared/platform/http/client.ts';
import type { ProblemBody, ProblemBodyOf, Result, RouteContract } from '../shared/platform/http/contract.ts';
import { kindOf, type ProblemKind, type ProblemName } from '../shared/platform/http/problems.ts';
import { getReviewByLink, putReviewByLink } from '../shared/reviews/contract.ts';
import {
  declineOffer,
  getWaiting,
  joinWaitingList,
  leaveWaitingList,
  stayOnWaitingList,
  takeOffer,
} from '../shared/waiting-list/contract.ts';

/** The routes that pages call: the API is their only door to the business. */
export const pageContracts = [
  getBusiness,
  listLocations,
  listServices,
  listStaff,
  getAvailability,
  getAvailabilityForForm,
  getFormToken,
  holdTime,
  createAppointment,
  getByLink,
  getAvailabilityByLink,
  confirmByLink,
  proveByLink,
  agreeByLink,
  moveByLink,
  cancelByLink,
  getCalendarByLink,
  joinWaitingList,
  getWaiting,
  takeOffer,
  declineOffer,
  stayOnWaitingList,
  leaveWaitingList,
  getReviewByLink,
  putReviewByLink,
  getSubscription,
  resumeSubscription,
  unsubscribe,
  unsubscribeOneClick,
] as const;

export type Api = Client<typeof pageContracts>;

export type Business = Result<typeof getBusiness>;
export type Place = Result<typeof listLocations>['locations'][number];
export type Service = Result<typeof listServices>['services'][number];
export type Person = Result<typeof listStaff>['staff'][number];
export type Availability = Result<typeof getAvailability>;
export type FreeTime = Availability['days'][number]['times'][number];
export type Appointment = Result<typeof getByLink>;
export type Waiting = Result<typeof getWaiting>;
export type Review = Result<typeof getReviewByLink>;
export type Subscription = Result<typeof getSubscription>;

/** The refusal of a time, maybe with free ones near it. */
export type TimeRefusal = ProblemBodyOf<typeof timeTaken | typeof timeUnavailable>;

/** The API's refusal, on its way to a page in the visitor's words. */
export class Refusal extends Error {
  readonly problem: ProblemBody;

  constructor(problem: ProblemBody) {
    super(problem.title);
    this.name = 'Refusal';
    this.problem = problem;
  }
}

export const dataOf = <R extends RouteContract>(outcome: Outcome<R>): Result<R> => {
  if (!outcome.ok) throw new Refusal(outcome.problem);
  return outcome.data;
};

/** The API's answer, where a page knows it without asking. */
export const problemOf = (problem: ProblemName | ProblemKind): ProblemBody => {
  const { code, status, title } = kindOf(problem);
  return { type: `urn:regulars:problem:${code}`, title, status, code };
};
