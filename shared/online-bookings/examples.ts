import type { Examples } from '../platform/http/examples.ts';
import type { onlineBookingsRoutes } from './contract.ts';

/** A good request of each route, for the API's document and the samples in events/. */
export const onlineBookingsExamples: Examples<typeof onlineBookingsRoutes> = {
  listOnlineBookings: { query: { from: '2026-11-24T10:00:00Z' } },
  cancelOnlineBookings: { body: { appointmentIds: ['k3v9q2m8x1c7b5n4'] } },
  restoreOnlineBookings: { body: { appointmentIds: ['k3v9q2m8x1c7b5n4'] } },
};
