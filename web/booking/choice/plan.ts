import { anyone } from '../../../shared/booking/contract.ts';
import type { Person, Place, Service } from '../../api.ts';
import { type Choice, maxServices } from './choice.ts';

/** Offer of the business, as the API tells it. */
export interface Offer {
  services: readonly Service[];
  places: readonly Place[];
  people: readonly Person[];
}

const steps = ['services', 'location', 'staff', 'time', 'details'] as const;
export type Step = (typeof steps)[number];

/** The booking so far: what is chosen, what can be chosen, and which step comes now. */
export interface Plan {
  /** The choice as given, without what the offer doesn't have. */
  choice: Choice;
  /** Those in which there is something to choose. */
  steps: readonly Step[];
  step: Step;
  services: readonly Service[];
  /** Offering all the services. */
  places: readonly Place[];
  place?: Place | undefined;
  /** Staff at the place who perform all the services. */
  people: readonly Person[];
  /** For each service, who at the place performs it. */
  performers: readonly (readonly Person[])[];
  /** Reason for which the services can't be one visit. */
  conflict?: 'too-many' | 'no-place' | 'class-alone';
}

const performersAt = (offer: Offer, service: Service, placeId: string): Person[] =>
  offer.people.filter((person) => person.locations.includes(placeId) && person.services.includes(service.id));

const placesOffering = (offer: Offer, services: readonly Service[]): Place[] =>
  offer.places.filter((place) =>
    services.every(
      (service) => service.locations.includes(place.id) && performersAt(offer, service, place.id).length > 0,
    ),
  );

/** A person for the whole visit, or one for each service; everyone named must perform what they are named for. */
const validStaff = (
  staff: readonly string[] | undefined,
  performers: readonly (readonly Person[])[],
): readonly string[] | undefined => {
  if (!staff || performers.length === 0) return undefined;
  const each = staff.length === 1 ? performers.map(() => staff[0]) : staff;
  const fits =
    each.length === performers.length &&
    performers.every((able, index) => each[index] === anyone || able.some((person) => person.id === each[index]));
  if (!fits) return undefined;
  const first = staff[0] ?? anyone;
  return staff.every((id) => id === first) ? [first] : staff;
};

/** Before anything is chosen, a choice of place or person is expected wherever there is more than one. */
const stepsOf = (offer: Offer, plan: Pick<Plan, 'services' | 'places' | 'place' | 'performers'>): Step[] => {
  const places = plan.services.length > 0 ? plan.places : offer.places;
  const choosePerson = plan.place ? plan.performers.some((able) => able.length > 1) : offer.people.length > 1;
  return steps.filter((step) => (step !== 'location' || places.length > 1) && (step !== 'staff' || choosePerson));
};

const conflictOf = (chosen: readonly Service[], places: readonly Place[]): Plan['conflict'] => {
  if (chosen.length > maxServices) return 'too-many';
  if (chosen.length > 1 && chosen.some(({ seats }) => seats)) return 'class-alone';
  return chosen.length > 0 && places.length === 0 ? 'no-place' : undefined;
};

/** Shows the step that is asked for, unless one before it is still unanswered. */
const stepNow = (shown: readonly Step[], answered: Record<Step, boolean>, asked?: string | null): Step => {
  const next = shown.find((step) => !answered[step]) ?? 'details';
  const again = shown.find((step) => step === asked);
  return again && shown.indexOf(again) <= shown.indexOf(next) ? again : next;
};

/** Finds the place of the visit and who performs it there: nobody before the place is known. */
const placed = (offer: Offer, services: readonly Service[], places: readonly Place[], location?: string) => {
  const chosen = places.length === 1 ? places[0] : places.find((each) => each.id === location);
  const place = services.length > 0 ? chosen : undefined;
  if (!place) return { place, performers: [], people: [] };
  const performers = services.map((service) => performersAt(offer, service, place.id));
  return {
    place,
    performers,
    people: offer.people.filter((person) => performers.every((able) => able.includes(person))),
  };
};

export const planBooking = (offer: Offer, given: Choice, asked?: string | null): Plan => {
  const chosen = given.services.flatMap((id) => offer.services.find((service) => service.id === id) ?? []);
  const places = placesOffering(offer, chosen);
  const conflict = conflictOf(chosen, places);
  const services = conflict ? [] : chosen;
  const { place, performers, people } = placed(offer, services, places, given.location);
  const shown = stepsOf(offer, { services, places, place, performers });
  const staff = place
    ? (validStaff(given.staff, performers) ?? (shown.includes('staff') ? undefined : [anyone]))
    : given.staff;

  const choice: Choice = {
    ...given,
    services: chosen.map((service) => service.id),
    location: place?.id ?? given.location,
    staff,
    startsAt: place && staff ? given.startsAt : undefined,
  };
  const answered: Record<Step, boolean> = {
    services: services.length > 0,
    location: place !== undefined,
    staff: staff !== undefined,
    time: choice.startsAt !== undefined,
    details: false,
  };
  return {
    choice,
    steps: shown,
    step: stepNow(shown, answered, asked),
    services: chosen,
    places,
    place,
    people,
    performers,
    ...(conflict && { conflict }),
  };
};

export const stepBefore = (plan: Plan): Step | undefined => plan.steps[plan.steps.indexOf(plan.step) - 1];

/** Name of whoever was chosen; for anyone, the name is known only where just one person can. */
export const chosenPeople = (plan: Plan): (Person | undefined)[] => {
  const { staff } = plan.choice;
  if (!staff) return [];
  return plan.performers.map((able, index) => {
    const id = staff.length === 1 ? staff[0] : staff[index];
    return able.find((person) => person.id === id) ?? (able.length === 1 ? able[0] : undefined);
  });
};

/** Names of who performs the visit, each once; `anyone` where it is left open and several can. */
export const namesOf = (plan: Plan, anyoneName: string): string[] => {
  const people = chosenPeople(plan);
  const isOpen = plan.choice.staff?.every((id) => id === anyone) && people.includes(undefined);
  return isOpen ? [anyoneName] : [...new Set(people.map((person) => person?.name ?? anyoneName))];
};
