import * as z from 'zod';
import type { Role } from '../platform/http/contract.ts';
import { Problem } from '../platform/http/problems.ts';

/** Roles that may set hours aside, block time and decide for the business; plain `staff` may not. */
export const desk = ['owner', 'manager', 'reception'] as const satisfies readonly Role[];

export const overrideInput = z
  .object({ hours: z.literal(true) })
  .optional()
  .meta({
    description:
      'Knowingly outside opening and working hours, on days off, off the timetable of a lesson; never on top of what is booked or blocked. For owner, manager and reception; recorded.',
  });
/** Rules that staff knowingly set aside: `hours` of opening and work, days off and timetables; never what is taken. */
export type Override = z.output<typeof overrideInput>;

/** Throws forbidden. */
export const mustMayOverride = (
  override: Override,
  { staff }: { staff?: { roles: readonly Role[] } | undefined },
): void => {
  const allowed: readonly Role[] = desk;
  if (!override || staff?.roles.some((role) => allowed.includes(role))) return;
  throw new Problem('forbidden', { detail: `To override hours needs one of the roles: ${allowed.join(', ')}.` });
};

export const notifyInput = z.enum(['yes', 'no']).optional().meta({
  description: 'Whether the client is told; absent: `yes`. `no` is for owner, manager and reception; recorded.',
});
export type Notify = z.output<typeof notifyInput>;

/** Throws forbidden where whoever asks must not keep an act from the client. */
export const mustMayKeepQuiet = (
  notify: Notify,
  { staff }: { staff?: { roles: readonly Role[] } | undefined },
): void => {
  const allowed: readonly Role[] = desk;
  if (notify !== 'no' || staff?.roles.some((role) => allowed.includes(role))) return;
  throw new Problem('forbidden', { detail: `To tell nobody needs one of the roles: ${allowed.join(', ')}.` });
};
