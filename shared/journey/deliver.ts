import type { TouchpointMessage } from '../background/kinds.ts';
import type { Schedules } from '../background/schedules.ts';
import type { Appointment, Appointments } from '../booking/appointments/appointments.ts';
import { toldSequence } from '../booking/appointments/promised.ts';
import type { Touchpoint } from '../business/catalogue.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { SkipReason } from '../messages/contract.ts';
import type { MessageStore } from '../messages/message.ts';
import type { Delivery, Dispatch } from '../messages/send/dispatch.ts';
import type { Clock } from '../platform/time/clock.ts';
import { type Instant, wholeSecond } from '../platform/time/time.ts';
import { createJoined } from './joined.ts';
import type { TouchpointMessageOf } from './message.ts';
import { actOf, othersSince, skipReason } from './rules/applies.ts';
import { deferredName } from './rules/plan.ts';
import { sendTimeOf } from './rules/send-time.ts';
import { goesOnUntil, leftBy, maySpeakForSeries, type Planned } from './rules/series-messages.ts';
import { isActOfStaff, waitsToSettle } from './rules/settle.ts';
import { wordsFor } from './rules/told.ts';

/** Sends a touchpoint that has fallen due: reads again what it is about, and sends it if it is still right. */
export const createDeliver = (deps: {
  catalogue: CatalogueReader;
  appointments: Pick<Appointments, 'get' | 'ofClient'> & { ofSeries: (id: string) => Promise<Appointment[]> };
  messages: Pick<MessageStore, 'ofClient'>;
  messageOf: TouchpointMessageOf;
  dispatch: Dispatch;
  schedules: Schedules;
  now: Clock;
}) => {
  const { catalogue, appointments, messages, messageOf, dispatch, schedules, now } = deps;

  const judge = (touchpoint: Touchpoint, appointment: Appointment, sequence: number, at: Instant) =>
    skipReason(touchpoint, appointment, sequence, at, () =>
      appointments.ofClient(appointment.clientId, othersSince(appointment, at)),
    );

  /** Reads the whole series where one message may speak for it; else nothing. */
  const seriesSpokenFor = async (touchpoint: Touchpoint, planned: Planned, appointment: Appointment) => {
    const seriesId = appointment.series?.id;
    if (seriesId === undefined || !maySpeakForSeries(touchpoint, appointment, planned)) return [];
    return appointments.ofSeries(seriesId);
  };

  /**
   * The appointments that the message is about, in order of time; the first speaks for the others. Where the one that it was
   * planned for has changed since, the others that the act has left like that: no series goes without its message. Else why
   * it must not go.
   */
  const speakersOf = async (
    touchpoint: Touchpoint,
    planned: Planned,
    appointment: Appointment,
    series: readonly Appointment[],
    at: Instant,
  ): Promise<[Appointment, ...Appointment[]] | SkipReason> => {
    const reason = await judge(touchpoint, appointment, planned.sequence, at);
    const spokenFor = reason ? [] : [appointment];
    for (const other of leftBy(touchpoint, planned, series)) {
      const byItself = { ...other, series: undefined, together: undefined };
      const isTold = other.id === appointment.id || (await judge(touchpoint, byItself, toldSequence(other), at));
      if (!isTold) spokenFor.push(other);
    }
    const [first, ...rest] = spokenFor.sort((one, other) => one.startsAt - other.startsAt);
    return first ? [first, ...rest] : (reason ?? 'superseded');
  };

  const joined = createJoined({
    ...deps,
    spokenForBy: async (touchpoint, planned, appointment, at) => {
      const series = await seriesSpokenFor(touchpoint, planned, appointment);
      return speakersOf(touchpoint, planned, appointment, series, at);
    },
  });

  /**
   * The touchpoint with the words that are true for what staff did, or why it must not go: nobody was to be told, or the
   * client knows already. Who was never told of an appointment, or knows its time, hears that it is booked as it is now.
   */
  const saidBy = async (
    { journey }: CatalogueIndex,
    touchpoint: Touchpoint,
    { resend }: TouchpointMessage,
    spokenFor: readonly [Appointment, ...Appointment[]],
  ): Promise<Touchpoint | SkipReason> => {
    const [speaker] = spokenFor;
    if (resend !== undefined || actOf(touchpoint) === undefined || !isActOfStaff(speaker)) return touchpoint;
    if (speaker.act?.silent) return 'not_notified';
    if (speaker.act?.approves) return touchpoint;
    const rows = await messages.ofClient(speaker.clientId);
    return wordsFor(touchpoint, spokenFor, journey, rows);
  };

  const deliverOne = async (
    catalogueIndex: CatalogueIndex,
    touchpoint: Touchpoint,
    appointment: Appointment,
    message: TouchpointMessage,
  ): Promise<Delivery> => {
    const at = now();
    const waits = waitsToSettle(catalogueIndex, touchpoint, appointment, message);
    if (waits !== undefined && waits > at) {
      await schedules.put(deferredName(message), wholeSecond(waits), message);
      return 'deferred';
    }
    const series = await seriesSpokenFor(touchpoint, message, appointment);
    const goesOn = goesOnUntil(touchpoint, message, series);
    if (goesOn !== undefined && goesOn > at) {
      await schedules.put(deferredName(message), goesOn, message);
      return 'deferred';
    }
    const spokenFor = await speakersOf(touchpoint, message, appointment, series, at);
    if (typeof spokenFor === 'string') {
      await dispatch.skip(await messageOf(catalogueIndex, touchpoint, appointment, message), spokenFor);
      return 'skipped';
    }
    const [speaker] = spokenFor;
    const said = await saidBy(catalogueIndex, touchpoint, message, spokenFor);
    if (typeof said === 'string') {
      await dispatch.skip(await messageOf(catalogueIndex, touchpoint, speaker, message), said);
      return 'skipped';
    }
    const outgoing = await messageOf(catalogueIndex, said, speaker, { ...message, spokenFor });
    const allowedAt = sendTimeOf(catalogueIndex, touchpoint, speaker, at, message.resend);
    if (allowedAt === undefined || allowedAt < at) {
      await dispatch.skip(outgoing, 'too_late');
      return 'skipped';
    }
    if (allowedAt > at) {
      await schedules.put(deferredName(message), allowedAt, message);
      return 'deferred';
    }
    return dispatch.send(outgoing, joined.wait(touchpoint, speaker));
  };

  return async (message: TouchpointMessage): Promise<Delivery> => {
    const catalogueIndex = await catalogue.recent();
    const appointment = await appointments.get(message.appointmentId);
    const touchpoint = catalogueIndex.journey.find(({ id }) => id === message.touchpointId);
    if (!appointment || !touchpoint) return 'gone';
    if (message.joined) return joined.deliver(catalogueIndex, touchpoint, appointment.clientId);
    return deliverOne(catalogueIndex, touchpoint, appointment, message);
  };
};
