import { type Binding, bind } from '../platform/http/server.ts';
import { getSubscription, listMessages, unsubscribe, unsubscribeOneClick } from './contract.ts';
import { createMessageList } from './list.ts';
import type { MessageStore } from './message.ts';
import { createSubscription, type SubscriptionDeps } from './subscription.ts';

export const messageBindings = (deps: Omit<SubscriptionDeps, 'store'> & { store: MessageStore }): Binding[] => {
  const list = createMessageList(deps);
  const subscription = createSubscription(deps);
  return [
    bind(listMessages, ({ params, query }) => list(params.clientId, query)),
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
