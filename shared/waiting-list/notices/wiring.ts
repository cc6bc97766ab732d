import type { Schedules } from '../../background/schedules.ts';
import type { AppointmentDeps } from '../../booking/wiring.ts';
import type { Compose } from '../../messages/outgoing.ts';
import type { Dispatch } from '../../messages/send/dispatch.ts';
import type { Tokens } from '../../platform/tokens/tokens.ts';
import { createWaitingStore } from '../store.ts';
import { createWaitingMessages } from './messages.ts';
import { createWaitingNotices } from './send.ts';

/** Wires the messages to those who wait; loads nothing of the search for times. */
export const waitingNoticesFor = (
  deps: Pick<AppointmentDeps, 'table' | 'catalogue' | 'clients' | 'now'> & {
    tokens: Tokens;
    publicUrl: string;
    compose: Compose;
    dispatch: Dispatch;
    schedules: Pick<Schedules, 'put'>;
  },
) => createWaitingNotices({ ...deps, store: createWaitingStore(deps.table), messages: createWaitingMessages(deps) });
