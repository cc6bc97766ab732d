import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** An event of an HTTP API as API Gateway sends it, payload format 2.0. */
export const httpEventOf = (changes: Record<string, unknown> = {}, http: Record<string, unknown> = {}) =>
  ({
    version: '2.0',
    routeKey: 'POST /v1/visits/{token}',
    rawPath: '/v1/visits/0123456789abcdef',
    rawQueryString: '',
    headers: { host: 'abc.execute-api.eu-west-2.amazonaws.com', 'content-type': 'application/json' },
    pathParameters: { token: '0123456789abcdef' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'abc',
      domainName: 'abc.execute-api.eu-west-2.amazonaws.com',
      domainPrefix: 'abc',
      http: {
        method: 'POST',
        path: '/v1/visits/0123456789abcdef',
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.7',
        userAgent: 'Mozilla/5.0',
        ...http,
      },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: 'POST /v1/visits/{token}',
      stage: '$default',
      time: '12/Mar/2026:19:03:58 +0000',
      timeEpoch: 1_773_342_238_000,
    },
    body: '{"firstName":"Nadia"}',
    isBase64Encoded: false,
    ...changes,
  }) as unknown as APIGatewayProxyEventV2;
