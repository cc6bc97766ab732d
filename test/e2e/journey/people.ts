import assert from 'node:assert/strict';
import { createApi, must } from '../api.ts';
import { comeAndGo, signInInvited } from '../staff.ts';
import { until } from '../steps.ts';
import type { Stage } from './stage.ts';

/** Somebody comes and leaves, by the owner's hand. */
export const people = async ({ steps, origin, tokens, inbox }: Stage): Promise<void> => {
  const email = 'leaver@salon.example';
  const owner = createApi(origin, tokens.owner);
  const { sub, token } = await steps.step('the owner invites somebody, who signs in and is known', async () => {
    const invited = await must(owner.invitePerson({ body: { email, role: 'reception' } }));
    const signedIn = await signInInvited(origin, inbox, email);
    const me = await must(createApi(origin, signedIn).getMe({}));
    assert.deepEqual([me.sub, me.email, me.roles], [invited.sub, email, ['reception']]);
    return { sub: invited.sub, token: signedIn };
  });
  await steps.step('she signs in again, stays signed in, and out', () => comeAndGo(origin, email));
  await steps.step('a removed member of staff is out, though the token would be good for longer', async () => {
    await must(owner.removePerson({ params: { sub } }));
    await until('the token to count no more', 90, async () =>
      (await createApi(origin, token).getMe({})).status === 401 ? true : undefined,
    );
    const listed = (await must(owner.listPeople({}))).people.find((person) => person.sub === sub);
    assert.equal(listed?.disabled, true);
  });
  await steps.step('the last owner can’t be removed', async () => {
    const me = await must(owner.getMe({}));
    const outcome = await owner.removePerson({ params: { sub: me.sub } });
    assert.deepEqual([outcome.ok, !outcome.ok && outcome.problem.code], [false, 'last_owner']);
  });
};
