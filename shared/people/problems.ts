import { defineProblem } from '../platform/http/problems.ts';

export const personExists = defineProblem('person_exists', 409, 'Somebody signs in with this email address already');
export const lastOwner = defineProblem('last_owner', 409, 'Somebody must stay owner');
