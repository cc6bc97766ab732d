import type { Audit } from '../audit/audit.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clients } from '../clients/clients.ts';
import { createBlocks } from '../diary/blocks/blocks.ts';
import { createDesk } from '../diary/desk.ts';
import { createFormGuard } from '../platform/form-guard.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import { createOnce } from '../platform/idempotent.ts';
import type { Random } from '../platform/ids.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import { createRezone } from '../settings/zone-change/rezone.ts';
import { createAppointments } from './appointments/appointments.ts';
import { createReschedule } from './appointments/reschedule.ts';
import { manageToken } from './appointments/view.ts';
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
  holdTime,
  moveByLink,
} from './contract.ts';
import { createDiaryPages } from './day-pages/pages.ts';
import { createLinks } from './links.ts';
import { createAvailability } from './placement/availability.ts';
import { createHolds } from './placement/holds.ts';
import { createPlacer } from './placement/placement.ts';

export const diaryPages = ({ table, catalogue, now }: Pick<AppointmentDeps, 'table' | 'catalogue' | 'now'>) =>
  createDiaryPages(
    table,
    async (group) => {
      const { staff, resources } = await catalogue.recent();
      const people = staff.filter((person) => person.locations[0] === group).length;
      return people + resources.filter(({ location }) => location === group).length;
    },
    now,
  );

export interface AppointmentDeps {
  table: RegularsTable;
  catalogue: CatalogueReader;
  clients: Clients;
  audit: Audit;
  now: Clock;
  random: Random;
}

/** What staff book, change and block with. */
export const deskFor = (deps: AppointmentDeps) => {
  const { catalogue, now } = deps;
  const pages = diaryPages(deps);
  const availability = createAvailability(catalogue, pages, now);
  const appointments = createAppointments({ ...deps, pages });
  const place = createPlacer(pages, availability);
  const [reschedule, once] = [createReschedule(pages, now), createOnce(deps)];
  return {
    appointments,
    pages,
    availability,
    desk: createDesk({ ...deps, appointments, pages, place, reschedule, once }),
    blocks: createBlocks({ ...deps, appointments, pages, once }),
  };
};

/** Appointments for the capabilities that build on them. */
export const appointmentsFor = (deps: AppointmentDeps) => createAppointments({ ...deps, pages: diaryPages(deps) });

export const rezoneFor = (deps: AppointmentDeps) =>
  createRezone({ ...deps, appointments: appointmentsFor(deps), pages: diaryPages(deps) });

export const availabilityBindings = (deps: Pick<AppointmentDeps, 'table' | 'catalogue' | 'now'>): Binding[] => {
  const availability = createAvailability(deps.catalogue, diaryPages(deps), deps.now);
  return [bind(getAvailability, ({ query }) => availability.search(query))];
};

export const bookingBindings = (deps: AppointmentDeps & { tokens: Tokens }): Binding[] => {
  const { table, catalogue, now, random, tokens } = deps;
  const pages = diaryPages(deps);
  const availability = createAvailability(catalogue, pages, now);
  const place = createPlacer(pages, availability);
  const appointments = createAppointments({ ...deps, pages });
  const guard = createFormGuard(table, tokens, now, random);
  const once = createOnce(deps);
  const book = createBook({ ...deps, appointments, pages, place, guard, once });
  const reschedule = createReschedule(pages, now);
  const links = createLinks({ catalogue, appointments, availability, place, reschedule, tokens, now });
  const hold = createHolds({ ...deps, pages, place, guard });
  return [
    bind(getFormToken, async () => guard.issue((await catalogue.recent()).settings.publicForms)),
    bind(holdTime, ({ body, context }) => hold(body, context.sourceIp)),
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
