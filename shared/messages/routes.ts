import type { CatalogueReader } from '../business/reader.ts';
import { mustKnowClient } from '../people/access/rules.ts';
import { accessFor } from '../people/wiring.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import { getSubscription, listMessages, resumeSubscription, unsubscribe, unsubscribeOneClick } from './contract.ts';
import { createMessageList } from './list.ts';
import type { MessageStore } from './message.ts';
import { createSubscription, type SubscriptionDeps } from './subscription.ts';

/** Messages that a client was sent. */
export const messageBindings = (deps: {
  store: Pick<MessageStore, 'ofClient'>;
  catalogue: CatalogueReader;
  /** Whether a person has a visit with a client these days. */
  isOwnClient: (staffId: string, clientId: string) => Promise<boolean>;
}): Binding[] => {
  const list = createMessageList(deps);
  const accessOf = accessFor(deps);
  return [
    bind(listMessages, async ({ params: { clientId }, query, context }) => {
      await mustKnowClient(await accessOf(context), clientId, deps.isOwnClient);
      return list(clientId, query);
    }),
  ];
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
    bind(resumeSubscription, async ({ params }) => {
      await subscription.resume(params.token);
      return subscription.view(params.token);
    }),
    bind(unsubscribeOneClick, async ({ params }) => {
      await subscription.stop(params.token, 'marketing', 'one-click');
      return 'You have been unsubscribed.';
    }),
  ];
};
