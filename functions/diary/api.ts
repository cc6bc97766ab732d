import { seriesBindings } from '../../shared/booking/series.ts';
import { waitingDeskBindings } from '../../shared/booking/waiting.ts';
import { diaryBindings } from '../../shared/diary/diary.ts';
import { apiHandler } from '../../shared/platform/lambda.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { foundation } from '../environment.ts';

export const handler = apiHandler(createTelemetry('diary-api'), () => [
  ...diaryBindings(foundation()),
  ...seriesBindings(foundation()),
  ...waitingDeskBindings(foundation()),
]);
