/**
 * Order of the capabilities, from the ground up: a file in `shared` may import from its own level and from those below,
 * never from above, and never in a circle. A name is a folder of `shared`, or a
 * file that lies directly in it. Capabilities that are still to come have their level already.
 */
export const order = [
  ['platform'],
  ['entities', 'audit', 'business', 'background'],
  ['session', 'people', 'clients'],
  ['messages', 'booking'],
  ['diary', 'reviews'],
  [
    'series',
    'waiting-list',
    'online-bookings',
    'journey',
    'leads',
    'calls',
    'cases',
    'tasks',
    'products',
    'checkout',
    'loyalty',
    'referrals',
    'offers',
  ],
  ['segments'],
  ['campaigns', 'reports'],
  ['imports', 'settings', 'portal', 'webhooks'],
  ['contracts', 'document'],
] as const satisfies readonly (readonly string[])[];

const levels = new Map<string, number>(order.flatMap((names, level) => names.map((name) => [name, level] as const)));

/** Height of a capability above the platform, which is 0. */
export const levelOf = (capability: string): number | undefined => levels.get(capability);

/** Capability to which a file belongs: `shared/booking/slots/assign.ts` is of `booking`. */
export const capabilityOf = (file: string): string | undefined =>
  /^shared\/(?<name>[\w-]+)(?:\/|\.ts$)/.exec(file)?.groups?.['name'];
