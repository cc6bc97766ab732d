import type { Audit } from '../audit/audit.ts';
import type { Outbox } from '../background/kinds.ts';
import type { Schedules } from '../background/schedules.ts';
import type { Appointments } from '../booking/appointments/appointments.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clients } from '../clients/clients.ts';
import type { Compose } from '../messages/outgoing.ts';
import type { Dispatch } from '../messages/send/dispatch.ts';
import { messagesFor } from '../messages/wiring.ts';
import { createIdempotency } from '../platform/idempotency.ts';
import type { Random } from '../platform/ids.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import { ofSeriesFor } from '../series/members.ts';
import { createDeadline, createLapse } from './confirm-deadline.ts';
import { createDeliver } from './deliver.ts';
import { createJourneyFollower } from './follow.ts';
import { createTouchpointMessage } from './message.ts';
import { createReconcile } from './reconcile.ts';
import { createDeferredReplan } from './replan-deferred.ts';
import { createResend } from './resend.ts';

interface JourneyDeps {
  table: RegularsTable;
  catalogue: CatalogueReader;
  appointments: Appointments;
  schedules: Schedules;
  now: Clock;
}

/** Sends touchpoints that fall due. */
export const touchpointDeliveryFor = (
  deps: JourneyDeps & { tokens: Tokens; publicUrl: string; compose: Compose; dispatch: Dispatch },
) =>
  createDeliver({
    ...deps,
    appointments: { ...deps.appointments, ofSeries: ofSeriesFor(deps) },
    messages: messagesFor(deps),
    messageOf: createTouchpointMessage(deps),
  });

/** Followers of the table's stream for the journey. */
export const journeyFollowersFor = (
  deps: Omit<JourneyDeps, 'table' | 'appointments'> & {
    appointments: Pick<Appointments, 'get' | 'parse'>;
    outbox: Outbox;
  },
) => [createJourneyFollower(deps)];

/** Cancels appointments that nobody confirmed in time. */
export const expireFor = (deps: Pick<JourneyDeps, 'appointments'>) => createLapse(deps);

/** Plans the journeys of appointments anew, where the business or the stack has changed. */
export const journeyReplanFor = (deps: JourneyDeps) => ({
  reconcile: createReconcile(deps),
  deadline: createDeadline({ ...deps, expire: expireFor(deps) }),
  replanDeferred: createDeferredReplan({ ...deps, messages: messagesFor(deps) }),
});

/** Sends messages again for staff. */
export const resendFor = (
  deps: Omit<JourneyDeps, 'schedules'> & { clients: Clients; audit: Audit; outbox: Outbox; random: Random },
) => createResend({ ...deps, store: messagesFor(deps), idempotency: createIdempotency(deps.table) });
