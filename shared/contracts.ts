import { availabilityRoutes, bookingRoutes } from './booking/contract.ts';
import { businessRoutes } from './business/contract.ts';
import { diaryRoutes } from './diary/contract.ts';
import { documentRoutes } from './document/contract.ts';
import { messageRoutes } from './messages/contract.ts';
import { reviewRoutes } from './reviews/contract.ts';

/** Every route of the API. */
export const contracts = [
  ...businessRoutes,
  ...availabilityRoutes,
  ...bookingRoutes,
  ...diaryRoutes,
  ...messageRoutes,
  ...reviewRoutes,
  ...documentRoutes,
] as const;
