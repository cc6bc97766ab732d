import { SESClient } from '@aws-sdk/client-ses';
import { queueHandler } from '../../shared/background/consumer.ts';
import type { Consumers, MessageKind, Outbox } from '../../shared/background/kinds.ts';
import type { Schedules } from '../../shared/background/schedules.ts';
import { appointmentsFor } from '../../shared/booking/wiring.ts';
import { journeyMessages } from '../../shared/journey/jobs.ts';
import { textReplies } from '../../shared/messages/jobs.ts';
import { createComposer } from '../../shared/messages/outgoing.ts';
import { type Channels, mailsBy } from '../../shared/messages/send/channels.ts';
import { createTemplateResolver } from '../../shared/messages/templates/resolve.ts';
import { dispatchFor } from '../../shared/messages/wiring.ts';
import { once, onceLoaded, whenCalled } from '../../shared/platform/memo.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { reviewMessages } from '../../shared/reviews/jobs.ts';
import { waitingMessages } from '../../shared/waiting-list/jobs.ts';
import { variable } from '../environment.ts';
import { foundationWithLinks } from '../links.ts';

const telemetry = createTelemetry('messages');

/** Few deliveries schedule anything: those that fall into quiet hours. */
const scheduler = onceLoaded(async () => (await import('../clients.ts')).schedules());
const schedules: Schedules = {
  put: whenCalled(async () => (await scheduler()).put),
  remove: whenCalled(async () => (await scheduler()).remove),
};

const consumers = once((): Consumers<MessageKind> => {
  const base = foundationWithLinks();
  const sender = { address: variable('SENDER_ADDRESS'), configurationSet: variable('CONFIGURATION_SET') };
  const channels: Channels = {
    mail: mailsBy(new SESClient({ maxAttempts: 1 }), sender),
    text: whenCalled(async () => (await import('./texts.ts')).texts()),
  };
  const compose = createComposer({
    ...base,
    senderAddress: sender.address,
    resolve: createTemplateResolver((template) => {
      telemetry.warn('own template is unfit, the standard one is sent', { template });
      telemetry.count('UnfitTemplates');
    }),
  });
  const deps = {
    ...base,
    appointments: appointmentsFor(base),
    compose,
    dispatch: dispatchFor({ ...base, channels }),
    schedules,
  };
  return { ...journeyMessages(deps), ...reviewMessages(deps), ...textReplies(deps), ...waitingMessages(deps) };
});

/** Few messages are from before the background had a queue of its own. */
const passOn: Outbox['send'] = whenCalled(async () => (await import('../queues.ts')).outbox().send);

export const handler = queueHandler(telemetry, consumers, passOn);
