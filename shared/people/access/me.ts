import type * as z from 'zod';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { StaffIdentity } from '../../platform/http/server.ts';
import { type Instant, isoUtc } from '../../platform/time/time.ts';
import type { getMe } from '../contract.ts';
import { accessOf } from './rules.ts';

/** Answer to a person about themselves. */
export const meView = (
  catalogueIndex: CatalogueIndex,
  { id, email, roles, staffId, locations: held }: StaffIdentity,
  now: Instant,
): z.input<(typeof getMe)['answer']> => {
  const { settings } = catalogueIndex;
  const { locations, bounds } = accessOf({ roles, staffId, locations: held }, settings);
  const leads = roles.includes('owner') || roles.includes('manager');
  return {
    sub: id,
    name: catalogueIndex.person(staffId ?? '')?.name ?? email ?? id,
    email,
    roles: [...roles],
    staffId,
    locations: locations && [...locations],
    may: {
      see: bounds?.see ?? 'all',
      act: bounds?.may ?? 'change',
      addresses: bounds?.addresses ?? true,
      desk: bounds === undefined,
      settings: leads,
      people: roles.includes('owner'),
    },
    lockMinutes: settings.console.lockMinutes,
    now: isoUtc(now),
  };
};
