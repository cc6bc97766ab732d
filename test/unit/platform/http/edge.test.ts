import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { behindEdge, edgeHeader } from '../../../../shared/platform/http/edge.ts';
import { httpEventOf } from '../../../support/unit/http-event.ts';

const secret = 'the-secret-of-this-stack';

/** The address that the function sees, or the answer of whoever stands before it. */
const asked = async (headers: Record<string, string>, known: string | undefined = secret) => {
  const handler = behindEdge(known, async ({ requestContext }: APIGatewayProxyEventV2) => requestContext.http.sourceIp);
  return handler(httpEventOf({ headers }), {} as Context);
};

describe('the address of a visitor', () => {
  it.each([
    ['198.51.100.7:46532', '198.51.100.7'],
    ['2001:db8:85a3::8a2e:370:7334:46532', '2001:db8:85a3::8a2e:370:7334'],
    ['[2001:db8::7]:46532', '2001:db8::7'],
  ])('is what CloudFront says with the secret: %s', async (viewer, address) => {
    expect(await asked({ [edgeHeader]: secret, 'cloudfront-viewer-address': viewer })).toBe(address);
  });

  it('is that of the connection where no domain was deployed, whatever headers say', async () => {
    const headers = { [edgeHeader]: secret, 'cloudfront-viewer-address': '203.0.113.9:1' };
    const handler = behindEdge(undefined, async (event) => event.requestContext.http.sourceIp);
    expect(await handler(httpEventOf({ headers }), {} as Context)).toBe('192.0.2.7');
  });

  it.each([
    ['no secret', {}],
    ['another', { [edgeHeader]: 'guessed' }],
    ['an empty one', { [edgeHeader]: '' }],
    ['a part of it', { [edgeHeader]: secret.slice(0, -1) }],
  ])('who brings %s goes around the firewall and is refused', async (_, headers) => {
    const answer = await asked({ ...headers, 'cloudfront-viewer-address': '203.0.113.9:1' } as Record<string, string>);
    expect(answer).toMatchObject({
      statusCode: 403,
      headers: { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" },
      body: expect.stringContaining('Ask under the domain'),
    });
  });
});
