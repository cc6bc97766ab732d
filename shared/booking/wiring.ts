import type { Audit } from '../audit/audit.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clients } from '../clients/clients.ts';
import type { Random } from '../platform/ids.ts';
import type { RegularsTable } from '../platform/table/table.ts';
import type { Clock } from '../platform/time/clock.ts';
import { createAppointments } from './appointments/appointments.ts';
import { createDiaryPages } from './day-pages/pages.ts';
/** What appointments stand on. */
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

/** Appointments for the capabilities that build on them. */
export const appointmentsFor = (deps: AppointmentDeps) => createAppointments({ ...deps, pages: diaryPages(deps) });
