import { type Actor, actorIn } from '../audit/audit.ts';
import type { Appointment, Appointments } from '../booking/appointments.ts';
import { servicesOf } from '../booking/view.ts';
import type { Directory } from '../business/directory.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clock } from '../platform/clock.ts';
import { type Binding, bind } from '../platform/server.ts';
import { isoWithOffset } from '../platform/time.ts';
import { type DiaryAppointment, getDiary, markAppointment } from './contract.ts';
import { type Mark, mustBeMarkable } from './rules.ts';

const toAnswer = (directory: Directory, appointment: Appointment): DiaryAppointment => {
  const { id, clientId, status, startsAt, endsAt, zone, contact, notes, source, bookedAt } = appointment;
  return {
    id,
    clientId,
    status,
    startsAt: isoWithOffset(startsAt, zone),
    endsAt: isoWithOffset(endsAt, zone),
    client: contact,
    services: servicesOf(directory, appointment, directory.settings.languages[0] ?? 'en'),
    notes,
    source,
    bookedAt: isoWithOffset(bookedAt, zone),
  };
};

export const diaryBindings = (deps: {
  catalogue: CatalogueReader;
  appointments: Appointments;
  now: Clock;
}): Binding[] => {
  const { catalogue, appointments, now } = deps;

  const mark = (id: string, by: Actor, status: Mark): Promise<Appointment> => {
    if (status === 'cancelled') return appointments.cancel(id, by, (current) => mustBeMarkable(current, status, now()));
    return appointments.change(id, by, (current) => {
      const event = `appointment.${status}`;
      if (current.status === status) return { to: undefined, event };
      mustBeMarkable(current, status, now());
      const at = now();
      return {
        to: { ...current, status, updatedAt: at, ...(status === 'completed' ? { completedAt: at } : {}) },
        event,
      };
    });
  };

  return [
    bind(getDiary, async ({ query: { locationId, date } }) => {
      const directory = await catalogue.recent();
      const { zone } = directory.needLocation(locationId, 'locationId');
      const day = await appointments.ofDay(locationId, date);
      return { locationId, date, zone, appointments: day.map((appointment) => toAnswer(directory, appointment)) };
    }),
    bind(markAppointment, async ({ params, body, context }) => {
      const marked = await mark(params.appointmentId, actorIn(context), body.status);
      return toAnswer(await catalogue.recent(), marked);
    }),
  ];
};
