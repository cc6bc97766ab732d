import { createAgree } from '../clients/consents/agree.ts';
import { createAddresses } from '../messages/send/addresses.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import { createIdempotent } from '../platform/idempotent.ts';
import { createFormGuard } from '../platform/limits/form-guard.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import { createAppointments } from './appointments/appointments.ts';
import { createReschedule } from './appointments/reschedule.ts';
import { manageToken } from './appointments/view.ts';
import { createBook } from './book.ts';
import {
  agreeByLink,
  cancelByLink,
  confirmByLink,
  createAppointment,
  getAvailability,
  getAvailabilityByLink,
  getAvailabilityForForm,
  getByLink,
  getCalendarByLink,
  getFormToken,
  holdTime,
  moveByLink,
  proveByLink,
} from './contract.ts';
import { createLinks } from './links.ts';
import { createOnlineStore } from './online/online-store.ts';
import { createAvailability } from './placement/availability.ts';
import { createHolds, holdIdOf } from './placement/holds.ts';
import { createAllocator } from './placement/placement.ts';
import { createPress } from './press.ts';
import type { AppointmentDeps } from './wiring.ts';
import { diaryPages } from './wiring.ts';

export const availabilityBindings = (deps: Pick<AppointmentDeps, 'table' | 'catalogue' | 'now'>): Binding[] => {
  const availability = createAvailability(deps.catalogue, diaryPages(deps), deps.now);
  return [bind(getAvailability, ({ query }) => availability.search(query))];
};

/** `publicUrl`: what links in files begin with. */
export const bookingBindings = (deps: AppointmentDeps & { tokens: Tokens; publicUrl: string }): Binding[] => {
  const { table, catalogue, now, random, tokens } = deps;
  const pages = diaryPages(deps);
  const availability = createAvailability(catalogue, pages, now);
  const place = createAllocator(pages, availability);
  const appointments = createAppointments({ ...deps, pages });
  const guard = createFormGuard(table, tokens, now, random);
  const idempotent = createIdempotent(deps);
  const book = createBook({
    ...deps,
    appointments,
    pages,
    online: createOnlineStore(deps.table),
    place,
    guard,
    idempotent,
  });
  const reschedule = createReschedule(pages, now);
  const press = createPress(deps);
  const links = createLinks({
    ...deps,
    addresses: createAddresses(table),
    appointments,
    availability,
    place,
    reschedule,
    press,
    agree: createAgree(deps),
  });
  const hold = createHolds({ ...deps, appointments, pages, place, guard });
  return [
    bind(getFormToken, async () => guard.issue((await catalogue.recent()).settings.publicForms)),
    bind(getAvailabilityForForm, async ({ params, query }) => {
      await guard.verify(params.token);
      return availability.searchFor(query, [holdIdOf(params.token)]);
    }),
    bind(holdTime, ({ body, context }) => hold(body, context.sourceIp)),
    bind(createAppointment, async ({ body, idempotencyKey, context }) => {
      const booked = await book(body, idempotencyKey, context.sourceIp);
      const token = await manageToken(tokens, { id: booked.id, endsAt: Date.parse(booked.endsAt) });
      return { ...booked, token };
    }),
    bind(getByLink, ({ params, query }) => links.view(params.token, query.language)),
    bind(getAvailabilityByLink, ({ params, query }) => links.times(params.token, query.from, query.to)),
    bind(confirmByLink, ({ params }) => links.confirm(params.token)),
    bind(proveByLink, ({ params }) => links.prove(params.token)),
    bind(agreeByLink, ({ params }) => links.agree(params.token)),
    bind(moveByLink, ({ params, body }) => links.move(params.token, body.startsAt)),
    bind(cancelByLink, ({ params }) => links.cancel(params.token)),
    bind(getCalendarByLink, ({ params }) => links.calendar(params.token)),
  ];
};
