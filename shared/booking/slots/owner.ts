import type { Resource, StaffMember } from '../../business/catalogue.ts';
import type { Directory } from '../../business/directory.ts';

/**
 * Whose diary: a person's, a room's, a piece of equipment's. `group` is the home location, under which the pages of four
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

export const ownerOf = (directory: Directory, person: StaffMember): DiaryOwner => ({
  id: person.id,
  group: person.locations[0] ?? '',
  zone: directory.diaryZone(person),
});

export const resourceOwnerOf = (directory: Directory, { id, location }: Resource): DiaryOwner => ({
  id: resourceOwnerId(id),
  group: location,
  zone: directory.location(location)?.zone ?? 'UTC',
});
