import { actorIn } from '../audit/audit.ts';
import { type AppointmentDeps, onlineStoreFor } from '../booking/wiring.ts';
import { mustBeMarkable } from '../diary/rules.ts';
import { createUndo } from '../diary/undo.ts';
import { appointmentFor } from '../diary/view.ts';
import { frontDeskFor } from '../diary/wiring.ts';
import { mustMayOn } from '../people/access/rules.ts';
import { accessFor, staffNamesFor } from '../people/wiring.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import { isoUtc } from '../platform/time/time.ts';
import { toEach } from './act.ts';
import { isSuggested, isUntold, mustBeCancelled, mustBeOnline, sourceLabel } from './choice.ts';
import { cancelOnlineBookings, listOnlineBookings, restoreOnlineBookings } from './contract.ts';
import { createList } from './list.ts';

/** Lists what came in by the public form, cancels what is chosen, brings it back. */
export const onlineBookingsBindings = (deps: AppointmentDeps): Binding[] => {
  const { catalogue, audit, now } = deps;
  const { appointments, pages, availability } = frontDeskFor(deps);
  const list = createList({ online: onlineStoreFor(deps), appointments });
  const undo = createUndo({ ...deps, appointments, pages, availability });
  const accessOf = accessFor(deps);
  const namesOf = staffNamesFor(deps);

  return [
    bind(listOnlineBookings, async ({ query, context }) => {
      const access = await accessOf(context);
      const { from, until, next, found } = await list(access, query);
      const span = { from: isoUtc(from), until: isoUtc(until) };
      const read = { action: 'online-bookings.read', subject: 'online-bookings', details: span };
      await audit.read(actorIn(context), { ...read, at: now() });
      const catalogueIndex = await catalogue.recent();
      return {
        ...span,
        bookings: found.map((appointment) => ({
          appointment: appointmentFor(access, catalogueIndex, appointment, now()),
          source: sourceLabel(appointment.household ?? ''),
          suggested: isSuggested(appointment, now()),
        })),
        people: await namesOf(found.flatMap(({ bookedBy, cancelledBy }) => [bookedBy, cancelledBy])),
        ...(next === undefined ? {} : { next: isoUtc(next) }),
      };
    }),
    bind(cancelOnlineBookings, async ({ body: { appointmentIds, tell }, context }) => {
      const access = await accessOf(context);
      return toEach(appointmentIds, (id) =>
        appointments.cancel(
          id,
          actorIn(context),
          (current) => mustBeMarkable(current, 'cancelled', now()),
          (current) => {
            mustMayOn(access, 'change', current);
            mustBeOnline(current);
          },
          (current) => isUntold(current, tell),
        ),
      );
    }),
    bind(restoreOnlineBookings, async ({ body: { appointmentIds }, context }) => {
      const access = await accessOf(context);
      return toEach(appointmentIds, async (id) => {
        const found = await appointments.need(id);
        mustMayOn(access, 'change', found);
        mustBeOnline(found);
        if (found.status !== 'cancelled') return;
        await undo(id, actorIn(context), (current) => {
          mustMayOn(access, 'change', current);
          mustBeCancelled(current);
        });
      });
    }),
  ];
};
