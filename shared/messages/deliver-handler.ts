import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { handleEach } from '../platform/batch.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import { SendingPostponed } from './channels.ts';
import type { Deliver } from './deliver.ts';
import { SendingInProgress } from './door.ts';
import { outboxMessage } from './outbox.ts';

const isPassing = (error: unknown): boolean => error instanceof SendingInProgress || error instanceof SendingPostponed;

/** The consumer of the outbox queue. */
export const deliverHandler = (telemetry: Telemetry, deliver: () => Deliver) => {
  const handle = async (record: SQSRecord): Promise<void> => {
    const message = outboxMessage.parse(JSON.parse(record.body));
    const delivery = await deliver()(message);
    telemetry.info('delivery', { delivery, kind: message.kind, appointmentId: message.appointmentId });
    telemetry.count(`Message-${delivery}`);
  };
  return (event: SQSEvent): Promise<SQSBatchResponse> =>
    handleEach(event.Records, (record) => record.messageId, handle, telemetry, isPassing);
};
