import type { clientRoutes } from '../../clients/contract.ts';
import type { Examples } from '../../platform/http/examples.ts';

/** A good request of each route, for the API's document and the samples in events/. */
export const clientsExamples: Examples<typeof clientRoutes> = {
  getClient: {
    params: {
      clientId: '0123456789abcdef',
    },
  },
  proveAddress: {
    params: {
      clientId: '0123456789abcdef',
      channel: 'sms',
    },
  },
  liftNoShows: {
    params: {
      clientId: '0123456789abcdef',
    },
  },
};
