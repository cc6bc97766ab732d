import type { Caller } from '../../../shared/platform/http/contract.ts';
import type { Functions } from '../runtime/functions.ts';

export interface Match {
  functionName: string;
  /** `GET /v1/appointments/{appointmentId}`. */
  routeKey: string;
  caller: Caller;
  /** Percent-decoded. */
  params: Record<string, string>;
}

interface Route {
  functionName: string;
  method: string;
  path: string;
  segments: string[];
  caller: Caller;
}

const isVariable = (segment: string): boolean => segment.startsWith('{');
const isGreedy = (segment: string): boolean => segment.endsWith('+}');

const fits = ({ segments }: Route, asked: readonly string[]): boolean =>
  segments.every((segment, index) => {
    const text = asked[index];
    if (isGreedy(segment)) return text !== undefined && text !== '';
    return isVariable(segment) ? text !== undefined && text !== '' : segment === text;
  }) &&
  (segments.length === asked.length || isGreedy(segments.at(-1) ?? ''));

/** API Gateway takes the route whose first differing segment is the more exact one. */
const rank = (segment: string | undefined): number =>
  segment === undefined ? 3 : isGreedy(segment) ? 2 : isVariable(segment) ? 1 : 0;

const moreExact = (a: Route, b: Route): number => {
  for (let index = 0; index < Math.max(a.segments.length, b.segments.length); index += 1) {
    const difference = rank(a.segments[index]) - rank(b.segments[index]);
    if (difference !== 0) return difference;
  }
  return 0;
};

const paramsOf = ({ segments }: Route, asked: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    segments.flatMap((segment, index) => {
      if (!isVariable(segment)) return [];
      const name = segment.replace(/^\{|\+?\}$/g, '');
      const text = isGreedy(segment) ? asked.slice(index).join('/') : (asked[index] ?? '');
      return [[name, decodeURIComponent(text)]];
    }),
  );

/** Finds the route for a request; `path` is as it came, percent-encoded. A path that can't be decoded is a URIError. */
export const createRouter = (functions: Functions): ((method: string, path: string) => Match | undefined) => {
  const routes: Route[] = functions.triggeredBy('http').flatMap((functionName) => {
    const { trigger } = functions.spec(functionName);
    if (trigger.kind !== 'http') return [];
    return trigger.routes.map(({ method, path, caller }) => ({
      functionName,
      method,
      path,
      segments: path.split('/').slice(1),
      caller,
    }));
  });
  const ordered = routes.toSorted(moreExact);
  const keys = new Map<string, string>();
  for (const { method, path, functionName } of routes) {
    const key = `${method} ${path.replaceAll(/\{[^}]+\}/g, '{}')}`;
    const other = keys.get(key);
    if (other) throw new Error(`${method} ${path} leads both to ${other} and to ${functionName}`);
    keys.set(key, functionName);
  }

  return (method, path) => {
    const asked = path.split('/').slice(1);
    const route = ordered.find((candidate) => candidate.method === method && fits(candidate, asked));
    if (!route) return undefined;
    return {
      functionName: route.functionName,
      routeKey: `${route.method} ${route.path}`,
      caller: route.caller,
      params: paramsOf(route, asked),
    };
  };
};
