import type { Settings } from '../../business/catalogue.ts';
import type { Role } from '../../platform/http/contract.ts';
import { Problem } from '../../platform/http/problems.ts';

/** Limits of plain `staff`. */
interface Bounds {
  /** The row of the catalogue that the person is; whoever is none has no visits of their own. */
  staffId: string | undefined;
  see: Settings['console']['staffSee'];
  may: Settings['console']['staffMay'];
  /** Whether telephones and e-mail addresses of clients are shown. */
  addresses: boolean;
}

/** Rights of a person: what they may see and do. */
export interface Access {
  /** Undefined: everywhere. */
  locations: readonly string[] | undefined;
  /** Undefined at the desk and above. */
  bounds: Bounds | undefined;
}

interface Who {
  roles: readonly Role[];
  staffId?: string | undefined;
  locations?: readonly string[] | undefined;
}

/** A booking, as far as it matters who may see it. */
interface Visit {
  locationId: string;
  services: readonly { staffId: string }[];
}

export const accessOf = (
  { roles, staffId, locations }: Who,
  { console: { staffSee, staffMay, staffSeePhones } }: Pick<Settings, 'console'>,
): Access => {
  if (roles.includes('owner')) return { locations: undefined, bounds: undefined };
  if (roles.includes('manager') || roles.includes('reception')) return { locations, bounds: undefined };
  return { locations, bounds: { staffId, see: staffSee, may: staffMay, addresses: staffSeePhones } };
};

const refuse = (detail: string): Problem => new Problem('forbidden', { detail });

/** Throws forbidden. */
export const mustWorkAt = ({ locations }: Access, locationId: string): void => {
  if (locations === undefined || locations.includes(locationId)) return;
  throw refuse(`You work at other locations: ${locations.join(', ')}.`);
};

/** As `mustWorkAt`, for what lies at several locations: one of them will do. */
export const mustWorkAtOneOf = (access: Access, locationIds: readonly string[]): void => {
  const { locations } = access;
  if (locations?.some((each) => locationIds.includes(each)) === false) mustWorkAt(access, locationIds[0] ?? '');
};

/** Whether the person has a part in it. */
const isOwn = ({ staffId }: Bounds, { services }: Pick<Visit, 'services'>): boolean =>
  staffId !== undefined && services.some((line) => line.staffId === staffId);

/** Whether a visit is shown whole, client and all. */
export const maySee = ({ locations, bounds }: Access, visit: Visit): boolean =>
  (locations?.includes(visit.locationId) ?? true) && (!bounds || bounds.see === 'all' || isOwn(bounds, visit));

/** Throws forbidden. */
export const mustSee = (access: Access, visit: Visit): void => {
  mustWorkAt(access, visit.locationId);
  if (!maySee(access, visit)) throw refuse('You see your own appointments only.');
};

const weight = { look: 0, mark: 1, change: 2 } as const;

/** Right that an act needs: `mark` records what became of a visit, `change` books, moves and cancels. */
export type Act = Exclude<keyof typeof weight, 'look'>;

/** Throws forbidden where the settings don't let plain staff act so, whoever's it is. */
export const mustMay = ({ bounds }: Access, act: Act): void => {
  if (!bounds || weight[bounds.may] >= weight[act]) return;
  const what = act === 'mark' ? 'mark appointments' : 'book, move or cancel';
  throw refuse(`The settings don’t let staff ${what}: ask reception.`);
};

/** Throws forbidden where the person may not act so on the visit. */
export const mustMayOn = (access: Access, act: Act, visit: Visit): void => {
  mustWorkAt(access, visit.locationId);
  mustMay(access, act);
  if (access.bounds && !isOwn(access.bounds, visit)) throw refuse('It is not your own appointment: ask reception.');
};

/** Throws forbidden where plain staff would give work to others than themselves; `besides`: who has it already. */
export const mustBeOwnWork = (
  { bounds }: Access,
  services: readonly { staffId: string }[],
  besides: readonly string[] = [],
): void => {
  if (!bounds) return;
  const allowed = [bounds.staffId, ...besides];
  if (services.every(({ staffId }) => allowed.includes(staffId))) return;
  throw refuse('You book for yourself only: name yourself for each service.');
};

/** A client's name and addresses as far as the person may see them. */
export const contactFor = <T extends { phone?: string | undefined; email?: string | undefined }>(
  { bounds }: Access,
  contact: T,
): T => (!bounds || bounds.addresses ? contact : { ...contact, phone: undefined, email: undefined });

/**
 * Throws forbidden where plain staff have no visit with the client these days. `isOwn` looks for one.
 */
export const mustKnowClient = async (
  { bounds }: Access,
  clientId: string,
  isOwn: (staffId: string, clientId: string) => Promise<boolean>,
): Promise<void> => {
  if (!bounds) return;
  if (bounds.staffId !== undefined && (await isOwn(bounds.staffId, clientId))) return;
  throw refuse('You see clients of your own visits only, from a week before to 30 days after.');
};
