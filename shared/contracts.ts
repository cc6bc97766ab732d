import { auditRoutes } from './audit/contract.ts';
import { availabilityRoutes, bookingRoutes } from './booking/contract.ts';
import { businessRoutes } from './business/contract.ts';
import { clientRoutes } from './clients/contract.ts';
import { diaryRoutes } from './diary/contract.ts';
import { documentRoutes } from './document/contract.ts';
import { messageRoutes } from './messages/contract.ts';
import { reviewRoutes } from './reviews/contract.ts';
import { seriesRoutes } from './series/contract.ts';
import { settingsRoutes } from './settings/contract.ts';
import { waitingDeskRoutes, waitingRoutes } from './waiting-list/contract.ts';

/** Every route of the API. */
export const contracts = [
  ...businessRoutes,
  ...availabilityRoutes,
  ...bookingRoutes,
  ...diaryRoutes,
  ...seriesRoutes,
  ...waitingRoutes,
  ...waitingDeskRoutes,
  ...clientRoutes,
  ...messageRoutes,
  ...reviewRoutes,
  ...settingsRoutes,
  ...auditRoutes,
  ...documentRoutes,
] as const;
