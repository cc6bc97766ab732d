import type { OutboxMessage } from '../../background/kinds.ts';
import type { Appointments } from '../../booking/appointments/appointments.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import type { Delivery, Dispatch } from '../../messages/send/dispatch.ts';
import { lowest, lowScore } from '../rules.ts';
import type { ReviewStore } from '../store.ts';
import type { LowScoreMessageOf } from './message.ts';

type Due = Extract<OutboxMessage, { kind: 'low-score' }>;

/** Tells the manager of a low score, once a day, unless the client has raised it meanwhile. */
export const createLowScoreNotice =
  (deps: {
    catalogue: Pick<CatalogueReader, 'recent'>;
    appointments: Pick<Appointments, 'get'>;
    reviews: Pick<ReviewStore, 'find'>;
    messageOf: LowScoreMessageOf;
    dispatch: Dispatch;
  }) =>
  async ({ appointmentId, revision, day }: Due): Promise<Delivery> => {
    const { catalogue, appointments, reviews, messageOf, dispatch } = deps;
    const [appointment, review] = await Promise.all([appointments.get(appointmentId), reviews.find(appointmentId)]);
    if (!appointment || !review) return 'gone';
    const recent = await catalogue.recent();
    // The claim under the day's own number lets one message of a day through; no revision is as high.
    const once = day === undefined ? revision : Number(day.replaceAll('-', ''));
    if (lowest(review) <= lowScore) return dispatch.send(messageOf(recent, review, appointment, once));
    await dispatch.skip(messageOf(recent, review, appointment, revision), 'superseded');
    return 'skipped';
  };
