import { createFeedback } from '../../shared/messages/receive/feedback.ts';
import { feedbackHandler } from '../../shared/messages/receive/feedback-handler.ts';
import { createMessageStore } from '../../shared/messages/send/store.ts';
import { once } from '../../shared/platform/memo.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { foundation } from '../foundation.ts';

const feedback = once(() => createFeedback({ store: createMessageStore(foundation().table), now: foundation().now }));

export const handler = feedbackHandler(createTelemetry('feedback'), feedback);
