import type { TimeHolder } from '../../booking/day-pages/writes.ts';
import type { DiaryOwner } from '../../booking/slots/owner.ts';
import { ownerOf, resourceOwnerOf } from '../../booking/slots/owner.ts';
import type { Directory } from '../../business/directory.ts';
import { datesTouched } from '../../platform/time/dates.ts';
import type { Block, BlockDay } from './store.ts';

/** Whose time it is, and at which locations it is missed. */
export interface Holder {
  owner: DiaryOwner;
  locations: readonly string[];
}

/** Undefined for whom the business does not know. */
export const holderOf = (
  directory: Directory,
  { staffId, resourceId }: { staffId?: string | undefined; resourceId?: string | undefined },
): Holder | undefined => {
  const person = directory.person(staffId ?? '');
  if (person) return { owner: ownerOf(directory, person), locations: person.locations };
  const resource = directory.resource(resourceId ?? '');
  return resource && { owner: resourceOwnerOf(directory, resource), locations: [resource.location] };
};

/** What the block takes of its owner's diary: the pages of the days by the block's own zone. */
export const blockedTime = ({ id, from, until, zone }: Block, { id: ownerId, group }: DiaryOwner): TimeHolder => ({
  id,
  occupies: [{ ownerId, group, zone, from, until }],
});

/** The days of the locations on which the block stands, each by the location's own clock. */
export const daysOfBlock = (directory: Directory, block: Block, locations: readonly string[]): BlockDay[] =>
  locations.flatMap((locationId) =>
    datesTouched(block, directory.location(locationId)?.zone ?? block.zone).map((date) => ({ locationId, date })),
  );
