import { contracts } from '../../shared/contracts.ts';
import { getDocument } from '../../shared/document/contract.ts';
import { openApi } from '../../shared/document/openapi.ts';
import { contextOf, httpStack, routeKey } from '../../shared/platform/lambda.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { documentPage } from '../../web/document/page.tsx';

const json = {
  'content-type': 'application/json',
  'cache-control': 'public, max-age=300',
  'access-control-allow-origin': '*',
};

export const handler = httpStack(createTelemetry('document-api'), async (event) => {
  const document = openApi(contracts, contextOf(event).origin);
  if (event.routeKey === routeKey(getDocument))
    return { statusCode: 200, headers: json, body: JSON.stringify(document) };
  return { statusCode: 200, ...documentPage(document) };
});
