import { actorIn, client } from '../audit/audit.ts';
import { appointmentView, manageToken } from '../booking/appointments/view.ts';
import type { AppointmentDeps } from '../booking/wiring.ts';
import { createFormGuard } from '../platform/form-guard.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import {
  addToWaitingList,
  declineOffer,
  getWaiting,
  joinWaitingList,
  leaveWaitingList,
  listWaiting,
  removeWaiting,
  takeOffer,
} from './contract.ts';
import { stateOf } from './rules.ts';
import type { Waiting } from './store.ts';
import { waitingEntryView, waitingPurpose, waitingToken, waitingView } from './view.ts';
import { waitingListFor } from './wiring.ts';

type WaitingDeps = AppointmentDeps & { tokens: Tokens };

/** What clients do. */
export const waitingBindings = (deps: WaitingDeps): Binding[] => {
  const { table, catalogue, tokens, now, random } = deps;
  const { join, answers } = waitingListFor(deps);
  const guard = createFormGuard(table, tokens, now, random);
  const idBehind = async (token: string): Promise<string> => (await tokens.verify(token, waitingPurpose)).subject;
  const shown = async (waiting: Waiting, language = waiting.contact.language) => ({
    ...waitingView(await catalogue.recent(), waiting, language, now()),
    token: await waitingToken(tokens, waiting),
  });
  return [
    bind(joinWaitingList, async ({ body, idempotencyKey, context }) => {
      const { id, freeNow } = await join.byForm(guard, body, idempotencyKey, context.sourceIp);
      return { ...(await shown(await answers.need(id))), freeNow };
    }),
    bind(getWaiting, async ({ params, query }) =>
      shown(await answers.behindLink(await idBehind(params.token)), query.language),
    ),
    bind(takeOffer, async ({ params, body }) => {
      const appointment = await answers.take(await idBehind(params.token), body.offerId);
      return {
        ...appointmentView(await catalogue.recent(), appointment, appointment.contact.language, now()),
        token: await manageToken(tokens, appointment),
      };
    }),
    bind(declineOffer, async ({ params, body }) =>
      shown(await answers.decline(await idBehind(params.token), body.offerId)),
    ),
    bind(leaveWaitingList, async ({ params }) => shown(await answers.leave(client, await idBehind(params.token)))),
  ];
};

/** What staff do. */
export const waitingDeskBindings = (deps: AppointmentDeps): Binding[] => {
  const { catalogue, now } = deps;
  const { store, join, answers } = waitingListFor(deps);
  const shown = async (waiting: Waiting) => waitingEntryView(await catalogue.recent(), waiting, now());
  return [
    bind(listWaiting, async ({ query: { locationId } }) => {
      const catalogueIndex = await catalogue.recent();
      catalogueIndex.needLocation(locationId, 'locationId');
      const all = await store.atLocation(locationId);
      const entries = all.filter((waiting) => ['waiting', 'offered'].includes(stateOf(waiting, now())));
      return { entries: entries.map((waiting) => waitingEntryView(catalogueIndex, waiting, now())) };
    }),
    bind(addToWaitingList, async ({ body, idempotencyKey, context }) => {
      const { id, freeNow } = await join.byStaff(actorIn(context), body, idempotencyKey);
      return { ...(await shown(await answers.need(id))), freeNow };
    }),
    bind(removeWaiting, async ({ params, context }) => shown(await answers.leave(actorIn(context), params.waitingId))),
  ];
};
