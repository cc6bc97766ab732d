import type { Directory } from '../business/directory.ts';
import type { Clients } from '../clients/clients.ts';
import type { Clock } from '../platform/clock.ts';
import { newId, type Random } from '../platform/ids.ts';
import { persist } from '../platform/persist.ts';
import { Problem } from '../platform/problems.ts';
import type { RegularsTable } from '../platform/table.ts';
import { minute } from '../platform/time.ts';
import { transact, type WritePart } from '../platform/transact.ts';
import type { Status } from './contract.ts';
import type { DiaryPages } from './pages.ts';
import { diaryWrites, pagesOf } from './place.ts';
import { type Appointment, type AppointmentStore, createAppointmentStore } from './store.ts';

/** `client`, or the id of the staff member who does it. */
export type Actor = string;

/** Statuses in which an appointment lies ahead and takes time. */
export const open: readonly Status[] = ['pending', 'confirmed', 'arrived'];

/** Of the 15 seconds that the smallest function that changes appointments has. */
const patienceSeconds = 10;

export interface Change {
  /** The appointment as it shall be; undefined when there is nothing to change. */
  to: Appointment | undefined;
  /** Its entry in the client's timeline: `appointment.cancelled`. */
  event: string;
  /** Further parts of the transaction, such as pages of the diary. */
  parts?: readonly WritePart[];
}

export const createAppointments = (deps: {
  table: RegularsTable;
  pages: DiaryPages;
  clients: Clients;
  now: Clock;
  random: Random;
}) => {
  const { table, pages, clients, now, random } = deps;
  const store: AppointmentStore = createAppointmentStore(table);

  const need = async (id: string): Promise<Appointment> => {
    const appointment = await store.get(id);
    if (!appointment) throw new Problem('not_found', { detail: 'There is no such appointment.' });
    return appointment;
  };

  /**
   * Commits what `decide` makes of the appointment as it stands, with its timeline entry; when somebody was faster,
   * decides again. `decide` throws the Problem that forbids the change.
   */
  const change = async (
    id: string,
    by: Actor,
    decide: (current: Appointment) => Promise<Change> | Change,
  ): Promise<Appointment> =>
    persist(patienceSeconds, random, async () => {
      const current = await need(id);
      const { to, event, parts = [] } = await decide(current);
      if (!to) return current;
      const entry = clients.entry({
        clientId: current.clientId,
        at: now(),
        id: newId(random),
        type: event,
        by,
        appointmentId: id,
        details: { startsAt: to.startsAt },
      });
      const { committed } = await transact(table, [store.replace(to), entry, ...parts]);
      return committed ? { ...to, version: to.version + 1 } : undefined;
    });

  return {
    need,
    change,
    get: store.get,
    ofDay: store.ofDay,
    ofClient: store.ofClient,
    create: store.create,
    parse: store.parse,

    /** Takes the appointment off the diary. Cancelling twice is once. `mayCancel` throws what forbids it. */
    cancel: (id: string, by: Actor, mayCancel: (current: Appointment) => void): Promise<Appointment> =>
      change(id, by, async (current) => {
        const event = 'appointment.cancelled';
        if (current.status === 'cancelled') return { to: undefined, event };
        mayCancel(current);
        const at = now();
        return {
          to: {
            ...current,
            status: 'cancelled',
            sequence: current.sequence + 1,
            cancelledAt: at,
            updatedAt: at,
            occupies: [],
          },
          event,
          parts: diaryWrites(pages, await pagesOf(pages, current.occupies), id, current.occupies, []),
        };
      }),
  };
};
export type Appointments = ReturnType<typeof createAppointments>;
export type { Appointment };

/** The moment after which the client can't move or cancel by the link, in milliseconds since 1970. */
export const cutOffOf = ({ settings }: Directory, { startsAt }: { startsAt: number }): number =>
  startsAt - settings.booking.cutOffMinutes * minute;
