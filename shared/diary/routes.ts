import { actorIn } from '../audit/audit.ts';
import type { Appointment } from '../booking/appointments/appointments.ts';
import type { AppointmentDeps } from '../booking/wiring.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import { isoWithOffset, minute } from '../platform/time/time.ts';
import {
  approveAppointment,
  bookAtDesk,
  changeAppointment,
  createBlock,
  getAppointment,
  getAppointmentHistory,
  getDiary,
  listLessons,
  markAppointment,
  removeBlock,
  undoMark,
} from './contract.ts';
import { lessonsOf } from './lessons.ts';
import { createApprove, createMark } from './mark.ts';
import { mustMayOverride } from './override.ts';
import { createSheet } from './sheet.ts';
import { createUndo } from './undo.ts';
import { appointmentFor, blockFor } from './view.ts';
import { daySheetsFor, frontDeskFor } from './wiring.ts';

/** The staff's day: what they see, book, change and mark. */
export const diaryBindings = (deps: AppointmentDeps): Binding[] => {
  const { catalogue, clients, now } = deps;
  const { appointments, pages, availability, desk, blocks } = frontDeskFor(deps);
  const sheet = createSheet({ catalogue, sheetOf: daySheetsFor(deps), now });
  const undo = createUndo({ catalogue, appointments, clients, pages, availability, now });

  const mark = createMark({ appointments, clients, now });
  const approve = createApprove({ appointments, now });

  const answer = async (appointment: Appointment) => appointmentFor(await catalogue.recent(), appointment, now());

  return [
    bind(getDiary, ({ query }) => sheet(query)),
    bind(bookAtDesk, ({ body, idempotencyKey, context }) => {
      mustMayOverride(body.override, context);
      return desk.book(actorIn(context), body, idempotencyKey, (catalogueIndex, appointment) =>
        appointmentFor(catalogueIndex, appointment, now()),
      );
    }),
    bind(listLessons, async ({ query: { locationId, date } }) => {
      const catalogueIndex = await catalogue.recent();
      const location = catalogueIndex.needLocation(locationId, 'locationId');
      const day = await appointments.ofDay(locationId, date);
      return { zone: location.zone, lessons: lessonsOf(catalogueIndex, location, date, day) };
    }),
    bind(createBlock, async ({ body, idempotencyKey, context }) => {
      const block = await blocks.take(actorIn(context), body, idempotencyKey);
      return blockFor(block, block.zone);
    }),
    bind(removeBlock, async ({ params, context }) => {
      const block = await blocks.release(actorIn(context), params.blockId);
      return blockFor(block, block.zone);
    }),
    bind(getAppointment, async ({ params }) => answer(await appointments.need(params.appointmentId))),
    bind(getAppointmentHistory, async ({ params }) => {
      const { id, clientId, bookedAt, zone } = await appointments.need(params.appointmentId);
      // Written by another clock than the appointment's own entry, which may be a little behind.
      const entries = await clients.entriesOf(clientId, id, bookedAt - minute);
      return {
        entries: entries.map(({ at, type, by, details }) => ({
          at: isoWithOffset(at, zone),
          type,
          by,
          startsAt: details?.startsAt === undefined ? undefined : isoWithOffset(details.startsAt, zone),
        })),
      };
    }),
    bind(changeAppointment, async ({ params, body, ifMatch, context }) => {
      mustMayOverride(body.override, context);
      return answer(await desk.change(actorIn(context), params.appointmentId, ifMatch, body));
    }),
    bind(markAppointment, async ({ params, body, context }) =>
      answer(await mark(params.appointmentId, actorIn(context), body.status)),
    ),
    bind(undoMark, async ({ params, context }) => answer(await undo(params.appointmentId, actorIn(context)))),
    bind(approveAppointment, async ({ params, context }) =>
      answer(await approve(params.appointmentId, actorIn(context))),
    ),
  ];
};
