import type { OutboxMessage } from '../../background/kinds.ts';
import type { Appointments } from '../../booking/appointments/appointments.ts';
import type { CatalogueReader } from '../../business/reader.ts';
import type { Delivery, Dispatch } from '../../messages/send/dispatch.ts';
import { lowest, lowScore } from '../rules.ts';
import type { ReviewStore } from '../store.ts';
import type { LowScoreMessageOf } from './message.ts';

type Due = Extract<OutboxMessage, { kind: 'low-score' }>;

/** Tells the manager of a low score, unless the client has raised it meanwhile. */
export const createLowScoreNotice =
  (deps: {
    catalogue: Pick<CatalogueReader, 'recent'>;
    appointments: Pick<Appointments, 'get'>;
    reviews: Pick<ReviewStore, 'find'>;
    messageOf: LowScoreMessageOf;
    dispatch: Dispatch;
  }) =>
  async ({ appointmentId, revision }: Due): Promise<Delivery> => {
    const { catalogue, appointments, reviews, messageOf, dispatch } = deps;
    const [appointment, review] = await Promise.all([appointments.get(appointmentId), reviews.find(appointmentId)]);
    if (!appointment || !review) return 'gone';
    const message = messageOf(await catalogue.recent(), review, appointment, revision);
    if (lowest(review) <= lowScore) return dispatch.send(message);
    await dispatch.skip(message, 'superseded');
    return 'skipped';
  };
