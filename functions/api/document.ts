import { contracts } from '../../shared/contracts.ts';
import { getDocument } from '../../shared/document/contract.ts';
import { openApi } from '../../shared/document/openapi.ts';
import { contextOf, httpStack, routeKey, toResult } from '../../shared/platform/http/lambda.ts';
import { Problem } from '../../shared/platform/http/problems.ts';
import { problemResponse } from '../../shared/platform/http/server.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { documentPage } from '../../web/document/page.tsx';

const json = {
  'content-type': 'application/json',
  'cache-control': 'public, max-age=300',
  'access-control-allow-origin': '*',
};

export const handler = httpStack(createTelemetry('document-api'), async (event) => {
  const document = () => openApi(contracts, contextOf(event).origin);
  switch (event.routeKey) {
    case routeKey(getDocument):
      return { statusCode: 200, headers: json, body: JSON.stringify(document()) };
    case 'GET /docs':
      return { statusCode: 200, ...documentPage(document()) };
    default:
      return toResult(problemResponse(new Problem('not_found')));
  }
});
