import { contextOf, type HttpEvent, postedIn } from '../../shared/platform/http/lambda.ts';
import type { PageRequest } from '../../web/frame/page.ts';

/** The part of the gateway's event that a page sees. */
export const toPageRequest = async (
  event: HttpEvent,
  params: Record<string, string>,
  publicUrl: string,
): Promise<PageRequest> => ({
  params,
  query: new URLSearchParams(event.rawQueryString),
  ...(await postedIn(event)),
  acceptLanguage: event.headers['accept-language'],
  cookie: event.cookies?.join('; '),
  baseUrl: publicUrl,
  sourceIp: contextOf(event).sourceIp,
});
