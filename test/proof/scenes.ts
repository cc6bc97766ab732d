import fc from 'fast-check';
import { day } from '../support/durations.ts';
import type { Route } from './api/document.ts';
import { mark } from './api/known.ts';
import type { Draft } from './api/requests.ts';

/** Fields that only together make sense: somebody who performs a service at a place, on a day when it is open. */
export interface Scene {
  location: string;
  service: string;
  staff: string;
  /** `YYYY-MM-DD` */
  from: string;
  /** `YYYY-MM-DD` */
  to: string;
  /** `HH:MM` */
  time: string;
}

interface Offer {
  locations: readonly { id: string }[];
  staff: readonly { id: string; locations: readonly string[]; skills: readonly string[] }[];
  services: readonly { id: string; locations?: readonly string[] | undefined }[];
}

const dateAt = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

export const scenesOf = ({ locations, staff, services }: Offer, start: number): fc.Arbitrary<Scene> => {
  const possible = locations.flatMap(({ id: location }) =>
    staff
      .filter((person) => person.locations.includes(location))
      .flatMap((person) =>
        services
          .filter(
            (service) => person.skills.includes(service.id) && (service.locations ?? [location]).includes(location),
          )
          .map((service) => ({ location, service: service.id, staff: person.id })),
      ),
  );
  return fc
    .record({
      who: fc.constantFrom(...possible),
      in: fc.integer({ min: 1, max: 40 }),
      days: fc.integer({ min: 0, max: 20 }),
      hour: fc.integer({ min: 10, max: 17 }),
      minute: fc.constantFrom('00', '15', '30', '45'),
    })
    .map(({ who, in: days, days: more, hour, minute }) => ({
      ...who,
      from: dateAt(start + days * day),
      to: dateAt(start + (days + more) * day),
      time: `${hour}:${minute}`,
    }));
};

/** What stands for the field in the scene, in the form that was drawn for it. */
const inScene = (scene: Scene, name: string, drawn: unknown): unknown => {
  const text = typeof drawn === 'string' ? drawn : '';
  switch (name) {
    case 'location':
    case 'locationId':
      return scene.location;
    case 'service':
    case 'serviceId':
      return scene.service;
    case 'staff':
    case 'staffId':
      return Array.isArray(drawn) ? [scene.staff] : scene.staff;
    case 'services': {
      if (text) return scene.service;
      const [first] = Array.isArray(drawn) ? drawn : [];
      if (typeof first === 'string') return [scene.service];
      return typeof first === 'object' && first ? [{ serviceId: scene.service, staffId: scene.staff }] : drawn;
    }
    case 'seats':
      return drawn === undefined ? drawn : 1;
    case 'from':
    case 'date':
    case 'startsAt':
    case 'to':
    case 'until':
    case 'endsAt': {
      const [date, time] = ['to', 'until', 'endsAt'].includes(name)
        ? [text.includes('T') ? scene.from : scene.to, '18:30']
        : [scene.from, scene.time];
      return text.includes('T') ? `${date}T${time}` : /^\d{4}-\d{2}-\d{2}$/.test(text) ? date : drawn;
    }
    default:
      return drawn;
  }
};

/**
 * Somebody needs to be reached by something, the desk names a client in one of two ways, what repeats ends in one of
 * two, and a block is a person's or a room's.
 */
const whole = (value: object, name: string): object => {
  if ('firstName' in value && !('phone' in value) && !('email' in value)) return { ...value, phone: mark('phone', 0) };
  if ('locationId' in value && 'services' in value && !('formToken' in value)) {
    const { client: _, ...rest } = value as { client?: unknown };
    return { ...rest, clientId: mark('client', 0) };
  }
  const { scope } = value as { scope?: unknown };
  if (scope === 'one' || scope === 'rest') return { ...value, appointmentId: mark('occurrence', 1) };
  if (scope === 'all') {
    const { appointmentId: _, ...rest } = value as { appointmentId?: unknown };
    return rest;
  }
  if (name === '' && 'from' in value && 'until' in value) {
    const { resourceId: _, ...rest } = value as { resourceId?: unknown };
    return { ...rest, staffId: mark('staff', 0) };
  }
  if (name !== 'rule') return value;
  const { until: _, ...rest } = value as { until?: unknown };
  return { ...rest, count: 3 };
};

const all = (scene: Scene, value: unknown, of = ''): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(whole(value, of)).map(([name, drawn]) => {
          const known = inScene(scene, name, drawn);
          return [name, known === drawn ? all(scene, drawn, name) : known];
        }),
      )
    : value;

/** Where a query asks for a day or for days, one of the two. */
const dayOrDays = (draft: Draft, { query }: Route, scene: Scene): Draft['query'] => {
  const asks = (name: string) => query.some((field) => field.name === name);
  if (!asks('date') || !asks('from')) return draft.query;
  const others = draft.query.filter(([name]) => !['date', 'from', 'to'].includes(name));
  const days: Draft['query'] = scene.time.endsWith('0')
    ? [['date', scene.from]]
    : [
        ['from', scene.from],
        ['to', scene.to],
      ];
  return [...others, ...days];
};

/** What is written to a place has the id of the place. */
const ofPlace = (value: unknown, id: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || id === undefined) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'id' ? id : name === 'value' ? ofPlace(inner, id) : inner,
    ]),
  );
};

/** Takes a client away again that the route doesn't ask for: checking a series is for nobody yet. */
const withoutUnaskedClient = (value: unknown, { body }: Route): unknown => {
  if (!body?.schema.properties || 'clientId' in body.schema.properties) return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { clientId: _, ...rest } = value as { clientId?: unknown };
  return rest;
};

/** The draft with its fields in accord. */
export const inAccord = (draft: Draft, route: Route, scene: Scene): Draft => ({
  ...draft,
  query: dayOrDays(draft, route, scene).map(([name, value]) => [name, inScene(scene, name, value)]),
  body:
    draft.body && !draft.body.raw
      ? { ...draft.body, value: withoutUnaskedClient(ofPlace(all(scene, draft.body.value), draft.params['id']), route) }
      : draft.body,
});
