import { contracts, examples } from '../../shared/contracts.ts';
import { documentRoutes } from '../../shared/document/contract.ts';
import { type OpenApi, openApi } from '../../shared/document/openapi.ts';
import { routedHandler } from '../../shared/platform/http/handlers.ts';
import { contextOf } from '../../shared/platform/http/lambda.ts';
import { createRouter } from '../../shared/platform/http/router.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { documentPage } from '../../web/document/page.tsx';
import { documentPageRoute } from '../../web/routes.ts';

const json = {
  'content-type': 'application/json',
  'cache-control': 'public, max-age=300',
  'access-control-allow-origin': '*',
};
const router = createRouter([...documentRoutes, documentPageRoute]);
const answers = {
  getDocument: (document: OpenApi) => ({ headers: json, body: JSON.stringify(document) }),
  docs: documentPage,
};

export const handler = routedHandler(
  createTelemetry('document'),
  () => router,
  async ({ route }, event) => ({
    statusCode: 200,
    ...answers[route.id](openApi(contracts, contextOf(event).origin, examples)),
  }),
);
