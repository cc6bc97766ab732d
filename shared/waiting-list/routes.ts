import { actorIn, client } from '../audit/audit.ts';
import { appointmentView, manageToken } from '../booking/appointments/view.ts';
import type { AppointmentDeps } from '../booking/wiring.ts';
import { messagesFor } from '../messages/wiring.ts';
import { mustWorkAt } from '../people/access/rules.ts';
import { accessFor } from '../people/wiring.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import { createFormGuard } from '../platform/limits/form-guard.ts';
import { householdKey } from '../platform/limits/household.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import {
  addToWaitingList,
  declineOffer,
  getWaiting,
  joinWaitingList,
  leaveWaitingList,
  listWaiting,
  removeWaiting,
  stayOnWaitingList,
  takeOffer,
} from './contract.ts';
import { createLinkView } from './line/link-view.ts';
import { isOfAnswer } from './rules.ts';
import type { Waiting } from './store.ts';
import { behindWaitingToken, waitingEntryView } from './view.ts';
import { waitingListFor } from './wiring.ts';

type WaitingDeps = AppointmentDeps & { tokens: Tokens };

/** Routes for clients. */
export const waitingBindings = (deps: WaitingDeps): Binding[] => {
  const { table, catalogue, tokens, now, random } = deps;
  const { join, answers, rank } = waitingListFor(deps);
  const guard = createFormGuard(table, tokens, now, random);
  const behind = (token: string) => behindWaitingToken(tokens, token);
  const shown = createLinkView({ ...deps, rank, addresses: messagesFor(deps) });
  return [
    bind(joinWaitingList, async ({ body, idempotencyKey, context }) => {
      const { sourceIp } = context;
      const visitor = { sourceIp, household: await householdKey(tokens, sourceIp) };
      const { id, freeNow } = await join.byForm(guard, body, idempotencyKey, visitor);
      return { ...(await shown(await answers.need(id), undefined)), freeNow };
    }),
    bind(getWaiting, async ({ params, query }) => {
      const { id, writtenTo } = await behind(params.token);
      return shown(await answers.behindLink(id), writtenTo, query.language);
    }),
    bind(takeOffer, async ({ params, body }) => {
      const { id, writtenTo } = await behind(params.token);
      const appointment = await answers.take(id, body.offerId, writtenTo);
      return {
        ...appointmentView(await catalogue.recent(), appointment, appointment.contact.language, now(), writtenTo),
        token: await manageToken(tokens, appointment, writtenTo),
      };
    }),
    bind(declineOffer, async ({ params, body }) => {
      const { id, writtenTo } = await behind(params.token);
      return shown(await answers.decline(id, body.offerId, writtenTo), writtenTo);
    }),
    bind(stayOnWaitingList, async ({ params }) => {
      const { id, writtenTo } = await behind(params.token);
      return shown(await answers.stay(id, writtenTo), writtenTo);
    }),
    bind(leaveWaitingList, async ({ params }) => {
      const { id, writtenTo } = await behind(params.token);
      const waiting = await answers.behindLink(id);
      const left = isOfAnswer(waiting, writtenTo) ? answers.leaveAsJoined(id) : answers.leave(client, id);
      return shown(await left, writtenTo);
    }),
  ];
};

/** Routes for staff. */
export const waitingDeskBindings = (deps: AppointmentDeps): Binding[] => {
  const { catalogue, audit, now } = deps;
  const { join, answers, rank, page } = waitingListFor(deps);
  const shown = async (waiting: Waiting) => waitingEntryView(await catalogue.recent(), await rank.seen(waiting), now());
  const accessOf = accessFor(deps);
  return [
    bind(listWaiting, async ({ query: { locationId, ...asked }, context }) => {
      const catalogueIndex = await catalogue.recent();
      catalogueIndex.needLocation(locationId, 'locationId');
      mustWorkAt(await accessOf(context), locationId);
      await audit.read(actorIn(context), { at: now(), action: 'waiting-list.read', subject: `location/${locationId}` });
      const { entries, cursor } = await page(locationId, asked);
      return { entries: await Promise.all(entries.map(shown)), cursor };
    }),
    bind(addToWaitingList, async ({ body, idempotencyKey, context }) => {
      mustWorkAt(await accessOf(context), body.locationId);
      const { id, freeNow } = await join.byStaff(actorIn(context), body, idempotencyKey);
      return { ...(await shown(await answers.need(id))), freeNow };
    }),
    bind(removeWaiting, async ({ params, context }) => {
      const access = await accessOf(context);
      const admit = ({ locationId }: Waiting) => mustWorkAt(access, locationId);
      return shown(await answers.leave(actorIn(context), params.waitingId, admit));
    }),
  ];
};
