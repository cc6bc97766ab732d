import { diaryBindings } from '../../shared/diary/routes.ts';
import { apiHandler } from '../../shared/platform/http/lambda.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { seriesBindings } from '../../shared/series/routes.ts';
import { waitingDeskBindings } from '../../shared/waiting-list/routes.ts';
import { foundation } from '../environment.ts';

export const handler = apiHandler(createTelemetry('diary-api'), () => [
  ...diaryBindings(foundation()),
  ...seriesBindings(foundation()),
  ...waitingDeskBindings(foundation()),
]);
