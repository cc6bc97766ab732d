import { SESClient } from '@aws-sdk/client-ses';
import { deliverHandler } from '../../shared/background/consumer.ts';
import type { Consumers } from '../../shared/background/kinds.ts';
import type { Schedules } from '../../shared/background/schedules.ts';
import { appointmentsFor } from '../../shared/booking/routes.ts';
import { touchpointDeliveryFor } from '../../shared/journey/wiring.ts';
import { createComposer } from '../../shared/messages/outgoing.ts';
import { type Channels, mailsBy } from '../../shared/messages/send/channels.ts';
import { createTemplateResolver } from '../../shared/messages/templates/resolve.ts';
import { dispatchFor, textReplyFor } from '../../shared/messages/wiring.ts';
import { createTelemetry } from '../../shared/platform/telemetry.ts';
import { lowScoreNoticeFor } from '../../shared/reviews/wiring.ts';
import { once, variable, whenCalled } from '../environment.ts';
import { foundationWithLinks } from '../links.ts';

const telemetry = createTelemetry('messages');

/** Few deliveries schedule anything: those that fall into quiet hours, and a change of settings that re-plans. */
const scheduler = once(async () => (await import('../clients.ts')).schedules());
const schedules: Schedules = {
  put: whenCalled(async () => (await scheduler()).put),
  remove: whenCalled(async () => (await scheduler()).remove),
};

const consumers = once((): Consumers => {
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
    publicUrl: variable('PUBLIC_URL'),
  };
  const others = once(async () => (await import('./background.ts')).work(deps));
  const other = <K extends keyof Awaited<ReturnType<typeof others>>>(kind: K) =>
    whenCalled(async () => (await others())[kind]);
  return {
    touchpoint: touchpointDeliveryFor(deps),
    'low-score': lowScoreNoticeFor(deps),
    'text-reply': textReplyFor(deps),
    unconfirmed: other('unconfirmed'),
    freed: other('freed'),
    'waiting-offer': other('waiting-offer'),
    'offer-ended': other('offer-ended'),
    replan: other('replan'),
    'replan-offers': other('replan-offers'),
    rezone: other('rezone'),
    'cancel-touched': other('cancel-touched'),
  };
});

export const handler = deliverHandler(telemetry, consumers);
