import { actorIn } from '../audit/audit.ts';
import type { CatalogueReader } from '../business/reader.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import type { Clock } from '../platform/time/clock.ts';
import { meView } from './access/me.ts';
import {
  changePerson,
  getMe,
  invitePerson,
  invitePersonAgain,
  listPeople,
  removePerson,
  signOutPerson,
} from './contract.ts';
import { type PeopleDeps, peopleFor } from './wiring.ts';

/** Route by which everybody asks about themselves; without a right to the pool. */
export const meBindings = ({ catalogue, now }: { catalogue: CatalogueReader; now: Clock }): Binding[] => [
  bind(getMe, async ({ context: { staff = { id: '', roles: [] } } }) => meView(await catalogue.recent(), staff, now())),
];

/** Routes by which owners manage who may sign in. */
export const peopleBindings = (deps: PeopleDeps): Binding[] => {
  const { list, change, invite, inviteAgain, signOut } = peopleFor(deps);
  return [
    bind(listPeople, async () => ({ people: await list() })),
    bind(invitePerson, ({ body, context }) => invite(actorIn(context), body)),
    bind(changePerson, ({ params, body, context }) => change(actorIn(context), params.sub, body)),
    bind(removePerson, ({ params, context }) => change(actorIn(context), params.sub, { disabled: true })),
    bind(invitePersonAgain, ({ params, context }) => inviteAgain(actorIn(context), params.sub)),
    bind(signOutPerson, ({ params, context }) => signOut(actorIn(context), params.sub)),
  ];
};
