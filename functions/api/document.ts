import { contracts, examples } from '../../shared/contracts.ts';
import { documentRoutes } from '../../shared/document/contract.ts';
import { openApi } from '../../shared/document/openapi.ts';
import { behindEdge } from '../../shared/platform/http/edge.ts';
import { routedHandler } from '../../shared/platform/http/handlers.ts';
import { createRouter } from '../../shared/platform/http/router.ts';
import { once } from '../../shared/platform/memo.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { documentPage } from '../../web/document/page.tsx';
import { documentPageRoute } from '../../web/routes.ts';
import { edgeSecret, variable } from '../environment.ts';

const json = { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' };
const router = createRouter([...documentRoutes, documentPageRoute]);
const document = once(() => openApi(contracts, variable('PUBLIC_URL'), examples));
const answers = {
  getDocument: once(() => ({ headers: json, body: JSON.stringify(document()) })),
  docs: once(() => documentPage(document())),
};

export const handler = behindEdge(
  edgeSecret,
  routedHandler(
    createTelemetry('document'),
    () => router,
    async ({ route }) => ({
      statusCode: 200,
      ...answers[route.id](),
    }),
  ),
);
