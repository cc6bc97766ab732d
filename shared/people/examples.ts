import type { Examples } from '../platform/http/examples.ts';
import type { meRoutes, peopleRoutes } from './contract.ts';

const params = { sub: 'b6d2f2a4-5021-70c1-6c1e-2f1f3c3c9d11' };

/** A good request of each route, for the API's document and the samples in events/. */
export const peopleExamples: Examples<readonly [...typeof meRoutes, ...typeof peopleRoutes]> = {
  getMe: {},
  listPeople: {},
  invitePerson: { body: { email: 'ana@linden-rose.example', role: 'staff', staffId: 'amina' } },
  changePerson: { params, body: { role: 'reception', locations: ['brooklyn'] } },
  removePerson: { params },
  invitePersonAgain: { params },
  signOutPerson: { params },
};
