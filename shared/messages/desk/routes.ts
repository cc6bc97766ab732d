import { actorIn } from '../../audit/audit.ts';
import { type Binding, bind } from '../../platform/http/server.ts';
import { createInbox } from '../receive/inbox-store.ts';
import { type AddressDeskDeps, createAddressDesk } from './addresses.ts';
import { listInbox, lookUpAddress, resumeAddress, stopAddress } from './contract.ts';
import { createInboxList } from './inbox.ts';

/** Routes by which staff read what people write to the business, and act on addresses. */
export const messageDeskBindings = (deps: AddressDeskDeps): Binding[] => {
  const list = createInboxList({ inbox: createInbox(deps.table), now: deps.now });
  const addresses = createAddressDesk(deps);
  return [
    bind(listInbox, ({ query }) => list(query)),
    bind(lookUpAddress, ({ body }) => addresses.look(body)),
    bind(stopAddress, ({ body, context }) => addresses.stop(actorIn(context), body)),
    bind(resumeAddress, ({ body, context }) => addresses.resume(actorIn(context), body)),
  ];
};
