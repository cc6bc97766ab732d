import type { TimeHolder } from '../../booking/day-pages/writes.ts';
import type { DiaryOwner } from '../../booking/slots/owner.ts';
import { ownerOf, resourceOwnerOf } from '../../booking/slots/owner.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import { datesTouched } from '../../platform/time/dates.ts';
import type { Block, BlockDay } from './store.ts';

/** Owner of the time, and the locations at which it is missed. */
export interface Holder {
  owner: DiaryOwner;
  locations: readonly string[];
}

/** Undefined for whom the business does not know. */
export const holderOf = (
  catalogueIndex: CatalogueIndex,
  { staffId, resourceId }: { staffId?: string | undefined; resourceId?: string | undefined },
): Holder | undefined => {
  const person = catalogueIndex.person(staffId ?? '');
  if (person) return { owner: ownerOf(catalogueIndex, person), locations: person.locations };
  const resource = catalogueIndex.resource(resourceId ?? '');
  return resource && { owner: resourceOwnerOf(catalogueIndex, resource), locations: [resource.location] };
};

/** Times that the block takes of its owner's diary: the pages of the days by the block's own zone. */
export const blockedTime = ({ id, from, until, zone }: Block, { id: ownerId, group }: DiaryOwner): TimeHolder => ({
  id,
  occupies: [{ ownerId, group, zone, from, until }],
});

/** The days of the locations on which the block stands, each by the location's own clock. */
export const daysOfBlock = (catalogueIndex: CatalogueIndex, block: Block, locations: readonly string[]): BlockDay[] =>
  locations.flatMap((locationId) =>
    datesTouched(block, catalogueIndex.location(locationId)?.zone ?? block.zone).map((date) => ({ locationId, date })),
  );
