import { contextOf, formOf, type HttpEvent } from '../../shared/platform/http/lambda.ts';
import type { PageRequest } from '../../web/frame/page.ts';

/** What a page sees of the gateway's event. */
export const toPageRequest = async (event: HttpEvent, params: Record<string, string>): Promise<PageRequest> => {
  const { sourceIp, origin } = contextOf(event);
  return {
    params,
    query: new URLSearchParams(event.rawQueryString),
    form: await formOf(event),
    acceptLanguage: event.headers['accept-language'],
    cookie: event.cookies?.join('; '),
    baseUrl: origin,
    sourceIp,
  };
};
