import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createAudit } from '../../shared/audit/audit.ts';
import { manageToken } from '../../shared/booking/appointments/view.ts';
import { availabilityRoutes, bookingRoutes } from '../../shared/booking/contract.ts';
import { availabilityBindings, bookingBindings } from '../../shared/booking/routes.ts';
import { createCatalogueReader } from '../../shared/business/reader.ts';
import { createClients } from '../../shared/clients/clients.ts';
import { frontDeskFor } from '../../shared/diary/wiring.ts';
import { createClient, type Outcome } from '../../shared/platform/http/client.ts';
import type { Result, RouteContract } from '../../shared/platform/http/contract.ts';
import { inProcess } from '../../shared/platform/http/server.ts';
import { newId, systemRandom } from '../../shared/platform/ids.ts';
import { createFormGuard } from '../../shared/platform/limits/form-guard.ts';
import { once } from '../../shared/platform/memo.ts';
import { createTable } from '../../shared/platform/table/table.ts';
import { systemClock } from '../../shared/platform/time/clock.ts';
import { addDays, day, isoUtc, localDate, minute } from '../../shared/platform/time/time.ts';
import { createTokens } from '../../shared/platform/tokens/tokens.ts';
import { reviewToken } from '../../shared/reviews/token.ts';
import type { RunningSystem } from '../local/running-system.ts';
import { createLessonWeeks, lessonPlaceholders } from './lessons.ts';
import type { Placeholders } from './placeholder-types.ts';
import { rowPlaceholders } from './rows.ts';
import { waitingPlaceholders } from './waiting.ts';

/** Placeholders that need no table. */
export const plainPlaceholders = (): Placeholders => {
  const now = systemClock();
  const today = localDate(now, 'America/New_York');
  return {
    uuid: () => randomUUID(),
    nowIso: () => new Date(now).toISOString(),
    nowMs: () => String(now),
    nowSeconds: () => String(Math.floor(now / 1000)),
    today: () => today,
    inAWeek: () => addDays(today, 7),
    month: () => today.slice(0, 7),
    tooLong: () => 'x'.repeat(65_536),
  };
};

const dataOf = <R extends RouteContract>(outcome: Outcome<R>): Result<R> => {
  if (!outcome.ok) throw new Error(`A sample could not be prepared: ${JSON.stringify(outcome.problem)}`);
  return outcome.data;
};

const location = 'brooklyn';
const service = 'cut';
const person = 'amina';

/** Loopback addresses as strangers have them, so that nobody meets a limit. */
const stranger = () => `127.${[...systemRandom(3)].join('.')}`;

/** Each another: a run takes hundreds, and the table may hold those of runs before it. */
const createNewPhone = () => {
  const span = 8_000_000;
  let next = Number.parseInt(Buffer.from(systemRandom(4)).toString('hex'), 16);
  return () => {
    next += 1;
    return `+1718${2_000_000 + (next % span)}`;
  };
};

/** Number of days from today at which three weeks begin that meet no others made here. */
const createSeriesDays = () => {
  let made = 0;
  return () => {
    const day = 32 + (made % 7) + 21 * Math.floor(made / 7);
    made += 1;
    return day;
  };
};

/**
 * Placeholders of one sample in a table that holds the demo salon. What a sample names is made for it alone: asking for
 * `{{manageToken}}` books an appointment.
 */
