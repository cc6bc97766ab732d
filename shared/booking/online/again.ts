import type { Language } from '../../platform/fields.ts';

/** The visit that somebody had, or was to have. */
interface Visit {
  locationId: string;
  services: readonly { id: string; staffId: string }[];
  language: Language;
}

/** Path of the booking page, with the same services, place and people chosen; only the time is left to choose. */
export const againPath = ({ locationId, services, language }: Visit): string => {
  const people = services.map(({ staffId }) => staffId);
  const query = new URLSearchParams([
    ...services.map(({ id }) => ['service', id]),
    ...(new Set(people).size === 1 ? people.slice(0, 1) : people).map((id) => ['staff', id]),
    ['location', locationId],
    ['lang', language],
  ]);
  return `/book?${query}`;
};
