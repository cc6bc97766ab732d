import { createAppointment, holdTime, moveByLink } from '../shared/booking/contract.ts';
import { contracts } from '../shared/contracts.ts';
import { type Caller, type Method, roles } from '../shared/platform/http/contract.ts';
import { answerChallenge, forgotPassword, resetPassword, sessionRoutes, signIn } from '../shared/session/contract.ts';
import { pageRoutes } from '../web/routes.ts';

/** A route of the gateway. Whether a caller needs a token is asked there, which role in the function. */
export interface HttpRoute {
  method: Method | 'HEAD' | 'ANY';
  path: string;
  caller: Caller;
  /** A press that anybody may make and that writes to the diary or tries a password: throttled more tightly than the rest. */
  tight?: true;
}

interface Served {
  method: Method;
  path: string;
  caller: Caller;
}

const reads = ['GET', 'HEAD'] as const;
const readsAndWrites = [...reads, 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const isOfSession = ({ id }: { id: string }): boolean => sessionRoutes.some((route) => route.id === id);

/** Requests that pages of other sites may make; to sign in or out is none of them. */
const openMethods: readonly Method[] = [
  ...new Set(
    contracts
      .filter((contract) => !Array.isArray(contract.caller) && !isOfSession(contract))
      .map(({ method }) => method),
  ),
].sort();

/** Booking forms may stand in any site. Without `authorization` among the headers, no other site can act for staff. */
export const cors = {
  origins: ['*'],
  methods: openMethods,
  headers: ['content-type', 'idempotency-key'],
  maxAgeSeconds: 86_400,
} as const;

const isGreedy = (path: string): boolean => path.endsWith('+}');
const isOfStaffToo = (path: string): boolean =>
  contracts.some((contract) => contract.path === path && Array.isArray(contract.caller));

const pressed: readonly Pick<Served, 'method' | 'path'>[] = [
  ...[holdTime, createAppointment, moveByLink],
  ...[signIn, answerChallenge, forgotPassword, resetPassword],
  ...pageRoutes.filter(({ id }) => id === 'sendTime' || id === 'sendBooking' || id === 'move'),
];
const isTight = (served: Served): boolean =>
  pressed.some(({ method, path }) => method === served.method && path === served.path);

const openRoute = ({ method, path, caller }: Served): HttpRoute[] => {
  // A route of its own, beside the one for other methods, so that the gateway can throttle it.
  if (isTight({ method, path, caller }))
    return [
      { method, path, caller, tight: true },
      ...(isOfStaffToo(path) ? [] : [{ method: 'ANY', path, caller } as const]),
    ];
  if (!isGreedy(path) && !isOfStaffToo(path)) return [{ method: 'ANY', path, caller }];
  // Another method leads to the staff's function, or nowhere.
  const methods = method === 'GET' ? reads : [method];
  return methods.map((each) => ({ method: each, path, caller }));
};

/** Paths by which clients enter; the function knows which methods a path has. */
export const openRoutes = (served: readonly Served[]): HttpRoute[] => {
  const byKey = new Map(served.flatMap(openRoute).map((route) => [`${route.method} ${route.path}`, route]));
  return [...byKey.values()];
};

/**
 * Everything at and below the paths, for whoever has a token. OPTIONS is left out: a browser that asks before it sends a
 * client's form has none, and the gateway answers it.
 */
export const signedInRoutes = (...paths: string[]): HttpRoute[] =>
  paths.flatMap((path) => readsAndWrites.map((method) => ({ method, path, caller: roles })));
