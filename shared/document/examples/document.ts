import type { Examples } from '../../platform/http/examples.ts';
import type { documentRoutes } from '../contract.ts';

/** A good request of each route, for the API's document and the samples in events/. */
export const documentExamples: Examples<typeof documentRoutes> = {
  getDocument: {},
};
