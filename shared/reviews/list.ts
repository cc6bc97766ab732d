import type { CatalogueReader } from '../business/reader.ts';
import type { ReviewStore } from './store.ts';
import { listedReview } from './view.ts';

/** Reviews of a location in a month, `2026-11`. Throws what tells of an unknown location. */
export const createListReviews =
  ({ catalogue, reviews }: { catalogue: Pick<CatalogueReader, 'recent'>; reviews: Pick<ReviewStore, 'ofMonth'> }) =>
  async (locationId: string, month: string) => {
    (await catalogue.recent()).needLocation(locationId, 'locationId');
    return { reviews: (await reviews.ofMonth(locationId, month)).map(listedReview) };
  };
