import { actorIn } from '../audit/audit.ts';
import type { Appointment } from '../booking/appointments/appointments.ts';
import { type AppointmentDeps, ownClientsFor } from '../booking/wiring.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import { messagesFor } from '../messages/wiring.ts';
import {
  type Access,
  type Act,
  mustBeOwnWork,
  mustKnowClient,
  mustMay,
  mustMayOn,
  mustSee,
  mustWorkAt,
  mustWorkAtOneOf,
} from '../people/access/rules.ts';
import { accessFor, staffNamesFor } from '../people/wiring.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import { daysBetween, isoWithOffset, minute } from '../platform/time/time.ts';
import {
  approveAppointment,
  bookAtDesk,
  changeAppointment,
  createBlock,
  getAppointment,
  getAppointmentHistory,
  getDiary,
  markAppointment,
  removeBlock,
  undoMark,
} from './contract.ts';
import { lessonBindings } from './lessons/routes.ts';
import { createApprove, createMark } from './mark.ts';
import { mustMayKeepQuiet, mustMayOverride } from './override.ts';
import { createSheet } from './sheet.ts';
import { createUndo } from './undo.ts';
import { appointmentFor, blockFor } from './view.ts';
import { daySheetsFor, frontDeskFor } from './wiring.ts';

/** A week of the diary is a day's work; who reads more may be taking the clients along. */
const daysUnrecorded = 7;

/** Throws forbidden: plain staff block their own time, if they may change their diary; the others where they work. */
const mustBlock = (
  access: Access,
  catalogueIndex: CatalogueIndex,
  { staffId, resourceId }: { staffId?: string | undefined; resourceId?: string | undefined },
): void => {
  mustMay(access, 'change');
  mustBeOwnWork(access, [{ staffId: staffId ?? '' }]);
  const resource = catalogueIndex.resource(resourceId ?? '');
  const places = resource ? [resource.location] : catalogueIndex.person(staffId ?? '')?.locations;
  if (places) mustWorkAtOneOf(access, places);
};

/** The staff's day: what they see, book, change and mark. */
export const diaryBindings = (deps: AppointmentDeps): Binding[] => {
  const { catalogue, clients, audit, now } = deps;
  const { appointments, pages, availability, desk, blocks } = frontDeskFor(deps);
  const sheet = createSheet({ catalogue, sheetOf: daySheetsFor(deps), now });
  const undo = createUndo({ catalogue, appointments, clients, pages, availability, now });

  const mark = createMark({ appointments, clients, messages: messagesFor(deps), now });
  const approve = createApprove({ appointments, now });

  const accessOf = accessFor(deps);
  const namesOf = staffNamesFor(deps);
  const isOwnClient = ownClientsFor(deps);

  const answer = async (access: Access, appointment: Appointment) =>
    appointmentFor(access, await catalogue.recent(), appointment, now());
  /** The appointment, if whoever asks may see it. */
  const seen = async (access: Access, id: string): Promise<Appointment> => {
    const appointment = await appointments.need(id);
    mustSee(access, appointment);
    return appointment;
  };
  const admits = (access: Access, act: Act) => (current: Appointment) => mustMayOn(access, act, current);

  return [
    bind(getDiary, async ({ query, context }) => {
      const answered = await sheet(await accessOf(context), query);
      const { from, to, locationId } = answered;
      if (daysBetween(from, to) + 1 > daysUnrecorded) {
        const entry = { action: 'diary.read', subject: `location/${locationId}`, details: { from, to } };
        await audit.read(actorIn(context), { ...entry, at: now() });
      }
      return answered;
    }),
    bind(bookAtDesk, async ({ body, idempotencyKey, context }) => {
      mustMayOverride(body.override, context);
      mustMayKeepQuiet(body.notify, context);
      const access = await accessOf(context);
      mustMay(access, 'change');
      mustWorkAt(access, body.locationId);
      mustBeOwnWork(access, body.services);
      if (body.clientId) await mustKnowClient(access, body.clientId, isOwnClient);
      return desk.book(actorIn(context), body, idempotencyKey, (catalogueIndex, appointment, reach) => ({
        ...appointmentFor(access, catalogueIndex, appointment, now()),
        addresses: reach.map(({ channel, state }) => ({ channel, state })),
      }));
    }),
    ...lessonBindings(deps),
    bind(createBlock, async ({ body, idempotencyKey, context }) => {
      mustBlock(await accessOf(context), await catalogue.recent(), body);
      const block = await blocks.take(actorIn(context), body, idempotencyKey);
      return blockFor(block, block.zone);
    }),
    bind(removeBlock, async ({ params, context }) => {
      const [access, catalogueIndex] = [await accessOf(context), await catalogue.recent()];
      const block = await blocks.release(actorIn(context), params.blockId, (found) =>
        mustBlock(access, catalogueIndex, found),
      );
      return blockFor(block, block.zone);
    }),
    bind(getAppointment, async ({ params, context }) => {
      const access = await accessOf(context);
      return answer(access, await seen(access, params.appointmentId));
    }),
    bind(getAppointmentHistory, async ({ params, context }) => {
      const { id, clientId, bookedAt, zone } = await seen(await accessOf(context), params.appointmentId);
      // Written by another clock than the appointment's own entry, which may be a little behind.
      const entries = await clients.entriesOf(clientId, id, bookedAt - minute);
      return {
        entries: entries.map(({ at, type, by, details }) => ({
          at: isoWithOffset(at, zone),
          type,
          by,
          startsAt: details?.startsAt === undefined ? undefined : isoWithOffset(details.startsAt, zone),
        })),
        people: await namesOf(entries.map(({ by }) => by)),
      };
    }),
    bind(changeAppointment, async ({ params, body, ifMatch, context }) => {
      mustMayOverride(body.override, context);
      mustMayKeepQuiet(body.notify, context);
      const access = await accessOf(context);
      if (body.locationId) mustWorkAt(access, body.locationId);
      const changed = await desk.change(actorIn(context), params.appointmentId, ifMatch, body, (current) => {
        mustMayOn(access, 'change', current);
        const before = current.services.map(({ staffId }) => staffId);
        mustBeOwnWork(access, body.services ?? [], before);
      });
      return answer(access, changed);
    }),
    bind(markAppointment, async ({ params, body: { status, notify }, context }) => {
      mustMayKeepQuiet(notify, context);
      const access = await accessOf(context);
      const admit = admits(access, status === 'cancelled' ? 'change' : 'mark');
      return answer(access, await mark(params.appointmentId, actorIn(context), status, admit, notify));
    }),
    bind(undoMark, async ({ params, context }) => {
      const access = await accessOf(context);
      const undone = await undo(params.appointmentId, actorIn(context), (current) =>
        mustMayOn(access, current.status === 'cancelled' ? 'change' : 'mark', current),
      );
      return answer(access, undone);
    }),
    bind(approveAppointment, async ({ params, context }) => {
      const access = await accessOf(context);
      return answer(access, await approve(params.appointmentId, actorIn(context), admits(access, 'change')));
    }),
  ];
};
