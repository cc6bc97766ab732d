import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { safely, toResult } from './lambda.ts';
import { Problem } from './problems.ts';
import { problemResponse } from './server.ts';

/** The header by which CloudFront proves that a request came through it; it overwrites what a visitor sends. */
export const edgeHeader = 'x-regulars-edge';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** `198.51.100.7:46532`, `2001:db8::7:46532` or `[2001:db8::7]:46532`, without the port. */
const addressOf = (viewer: string): string => viewer.slice(0, viewer.lastIndexOf(':')).replace(/^\[|\]$/g, '');

/** The event with the address of the visitor in place of CloudFront's. */
const withViewer = (event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 => {
  const viewer = event.headers['cloudfront-viewer-address'];
  if (!viewer) return event;
  const { requestContext } = event;
  const http = { ...requestContext.http, sourceIp: addressOf(viewer) };
  return { ...event, requestContext: { ...requestContext, http } };
};

const refused = (): APIGatewayProxyStructuredResultV2 =>
  safely(toResult(problemResponse(new Problem('forbidden', { detail: 'Ask under the domain of the business.' }))));

type Handler<R> = (event: APIGatewayProxyEventV2, context: Context) => Promise<R>;

/**
 * Puts CloudFront before a function. `secret`: the value of the header, in a stack that has a domain of its own; without
 * it nothing changes, and no header is believed. Whoever goes around CloudFront and its firewall is refused.
 */
export const behindEdge = <R>(
  secret: string | undefined,
  handler: Handler<R>,
): Handler<R | APIGatewayProxyStructuredResultV2> => {
  if (secret === undefined) return handler;
  const expected = digest(secret);
  return async (event, context) => {
    const proven = timingSafeEqual(digest(event.headers[edgeHeader] ?? ''), expected);
    return proven ? handler(withViewer(event), context) : refused();
  };
};
