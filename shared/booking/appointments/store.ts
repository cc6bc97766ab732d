import { GetItemCommand } from 'dynamodb-toolbox/entity/actions/get';
import { PutTransaction } from 'dynamodb-toolbox/entity/actions/transactPut';
import { QueryCommand } from 'dynamodb-toolbox/table/actions/query';
import { parserOf } from '../../platform/table/entity.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import type { TransactionWrite } from '../../platform/table/transact.ts';
import { type Instant, isoUtc, type LocalDate } from '../../platform/time/time.ts';
import { tombstonesFrom } from '../day-pages/tombstones.ts';
import { type Appointment, appointmentEntity, locationDay } from './entity.ts';
import { inOrderOfTime, promisedStart } from './promised.ts';

const clientAppointments = (clientId: string): string => `APPOINTMENTS#${clientId}`;

const withDerived = (appointment: Appointment) => {
  const { clientId, locationId } = appointment;
  const localStart = promisedStart(appointment);
  const inOrder = inOrderOfTime(appointment);
  return {
    ...appointment,
    localStart,
    locationPk: locationDay(locationId, localStart.slice(0, 10)),
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
    create: (appointment: Appointment): TransactionWrite =>
      entity
        .build(PutTransaction)
        .item(withDerived(appointment))
        .options({ condition: { attr: 'id', exists: false } }),
    /** The appointment as it shall be, if nobody changed it since `version` was read. */
    replace: (appointment: Appointment): TransactionWrite =>
      entity
        .build(PutTransaction)
        .item(withDerived({ ...appointment, version: appointment.version + 1 }))
        .options({ condition: { attr: 'version', eq: appointment.version } }),
    /** The part that tells the day it leaves, where it moves to another day or location; none where it stays. */
    leave: (from: Appointment, to: Appointment, at: Instant): TransactionWrite[] => {
      const [left, next] = [withDerived(from), withDerived(to)];
      if (left.locationPk === next.locationPk) return [];
      const { id, locationPk, localStart } = left;
      const sk = `GONE#${from.locationId}#${localStart.slice(0, 10)}`;
      return [tombstonesFrom(table, { pk: `APPOINTMENT#${id}`, sk, id, locationPk, at })];
    },
    /** An item of the stream, unmarshalled. */
    parse: parserOf(entity),
  };
};
export type AppointmentStore = ReturnType<typeof createAppointmentStore>;
