import { contracts } from '../shared/contracts.ts';
import { type Caller, type Method, roles } from '../shared/platform/http/contract.ts';

/** A route of the gateway. Whether a caller needs a token is asked there, which role in the function. */
export interface HttpRoute {
  method: Method | 'HEAD' | 'ANY';
  path: string;
  caller: Caller;
}

interface Served {
  method: Method;
  path: string;
  caller: Caller;
}

const reads = ['GET', 'HEAD'] as const;
const readsAndWrites = [...reads, 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** What pages of other sites may ask for. */
export const openMethods: readonly Method[] = [
  ...new Set(contracts.filter(({ caller }) => !Array.isArray(caller)).map(({ method }) => method)),
].sort();

const isGreedy = (path: string): boolean => path.endsWith('+}');
const isOfStaffToo = (path: string): boolean =>
  contracts.some((contract) => contract.path === path && Array.isArray(contract.caller));

const openRoute = ({ method, path, caller }: Served): HttpRoute[] => {
  if (!isGreedy(path) && !isOfStaffToo(path)) return [{ method: 'ANY', path, caller }];
  // Another method leads to the staff's function, or nowhere.
  const methods = method === 'GET' ? reads : [method];
  return methods.map((each) => ({ method: each, path, caller }));
};

/** Where clients enter, path by path; the function knows which methods a path has. */
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
