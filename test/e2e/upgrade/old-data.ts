import { localDate, localTime } from '../../../shared/platform/time/time.ts';

/** What the code of commit 6994ab7 wrote when a client booked, recorded once; names, places and times are this test's. */
export interface OldVisit {
  startsAt: number;
  bookedAt: number;
  staffId: string;
  serviceId: string;
  locationId: string;
  zone: string;
}

export const oldKey = 'updIxv7vJsr2Zho4PEkyZQ5vx1qkU4QeEgyAnvWmdjo=';
export const appointmentId = 'za4h0td0j2gxfa7z';
const clientId = '954k8rshf9q8ktt4';
export const oldClient = {
  firstName: 'Olga',
  phone: '+8801711000071',
  email: 'olga@clients.example',
  language: 'en',
} as const;

const utc = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');

export const oldItems = (visit: OldVisit): Record<string, unknown>[] => {
  const { startsAt, bookedAt, staffId, serviceId, locationId, zone } = visit;
  const endsAt = startsAt + 5 * 60_000;
  const date = localDate(startsAt, zone);
  const indexKey = `${utc(startsAt)}#${appointmentId}`;
  return [
    { pk: 'KEYS', sk: 'LINKS', entity: 'Keys', keys: [oldKey] },
    {
      ...{ pk: `APPOINTMENT#${appointmentId}`, sk: 'APPOINTMENT', entity: 'Appointment', id: appointmentId },
      ...{ locationPk: `APPOINTMENTS#${locationId}#${date}`, locationSk: indexKey },
      ...{ clientPk: `APPOINTMENTS#${clientId}`, clientSk: indexKey },
      ...{ clientId, locationId, zone, startsAt, endsAt, bookedAt, updatedAt: bookedAt, bookedBy: 'client' },
      ...{ localStart: `${date}T${localTime(startsAt, zone)}`, status: 'pending', sequence: 0, version: 1 },
      services: [
        {
          ...{ id: serviceId, staffId, asked: staffId, startsAt, durationMinutes: 5 },
          price: { amount: 50_000, currency: 'BDT' },
        },
      ],
      occupies: [{ ownerId: staffId, group: locationId, zone, from: startsAt, until: endsAt }],
      contact: oldClient,
    },
    { pk: `CLIENT#${clientId}`, sk: 'CLIENT', entity: 'Client', id: clientId, createdAt: bookedAt, ...oldClient },
    {
      ...{ pk: `CLIENT#${clientId}`, sk: `EVENT#${new Date(bookedAt).toISOString()}#p5xy2hz609a28gw9` },
      ...{ entity: 'TimelineEntry', id: 'p5xy2hz609a28gw9', clientId, appointmentId, at: bookedAt, by: 'client' },
      ...{ type: 'appointment.booked', details: { startsAt } },
    },
    ...[oldClient.phone, oldClient.email].map((address) => ({
      ...{ pk: `LOOKUP#${address}`, sk: 'CLIENT', entity: 'ClientLookup', address, clientId },
    })),
  ];
};

/** What lies in the outbox, and what a schedule puts there. */
export const oldMessage = (touchpointId: 'confirmation' | 'reminder'): string =>
  JSON.stringify({ kind: 'touchpoint', appointmentId, touchpointId, sequence: 0 });

export const oldSchedule = (
  dueAt: number,
  stack: Record<'ScheduleGroup' | 'ScheduleRoleArn', string>,
  queues: Record<'outbox' | 'undelivered', string>,
) => ({
  Name: `${appointmentId}.reminder`,
  GroupName: stack.ScheduleGroup,
  ScheduleExpression: `at(${new Date(dueAt).toISOString().slice(0, 19)})`,
  ScheduleExpressionTimezone: 'UTC',
  FlexibleTimeWindow: { Mode: 'OFF' as const },
  ActionAfterCompletion: 'DELETE' as const,
  Target: {
    Arn: queues.outbox,
    RoleArn: stack.ScheduleRoleArn,
    DeadLetterConfig: { Arn: queues.undelivered },
    RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
    Input: oldMessage('reminder'),
  },
});
