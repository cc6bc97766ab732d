import type { Catalogue, Service } from '../../../shared/business/catalogue.ts';
import { enlarge } from '../big-salon.ts';

const usd = (amount: number) => ({ amount, currency: 'USD' });

/** A service whose time with the person, and with the room where it needs one, the model can work out in its head. */
const service = (id: string, changes: Partial<Service>): Service => ({
  id,
  name: { en: id },
  category: 'hair',
  durationMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  price: usd(5000),
  needs: [],
  retired: false,
  ...changes,
});

const lessonSeats = 3;

/** A small house: three people, one room, four services. */
export const shrink = (catalogue: Catalogue): string[] => {
  const people = enlarge(catalogue, 3);
  catalogue.services = [
    service('trim', { durationMinutes: 30, bufferAfterMinutes: 5, repeatDays: 2 }),
    service('colour', { durationMinutes: 120, bufferBeforeMinutes: 5, bufferAfterMinutes: 15, repeatDays: 3 }),
    service('facial', { durationMinutes: 60, bufferBeforeMinutes: 10, bufferAfterMinutes: 10, needs: ['cabin'] }),
    service('class', { durationMinutes: 45, bufferAfterMinutes: 15, seats: lessonSeats }),
  ];
  catalogue.resources = [
    { id: 'cabin-1', name: 'Cabin', kind: 'cabin', location: 'brooklyn', closed: [], retired: false },
  ];
  const skills = catalogue.services.map(({ id }) => id);
  catalogue.staff = catalogue.staff.map((person) => ({ ...person, skills }));
  catalogue.settings.booking = { ...catalogue.settings.booking, cutOffMinutes: 240, earliestNoticeMinutes: 60 };
  // Come-backs of one client may fall into one week.
  catalogue.settings.frequencyCap = { messages: 100, days: 1 };
  return people;
};
