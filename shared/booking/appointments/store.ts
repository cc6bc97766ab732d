import { Entity, type FormattedItem } from 'dynamodb-toolbox/entity';
import { EntityFormatter } from 'dynamodb-toolbox/entity/actions/format';
import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { item } from 'dynamodb-toolbox/schema/item';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { contact } from '../../clients/stored.ts';
import { appointmentEntityName } from '../../entities.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { WritePart } from '../../platform/table/transact.ts';
import { type Instant, isoUtc, type LocalDate, localDate, localTime } from '../../platform/time/time.ts';
import { statuses } from '../contract.ts';
import { bookedTimes } from '../day-pages/booked-times.ts';
import { goneFrom } from './tombstones.ts';

export const appointmentEntity = (table: RegularsTable) =>
  new Entity({
    name: appointmentEntityName,
    table,
    schema: item({
      id: string().key(),
      clientId: string(),
      status: string().enum(...statuses),
      /** Rises with every write; what was read must still be true. */
      version: number(),
      /** Rises with every move and with cancelling: SEQUENCE of the calendar file. */
      sequence: number(),
      locationId: string(),
      zone: string(),
      /** `YYYY-MM-DDTHH:MM` by the location's clock. */
      localStart: string(),
      startsAt: number(),
      endsAt: number(),
      contact: contact(),
      services: list(
        map({
          id: string(),
          staffId: string(),
          /** `anyone`, or the person whom the client asked for. */
          asked: string(),
          startsAt: number(),
          durationMinutes: number(),
          /** Of the whole line: of a group lesson, all seats together. */
          price: map({ amount: number(), currency: string() }),
          /** Ids of the rooms and equipment it takes. */
          resources: list(string()).optional(),
        }),
      ),
      /** What it takes of diaries, buffers included, so that moving and cancelling give back just that. */
      occupies: bookedTimes(),
      /** Of a group lesson; absent: it is none. */
      seats: number().optional(),
      /** One of a row of repeating appointments, the first has index 0. */
      series: map({ id: string(), index: number(), count: number() }).optional(),
      /**
       * The change that moved or cancelled it with others of its row; tells what it is no more once `sequence` has risen
       * beyond the one here. `first`: of them all in order of time, with the sequence that the change gave it. `count`:
       * how many it was to change, where a transaction holds them not all.
       */
      together: map({
        sequence: number(),
        first: map({ id: string(), sequence: number() }),
        count: number(),
      }).optional(),
      /** Waits for staff to approve it; nothing is sent to the client until then. */
      awaiting: string().enum('business').optional(),
      /** Cancelled by itself unless the client confirms until then. */
      confirmBy: number().optional(),
      /** Of the client when it was booked: how often they did not come. */
      noShows: number().optional(),
      /** What it was before staff marked it last, so that a wrong mark can be undone. */
      before: map({
        status: string().enum(...statuses),
        at: number(),
        occupies: bookedTimes().optional(),
      }).optional(),
      /** `client`, `system`, or the id of the member of staff who booked it. */
      bookedBy: string().optional(),
      cancelledBy: string().optional(),
      notes: string().optional(),
      source: string().optional(),
      bookedAt: number(),
      updatedAt: number(),
      movedAt: number().optional(),
      cancelledAt: number().optional(),
      completedAt: number().optional(),
      locationPk: string(),
      locationSk: string(),
      clientPk: string(),
      clientSk: string(),
    }),
    computeKey: ({ id }) => ({ pk: `APPOINTMENT#${id}`, sk: 'APPOINTMENT' }),
    timestamps: false,
  });

/** Partition of the index byLocation in which all that a diary shows of a location's day lies together. */
export const locationDay = (locationId: string, date: LocalDate): string => `APPOINTMENTS#${locationId}#${date}`;
const clientAppointments = (clientId: string): string => `APPOINTMENTS#${clientId}`;

type Stored = FormattedItem<ReturnType<typeof appointmentEntity>>;
type Derived = 'localStart' | 'locationPk' | 'locationSk' | 'clientPk' | 'clientSk' | 'version';
/** Times in milliseconds since 1970. */
export type Appointment = Omit<Stored, Derived> & { version: number };

const withDerived = (appointment: Appointment) => {
  const { id, clientId, locationId, startsAt, zone } = appointment;
  const date = localDate(startsAt, zone);
  const inOrder = `${isoUtc(startsAt)}#${id}`;
  return {
    ...appointment,
    localStart: `${date}T${localTime(startsAt, zone)}`,
    locationPk: locationDay(locationId, date),
    locationSk: inOrder,
    clientPk: clientAppointments(clientId),
    clientSk: inOrder,
  };
};

export const createAppointmentStore = (table: RegularsTable) => {
  const entity = appointmentEntity(table);
  return {
    async get(id: string): Promise<Appointment | undefined> {
      return (await entity.build(GetItemCommand).key({ id }).options({ consistent: true }).send()).Item;
    },
    async ofDay(locationId: string, date: LocalDate): Promise<Appointment[]> {
      const { Items = [] } = await table
        .build(QueryCommand)
        .entities(entity)
        .query({ index: 'byLocation', partition: locationDay(locationId, date) })
        .options({ maxPages: Number.POSITIVE_INFINITY })
        .send();
      return Items;
    },
    /** Those that start after `since`, in order of time. */
    async ofClient(clientId: string, since: Instant): Promise<Appointment[]> {
      const { Items = [] } = await table
        .build(QueryCommand)
        .entities(entity)
        .query({ index: 'byClient', partition: clientAppointments(clientId), range: { gt: isoUtc(since) } })
        .options({ maxPages: Number.POSITIVE_INFINITY })
        .send();
      return Items;
    },
    create: (appointment: Appointment): WritePart =>
      entity
        .build(PutTransaction)
        .item(withDerived(appointment))
        .options({ condition: { attr: 'id', exists: false } }),
    /** The appointment as it shall be, if nobody changed it since `version` was read. */
    replace: (appointment: Appointment): WritePart =>
      entity
        .build(PutTransaction)
        .item(withDerived({ ...appointment, version: appointment.version + 1 }))
        .options({ condition: { attr: 'version', eq: appointment.version } }),
    /** The part that tells the day it leaves, where it moves to another day or location; none where it stays. */
    leave: (from: Appointment, to: Appointment, at: Instant): WritePart[] => {
      const [left, next] = [withDerived(from), withDerived(to)];
      if (left.locationPk === next.locationPk) return [];
      const { id, locationPk, localStart } = left;
      const sk = `GONE#${from.locationId}#${localStart.slice(0, 10)}`;
      return [goneFrom(table, { pk: `APPOINTMENT#${id}`, sk, id, locationPk, at })];
    },
    /** An item of the stream, unmarshalled. */
    parse: (image: Record<string, unknown>): Appointment => entity.build(EntityFormatter).format(image),
  };
};
export type AppointmentStore = ReturnType<typeof createAppointmentStore>;
