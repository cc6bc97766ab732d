import type { Examples } from '../platform/http/examples.ts';
import type { __camel__Routes } from './contract.ts';

/** A good request of each route, for the API's document and the samples in events/. */
export const __camel__Examples: Examples<typeof __camel__Routes> = {
  create__Pascal__: { body: { title: 'The first' } },
  list__Pascal__: { query: { month: '2026-11' } },
};
