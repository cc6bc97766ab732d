import type { CatalogueReader } from '../business/reader.ts';
import type { Clients } from '../clients/clients.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/ids.ts';
import { type Binding, bind } from '../platform/server.ts';
import type { RegularsTable } from '../platform/table.ts';
import type { Tokens } from '../platform/tokens.ts';
import { createAppointments } from './appointments.ts';
import { createAvailability } from './availability.ts';
import { createBook } from './book.ts';
import {
  cancelByLink,
  confirmByLink,
  createAppointment,
  getAvailability,
  getAvailabilityByLink,
  getByLink,
  getCalendarByLink,
  getFormToken,
  moveByLink,
} from './contract.ts';
import { createFormGuard } from './form-guard.ts';
import { createIdempotency } from './idempotency.ts';
import { createLinks } from './links.ts';
import { createDiaryPages } from './pages.ts';
import { createPlacer } from './place.ts';
import { manageToken } from './view.ts';

const diaryPages = (table: RegularsTable, catalogue: CatalogueReader) =>
  createDiaryPages(table, async (group) => {
    const { staff } = await catalogue.recent();
    return staff.filter((person) => person.locations[0] === group).length;
  });

export interface AppointmentDeps {
  table: RegularsTable;
  catalogue: CatalogueReader;
  clients: Clients;
  now: Clock;
  random: Random;
}

/** Appointments for the capabilities that build on them. */
export const appointmentsFor = (deps: AppointmentDeps) =>
  createAppointments({ ...deps, pages: diaryPages(deps.table, deps.catalogue) });

export const availabilityBindings = ({
  table,
  catalogue,
  now,
}: {
  table: RegularsTable;
  catalogue: CatalogueReader;
  now: Clock;
}): Binding[] => {
  const availability = createAvailability(catalogue, diaryPages(table, catalogue), now);
  return [bind(getAvailability, ({ query }) => availability.search(query))];
};

export const bookingBindings = (deps: AppointmentDeps & { tokens: Tokens }): Binding[] => {
  const { table, catalogue, now, random, tokens } = deps;
  const pages = diaryPages(table, catalogue);
  const availability = createAvailability(catalogue, pages, now);
  const place = createPlacer(pages, availability);
  const appointments = createAppointments({ ...deps, pages });
  const guard = createFormGuard(table, tokens, now, random);
  const book = createBook({ ...deps, appointments, pages, place, guard, idempotency: createIdempotency(table) });
  const links = createLinks({ catalogue, appointments, availability, pages, place, tokens, now });
  return [
    bind(getFormToken, async () => guard.issue((await catalogue.recent()).settings.publicForms)),
    bind(createAppointment, async ({ body, idempotencyKey, context }) => {
      const booked = await book(body, idempotencyKey, context.sourceIp);
      const token = await manageToken(tokens, { id: booked.id, endsAt: Date.parse(booked.endsAt) });
      return { ...booked, token };
    }),
    bind(getByLink, ({ params, query }) => links.view(params.token, query.language)),
    bind(getAvailabilityByLink, ({ params, query }) => links.times(params.token, query.from, query.to)),
    bind(confirmByLink, ({ params }) => links.confirm(params.token)),
    bind(moveByLink, ({ params, body }) => links.move(params.token, body.startsAt)),
    bind(cancelByLink, ({ params }) => links.cancel(params.token)),
    bind(getCalendarByLink, ({ params, context }) => links.calendar(params.token, context.origin)),
  ];
};
