import type { Catalogue } from '../../shared/business/catalogue.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const skills = ['cut-short', 'beard', 'blow-dry'];

/** Makes the demo salon's house in Brooklyn big: so many people, all of whom cut, shave and dry, all week from 9 to 19. */
export const enlarge = (catalogue: Catalogue, people: number): string[] => {
  const [first] = catalogue.staff;
  if (!first) throw new Error('The demo salon has nobody');
  const ids = Array.from({ length: people }, (_, index) => `person-${index + 1}`);
  const hours = Object.fromEntries(weekdays.map((day) => [day, [{ from: '09:00', until: '19:00' }]]));
  catalogue.staff = ids.map((id, index) => ({
    ...first,
    id,
    name: `Person ${index + 1}`,
    locations: ['brooklyn'],
    skills,
    hours: { brooklyn: hours },
    daysOff: [],
  }));
  catalogue.locations = catalogue.locations.map((location) =>
    location.id === 'brooklyn' ? { ...location, hours, breaks: {}, holidays: [] } : location,
  );
  catalogue.services = catalogue.services.filter(({ id }) => skills.includes(id));
  return ids;
};
