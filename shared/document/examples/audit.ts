import type { auditRoutes } from '../../audit/contract.ts';
import type { Examples } from '../../platform/http/examples.ts';

/** A good request of each route, for the API's document and the samples in events/. */
export const auditExamples: Examples<typeof auditRoutes> = {
  listAudit: {
    query: {
      date: '2026-11-22',
      limit: '20',
    },
  },
  listReads: {
    query: {
      date: '2026-11-22',
      limit: '20',
    },
  },
};