export const createPlaceholders = (
  place: Pick<RunningSystem, 'tableName' | 'dynamoEndpoint' | 'linkKeys' | 'invite'>,
) => {
  const now = systemClock;
  const random = systemRandom;
  const table = createTable(
    place.tableName,
    new DynamoDBClient({
      endpoint: place.dynamoEndpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
  const catalogue = createCatalogueReader(table, now);
  const tokens = createTokens({ load: async () => place.linkKeys() }, now);
  const deps = {
    table,
    now,
    random,
    catalogue,
    clients: createClients(table),
    audit: createAudit(table, random),
    tokens,
    publicUrl: 'https://salon.example',
  };
  const newPhone = createNewPhone();
  const [seriesDay, lessonWeek] = [createSeriesDays(), createLessonWeeks()];
  const { appointments, blocks } = frontDeskFor(deps);
  const bindings = [...availabilityBindings(deps), ...bookingBindings(deps)];

  const api = () =>
    createClient(
      [...availabilityRoutes, ...bookingRoutes],
      inProcess(bindings, { sourceIp: stranger() }, console.error),
    );

  /** A form that was opened a minute ago. */
  const formToken = async () => {
    const { settings } = await catalogue.recent();
    const issued = await createFormGuard(table, tokens, () => now() - minute, random).issue(settings.publicForms);
    return issued.formToken;
  };

  /** In the middle of the next weeks, far from the cut-off. */
  const freeTime = async () => {
    const from = localDate(now() + 3 * day, 'America/New_York');
    const query = { location, services: service, staff: person, from, to: addDays(from, 34) };
    const { days } = dataOf(await api().getAvailability({ query }));
    const times = days.flatMap((free) => free.times);
    const time = times[Math.floor(times.length / 2)];
    if (!time) throw new Error('The demo salon has no free time left');
    return isoUtc(Date.parse(time.startsAt));
  };

  const book = async () => {
    const phone = newPhone();
    const booked = dataOf(
      await api().createAppointment({
        idempotencyKey: randomUUID(),
        body: {
          locationId: location,
          startsAt: await freeTime(),
          services: [{ serviceId: service, staffId: person }],
          client: {
            firstName: 'Nadia',
            lastName: 'Karim',
            phone,
            email: `nadia.${phone.slice(1)}@example.com`,
            language: 'en',
          },
          consents: [
            { channel: 'email', purpose: 'marketing', words: 'Tell me by e-mail when it is time to come back.' },
          ],
          formToken: await formToken(),
        },
      }),
    );
    return appointments.need(booked.id);
  };

  const block = async () => {
    const from = await freeTime();
    const until = isoUtc(Date.parse(from) + 30 * minute);
    return blocks.take({ id: 'staff', roles: ['owner'] }, { staffId: person, from, until }, randomUUID());
  };

  const complete = async (id: string) =>
    appointments.change(id, { id: 'staff' }, (current) => ({
      to: { ...current, status: 'completed', completedAt: now(), updatedAt: now() },
      event: 'appointment.completed',
    }));

  return (): Placeholders => {
    const booked = once(book);
    const stop = async (purpose: 'stop-email' | 'stop-sms') => tokens.sign(purpose, (await booked()).id, now() + day);
    return {
      ...plainPlaceholders(),
      ...rowPlaceholders(table, random, now),
      ...waitingPlaceholders(deps, freeTime, newPhone, seriesDay),
      ...lessonPlaceholders(deps, newPhone, lessonWeek),
      freeTime,
      formToken,
      phone: newPhone,
      appointmentId: async () => (await booked()).id,
      clientId: async () => (await booked()).clientId,
      email: async () => (await booked()).contact.email ?? '',
      clientPhone: async () => (await booked()).contact.phone ?? '',
      startsAt: async () => isoUtc((await booked()).startsAt),
      startsAtMs: async () => String((await booked()).startsAt),
      endsAt: async () => isoUtc((await booked()).endsAt),
      cancelledId: async () => (await appointments.cancel((await booked()).id, { id: 'staff' }, () => {})).id,
      personSub: () => place.invite(`${randomUUID()}@salon.example`),
      blockId: async () => (await block()).id,
      endsAtMs: async () => String((await booked()).endsAt),
      manageToken: async () => manageToken(tokens, await booked()),
      mailedToken: async () => manageToken(tokens, await booked(), 'email'),
      // As long as a visit is ahead its links are good: this one's is no more.
      expiredToken: async () => tokens.sign('manage', newId(random), now() - minute),
      reviewToken: async () => reviewToken(tokens, await complete((await booked()).id), 'email'),
      stopEmailToken: () => stop('stop-email'),
      stopSmsToken: () => stop('stop-sms'),
    };
  };
};
