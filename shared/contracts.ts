import { auditRoutes } from './audit/contract.ts';
import { availabilityRoutes, bookingRoutes } from './booking/contract.ts';
import { businessDeskRoutes, businessRoutes } from './business/contract.ts';
import { clientRoutes } from './clients/contract.ts';
import { diaryRoutes } from './diary/contract.ts';
import { documentRoutes } from './document/contract.ts';
import { auditExamples } from './document/examples/audit.ts';
import { bookingExamples } from './document/examples/booking.ts';
import { businessExamples } from './document/examples/business.ts';
import { clientsExamples } from './document/examples/clients.ts';
import { diaryExamples } from './document/examples/diary.ts';
import { documentExamples } from './document/examples/document.ts';
import { messagesExamples } from './document/examples/messages.ts';
import { reviewsExamples } from './document/examples/reviews.ts';
import { seriesExamples } from './document/examples/series.ts';
import { settingsExamples } from './document/examples/settings.ts';
import { waitingListExamples } from './document/examples/waiting-list.ts';
import { journeyRoutes } from './journey/contract.ts';
import { messageRoutes, subscriptionRoutes } from './messages/contract.ts';
import { messageDeskRoutes } from './messages/desk/contract.ts';
import { onlineBookingsRoutes } from './online-bookings/contract.ts';
import { onlineBookingsExamples } from './online-bookings/examples.ts';
import { meRoutes, peopleRoutes } from './people/contract.ts';
import { peopleExamples } from './people/examples.ts';
import type { AnyExample } from './platform/http/examples.ts';
import { reviewLinkRoutes, reviewRoutes } from './reviews/contract.ts';
import { seriesRoutes } from './series/contract.ts';
import { ownSessionRoutes, sessionRoutes } from './session/contract.ts';
import { sessionExamples } from './session/examples.ts';
import { settingsRoutes } from './settings/contract.ts';
import { waitingDeskRoutes, waitingRoutes } from './waiting-list/contract.ts';

/** Routes that anyone may read; the function behind it cannot write. */
export const publicReadRoutes = [...businessRoutes, ...availabilityRoutes] as const;

/** Routes for clients, with forms and by links. */
export const publicRoutes = [...bookingRoutes, ...waitingRoutes, ...reviewLinkRoutes, ...subscriptionRoutes] as const;

/** Routes for staff, but for settings. */
const staffRoutes = [
  ...onlineBookingsRoutes,
  ...meRoutes,
  ...businessDeskRoutes,
  ...diaryRoutes,
  ...seriesRoutes,
  ...waitingDeskRoutes,
  ...clientRoutes,
  ...messageRoutes,
  ...messageDeskRoutes,
  ...journeyRoutes,
  ...reviewRoutes,
] as const;

/** Routes by which staff sign in, and for who has. */
const signInRoutes = [...sessionRoutes, ...ownSessionRoutes] as const;

const ownerRoutes = [...settingsRoutes, ...auditRoutes, ...peopleRoutes] as const;

/** Every route of the API, grouped by the function that serves it. */
export const contracts = [
  ...publicReadRoutes,
  ...publicRoutes,
  ...staffRoutes,
  ...ownerRoutes,
  ...signInRoutes,
  ...documentRoutes,
] as const;

/** An example of each route of the API, by the route's id. */
export const examples: Record<string, AnyExample> = {
  ...onlineBookingsExamples,
  ...auditExamples,
  ...bookingExamples,
  ...businessExamples,
  ...clientsExamples,
  ...diaryExamples,
  ...documentExamples,
  ...messagesExamples,
  ...peopleExamples,
  ...reviewsExamples,
  ...sessionExamples,
  ...seriesExamples,
  ...settingsExamples,
  ...waitingListExamples,
};
