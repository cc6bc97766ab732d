import type { AnyExample } from '../platform/http/examples.ts';
import { auditExamples } from './examples/audit.ts';
import { bookingExamples } from './examples/booking.ts';
import { businessExamples } from './examples/business.ts';
import { clientsExamples } from './examples/clients.ts';
import { diaryExamples } from './examples/diary.ts';
import { documentExamples } from './examples/document.ts';
import { messagesExamples } from './examples/messages.ts';
import { reviewsExamples } from './examples/reviews.ts';
import { seriesExamples } from './examples/series.ts';
import { settingsExamples } from './examples/settings.ts';
import { waitingListExamples } from './examples/waiting-list.ts';

/** An example of each route of the API, by the route's id. */
export const examples: Record<string, AnyExample> = {
  ...auditExamples,
  ...bookingExamples,
  ...businessExamples,
  ...clientsExamples,
  ...diaryExamples,
  ...documentExamples,
  ...messagesExamples,
  ...reviewsExamples,
  ...seriesExamples,
  ...settingsExamples,
  ...waitingListExamples,
};
