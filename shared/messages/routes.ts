import { type Binding, bind } from '../platform/http/server.ts';
import { getSubscription, listMessages, unsubscribe, unsubscribeOneClick } from './contract.ts';
import { createMessageList } from './list.ts';
import type { MessageStore } from './message.ts';
import { createSubscription, type SubscriptionDeps } from './subscription.ts';

/** What a client was sent. */
export const messageBindings = (deps: { store: Pick<MessageStore, 'ofClient'> }): Binding[] => {
  const list = createMessageList(deps);
  return [bind(listMessages, ({ params, query }) => list(params.clientId, query))];
};

/** Unsubscribing, by the links of messages. */
export const subscriptionBindings = (deps: SubscriptionDeps): Binding[] => {
  const subscription = createSubscription(deps);
  return [
    bind(getSubscription, ({ params }) => subscription.view(params.token)),
    bind(unsubscribe, async ({ params, body }) => {
      await subscription.stop(params.token, body.scope, 'unsubscribe page');
      return subscription.view(params.token);
    }),
    bind(unsubscribeOneClick, async ({ params }) => {
      await subscription.stop(params.token, 'marketing', 'one-click');
      return 'You have been unsubscribed.';
    }),
  ];
};
