import { SESClient } from '@aws-sdk/client-ses';
import { SNSClient } from '@aws-sdk/client-sns';
import { appointmentsFor } from '../../shared/booking/booking.ts';
import { createChannels } from '../../shared/messages/channels.ts';
import { createDeliver } from '../../shared/messages/deliver.ts';
import { deliverHandler } from '../../shared/messages/deliver-handler.ts';
import { createDoor } from '../../shared/messages/door.ts';
import { createLetters } from '../../shared/messages/letters.ts';
import type { Consumers } from '../../shared/messages/outbox.ts';
import { createMessageStore } from '../../shared/messages/store.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { createReviews } from '../../shared/reviews/reviews.ts';
import { foundation, once, variable } from '../environment.ts';
import { schedules } from './schedules.ts';

const consumers = once((): Consumers => {
  const base = foundation();
  const sender = { address: variable('SENDER_ADDRESS'), configurationSet: variable('CONFIGURATION_SET') };
  const channels = createChannels(new SESClient({ maxAttempts: 1 }), new SNSClient({ maxAttempts: 1 }), sender);
  const deliver = createDeliver({
    ...base,
    appointments: appointmentsFor(base),
    reviews: createReviews(base.table),
    letters: createLetters({ ...base, publicUrl: variable('PUBLIC_URL'), senderAddress: sender.address }),
    door: createDoor({ ...base, store: createMessageStore(base.table), channels }),
    schedules: schedules(),
  });
  return { ...deliver };
});

export const handler = deliverHandler(createTelemetry('messages-deliver'), consumers);
