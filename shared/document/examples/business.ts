import type { businessDeskRoutes, businessRoutes } from '../../business/contract.ts';
import type { Examples } from '../../platform/http/examples.ts';

/** A good request of each route, for the API's document and the samples in events/. */
export const businessExamples: Examples<typeof businessRoutes | typeof businessDeskRoutes> = {
  getBusiness: {},
  listLocations: {},
  listServices: {
    query: {
      language: 'bn',
    },
  },
  listStaff: {},
  getJourney: {},
};
