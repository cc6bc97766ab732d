import type { Resource, StaffMember } from '../../business/catalogue.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';

/**
 * Owner of a diary: a person's, a room's, a piece of equipment's. `group` is the home location, under which the pages of four
 * weeks lie together, so that the availability of everyone there for a week is one query of one small partition.
 */
export interface DiaryOwner {
  id: string;
  group: string;
  /** Decides which local day an instant falls on. */
  zone: string;
}

/** The diary of a room or a piece of equipment; people's ids hold no colon. */
export const resourceOwnerId = (resourceId: string): string => `resource:${resourceId}`;

export const ownerOf = (catalogueIndex: CatalogueIndex, person: StaffMember): DiaryOwner => ({
  id: person.id,
  group: person.locations[0] ?? '',
  zone: catalogueIndex.diaryZone(person),
});

export const resourceOwnerOf = (catalogueIndex: CatalogueIndex, { id, location }: Resource): DiaryOwner => ({
  id: resourceOwnerId(id),
  group: location,
  zone: catalogueIndex.location(location)?.zone ?? 'UTC',
});
