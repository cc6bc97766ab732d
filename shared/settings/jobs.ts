import { journeyReplanFor } from '../journey/wiring.ts';
import { offersReplanFor } from '../waiting-list/offers/wiring.ts';
import { createWork } from './jobs/work.ts';
import { zoneChangeFor, zoneLawFor } from './zone-change/wiring.ts';

/** Pieces of the settings' jobs that fall due. */
export const settingsWork = (
  deps: Parameters<typeof journeyReplanFor>[0] & Parameters<typeof zoneChangeFor>[0] & Parameters<typeof zoneLawFor>[0],
) => ({
  ...createWork({
    ...deps,
    ...journeyReplanFor(deps),
    replanOffers: offersReplanFor(deps),
    rezone: zoneChangeFor(deps),
  }),
  'zone-rules': zoneLawFor(deps),
});
