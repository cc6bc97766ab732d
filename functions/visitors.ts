import { behindManageToken } from '../shared/booking/appointments/view.ts';
import { bookingBindings } from '../shared/booking/routes.ts';
import { type AppointmentDeps, appointmentsFor } from '../shared/booking/wiring.ts';
import { subscriptionBindings } from '../shared/messages/routes.ts';
import { behindStopLink } from '../shared/messages/stop-link.ts';
import { messagesFor } from '../shared/messages/wiring.ts';
import type { Binding } from '../shared/platform/http/server.ts';
import { type Counters, createCounters } from '../shared/platform/limits/counters.ts';
import { createLinkLimits } from '../shared/platform/limits/link-limits.ts';
import { watched } from '../shared/platform/limits/watched.ts';
import { createTelemetry, type Telemetry } from '../shared/platform/telemetry.ts';
import type { Tokens } from '../shared/platform/tokens/tokens.ts';
import { reviewLinkBindings } from '../shared/reviews/routes.ts';
import { behindReviewLink } from '../shared/reviews/token.ts';
import { waitingBindings } from '../shared/waiting-list/routes.ts';
import { behindWaitingToken } from '../shared/waiting-list/view.ts';
import { addresseeFor } from '../shared/waiting-list/wiring.ts';

/** Acts of clients with forms and by links, for the API and the pages alike; each act by a link is counted by `counters`. */
export const visitorBindings = (
  base: AppointmentDeps & { tokens: Tokens; publicUrl: string },
  telemetry: Pick<Telemetry, 'count' | 'error'> = createTelemetry('visitors'),
  counters: Counters = createCounters(base.table, base.now),
): Binding[] => {
  const appointments = appointmentsFor(base);
  const limitsOf = async () => {
    const { publicForms, publicLimits } = (await base.catalogue.recent()).settings;
    return { ...publicForms, ...publicLimits };
  };
  const { tokens } = base;
  const limited = createLinkLimits({ ...base, counters, telemetry, limitsOf });
  const behind = { tokens, appointments, now: base.now };
  const manage = { name: 'manage', subjectOf: async (token: string) => (await behindManageToken(behind, token)).id };
  const waiting = { name: 'waiting', subjectOf: async (token: string) => (await behindWaitingToken(tokens, token)).id };
  const review = { name: 'review', subjectOf: async (token: string) => (await behindReviewLink(tokens, token)).id };
  const stop = { name: 'stop', subjectOf: async (token: string) => (await behindStopLink(tokens, token)).subject };
  return [
    ...limited(manage, bookingBindings(base)),
    ...limited(waiting, waitingBindings(base)),
    ...limited(review, reviewLinkBindings({ ...base, appointments })),
    ...limited(stop, subscriptionBindings({ ...base, store: messagesFor(base), addresseeOf: addresseeFor(base) })),
  ].map((binding) => watched(binding, telemetry));
};
