import { type Actor, type Audit, system } from '../../audit/audit.ts';
import type { CatalogueIndex } from '../../business/catalogue-index.ts';
import type { Clients } from '../../clients/clients.ts';
import { Problem } from '../../platform/http/problems.ts';
import { newId, type Random } from '../../platform/ids.ts';
import { retry } from '../../platform/table/retry.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { type TransactionWrite, transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type Instant, minute } from '../../platform/time/time.ts';
import type { Status } from '../contract.ts';
import type { DiaryPages } from '../day-pages/pages.ts';
import { diaryWrites, pagesOf } from '../day-pages/writes.ts';
import { type Appointment, mustConfirmBy } from './entity.ts';
import { actAt } from './promised.ts';
import { type AppointmentStore, createAppointmentStore } from './store.ts';

/** Statuses in which an appointment lies ahead and takes time. */
export const open: readonly Status[] = ['pending', 'confirmed', 'arrived'];

/** Booked, and not begun. */
export const isAhead = ({ status, startsAt }: Appointment, now: Instant): boolean =>
  open.includes(status) && startsAt >= now;

/** Throws forbidden where whoever asks may not do so with the appointment as it stands. */
export type Admit = (current: Appointment) => void;

export interface Change {
  /** The appointment as it shall be; undefined when there is nothing to change. */
  to: Appointment | undefined;
  /** Its entry in the client's timeline and, for staff, in the audit: `appointment.cancelled`. */
  event: string;
  /** Further parts of the transaction, such as pages of the diary. */
  writes?: readonly TransactionWrite[];
  /** For the audit: codes, ids and numbers. */
  details?: Record<string, string> | undefined;
}

export const createAppointments = (deps: {
  table: RegularsTable;
  pages: DiaryPages;
  clients: Clients;
  audit: Audit;
  now: Clock;
  random: Random;
}) => {
  const { table, pages, clients, audit, now, random } = deps;
  const store: AppointmentStore = createAppointmentStore(table);

  const need = async (id: string): Promise<Appointment> => {
    const appointment = await store.get(id);
    if (!appointment) throw new Problem('not_found', { detail: 'There is no such appointment.' });
    return appointment;
  };

  /** The entries of timeline and audit that tell what was done to the appointment. */
  const entries = (by: Actor, event: string, { id, clientId, startsAt }: Appointment, details?: Change['details']) => [
    clients.entry({
      clientId,
      at: now(),
      id: newId(random),
      type: event,
      by: by.id,
      appointmentId: id,
      details: { startsAt },
    }),
    ...audit.writes(by, { at: now(), action: event, subject: `appointment/${id}`, ...(details ? { details } : {}) }),
  ];

  /** Parts of a transaction that book the appointment; its pages are the caller's. */
  const create = (by: Actor, appointment: Appointment, details?: Change['details']): TransactionWrite[] => [
    store.create(appointment),
    ...entries(by, 'appointment.booked', appointment, details),
  ];

  /** Parts of a transaction that change it, if nobody did since it was read; its pages are the caller's. */
  const replace = (
    by: Actor,
    event: string,
    from: Appointment,
    to: Appointment,
    details?: Change['details'],
  ): TransactionWrite[] => [store.replace(to), ...store.leave(from, to, now()), ...entries(by, event, to, details)];

  /**
   * Commits what `decide` makes of the appointment as it stands, with its entries; when somebody was faster, decides
   * again. `decide` throws the Problem that forbids the change.
   */
  const change = async (
    id: string,
    by: Actor,
    decide: (current: Appointment) => Promise<Change> | Change,
  ): Promise<Appointment> =>
    retry(random, async () => {
      const current = await need(id);
      const { to, event, writes = [], details } = await decide(current);
      if (!to) return current;
      const { committed } = await transact(table, [...replace(by, event, current, to, details), ...writes]);
      return committed ? { ...to, version: to.version + 1 } : undefined;
    });

  /** The appointment once it is cancelled. */
  const cancelled = (current: Appointment, by: Actor, untold = false, silent = false): Appointment => {
    const at = now();
    return {
      ...current,
      status: 'cancelled',
      sequence: current.sequence + 1,
      act: actAt(current.sequence + 1, { at, by: by.id, silent }),
      cancelledAt: at,
      cancelledBy: by.id,
      untold: untold || undefined,
      updatedAt: at,
      occupies: [],
      before: { status: current.status, at, occupies: current.occupies },
    };
  };

  /**
   * Takes the appointment off the diary. Cancelling twice is once. `mayCancel` throws what forbids it. `isUntold`: whether
   * the client is not to hear of it, nor of its undoing; `silent`: staff want nobody told of this act.
   */
  const cancel = (
    id: string,
    by: Actor,
    mayCancel: (current: Appointment) => Promise<void> | void,
    admit: Admit = () => {},
    isUntold: (current: Appointment) => boolean = () => false,
    silent = false,
  ): Promise<Appointment> =>
    change(id, by, async (current) => {
      admit(current);
      const event = 'appointment.cancelled';
      if (current.status === 'cancelled') return { to: undefined, event };
      await mayCancel(current);
      const writes = diaryWrites(pages, await pagesOf(pages, current.occupies), [current], []);
      const details = silent ? { notify: 'no' } : undefined;
      return { to: cancelled(current, by, isUntold(current), silent), event, writes, details };
    });

  return {
    need,
    change,
    cancel,
    cancelled,
    create,
    replace,
    get: store.get,
    ofDay: store.ofDay,
    ofClient: store.ofClient,
    parse: store.parse,
    /** Parts of a transaction without the entries, for whoever records a change of several appointments as one. */
    unrecorded: { create: store.create, replace: store.replace, leave: store.leave },

    /** Cancels what the client had to confirm and didn't; `undefined`: confirmed, moved or cancelled meanwhile. */
    async expire(id: string, sequence: number): Promise<Appointment | undefined> {
      const isDue = (appointment: Appointment): boolean => {
        const confirmBy = mustConfirmBy(appointment);
        return appointment.sequence === sequence && confirmBy !== undefined && confirmBy <= now();
      };
      const found = await store.get(id);
      if (!found || !isDue(found)) return undefined;
      try {
        return await cancel(id, system, (current) => {
          if (!isDue(current)) throw new Problem('status_conflict');
        });
      } catch (error) {
        if (error instanceof Problem && error.code === 'status_conflict') return undefined;
        throw error;
      }
    },
  };
};
export type Appointments = ReturnType<typeof createAppointments>;
export type { Appointment };

/** The moment after which the client can't move or cancel by the link, in milliseconds since 1970. */
export const cutOffOf = ({ settings }: CatalogueIndex, { startsAt }: { startsAt: number }): number =>
  startsAt - settings.booking.cutOffMinutes * minute;
