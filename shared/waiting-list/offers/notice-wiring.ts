import type { AppointmentDeps } from '../../booking/wiring.ts';
import type { Compose } from '../../messages/outgoing.ts';
import type { Dispatch } from '../../messages/send/dispatch.ts';
import type { Tokens } from '../../platform/tokens/tokens.ts';
import { createWaitingStore } from '../store.ts';
import { createOfferMessage } from './message.ts';
import { createSendOffer } from './send-offer.ts';

/** What tells those who wait of a time that is kept for them. It is loaded without what finds such times. */
export const sendOfferFor = (
  deps: Pick<AppointmentDeps, 'table' | 'catalogue' | 'now'> & {
    tokens: Tokens;
    publicUrl: string;
    compose: Compose;
    dispatch: Dispatch;
  },
) => createSendOffer({ ...deps, store: createWaitingStore(deps.table), messageOf: createOfferMessage(deps) });
