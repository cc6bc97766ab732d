import { type Caller, signedIn } from '../../../shared/platform/http/contract.ts';

/** Who may do what, word for word; `test/proof/api/roles.test.ts` holds the contracts to it. */
export const expected: Record<string, Caller> = {
  getMe: signedIn,
  listPeople: ['owner'],
  invitePerson: ['owner'],
  changePerson: ['owner'],
  removePerson: ['owner'],
  invitePersonAgain: ['owner'],
  signOutPerson: ['owner'],
};
