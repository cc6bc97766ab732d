import type { Caller } from '../../../shared/platform/http/contract.ts';
import { createRouter } from '../../../shared/platform/http/router.ts';
import type { Functions } from '../runtime/functions.ts';

export interface Match {
  functionName: string;
  /** `ANY /v1/links/{token}`. */
  routeKey: string;
  caller: Caller;
  /** Percent-decoded. */
  params: Record<string, string>;
}

/** Finds the route for a request; `path` is as it came, percent-encoded. A path that can't be decoded is a URIError. */
export const createMatcher = (functions: Functions): ((method: string, path: string) => Match | undefined) => {
  const router = createRouter(
    functions.triggeredBy('http').flatMap((functionName) => {
      const { trigger } = functions.spec(functionName);
      return trigger.kind === 'http' ? trigger.routes.map((route) => ({ ...route, functionName })) : [];
    }),
  );

  return (asked, at) => {
    const found = router.find(asked, at);
    if (!found) return undefined;
    const { functionName, method, path, caller } = found.route;
    const params = Object.entries(found.params).map(([name, value]) => [name, decodeURIComponent(value)]);
    return { functionName, routeKey: `${method} ${path}`, caller, params: Object.fromEntries(params) };
  };
};
