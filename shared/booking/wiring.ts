import type { Audit } from '../audit/audit.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clients } from '../clients/clients.ts';
import { messagesFor } from '../messages/wiring.ts';
import type { Random } from '../platform/ids.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Clock } from '../platform/time/clock.ts';
import { createAppointments } from './appointments/appointments.ts';
import { createOwnClients } from './appointments/own-clients.ts';
import { createDiaryPages } from './day-pages/pages.ts';
import { createOnlineStore } from './online/online-store.ts';
import { createReach } from './reach.ts';

/** Dependencies of appointments. */
export interface AppointmentDeps {
  table: RegularsTable;
  catalogue: CatalogueReader;
  clients: Clients;
  audit: Audit;
  now: Clock;
  random: Random;
}

/** Day pages of all diaries; how many owners a location has decides how they are read. */
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

/** Lookup of which members of staff have a visit with which client. */
export const ownClientsFor = (deps: AppointmentDeps) =>
  createOwnClients({ appointments: appointmentsFor(deps), now: deps.now });

/** Appointments for the capabilities that build on them. */
export const appointmentsFor = (deps: AppointmentDeps) => createAppointments({ ...deps, pages: diaryPages(deps) });

/** Rows of what came in by the public form, for who looks after that. */
export const onlineStoreFor = ({ table }: Pick<AppointmentDeps, 'table'>) => createOnlineStore(table);

/** Lookup of the addresses of a client's card that are known to be the client's own. */
export const reachFor = (deps: AppointmentDeps) =>
  createReach({ appointments: appointmentsFor(deps), messages: messagesFor(deps) });
