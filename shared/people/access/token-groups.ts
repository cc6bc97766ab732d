import type { PreTokenGenerationTriggerHandler } from 'aws-lambda';
import type { Cognito } from '../../platform/aws/cognito.ts';
import { enrolling, type Role } from '../../platform/http/contract.ts';

/** Roles that need a second factor. */
const guarded: readonly Role[] = ['owner', 'manager'];

/** Name that the pool gives to codes of an authenticator. */
const authenticator = 'SOFTWARE_TOKEN_MFA';

/** Groups of a token; an empty list would leave those of the pool as they are, so it is never empty. */
const tokenGroups = (groups: readonly string[], hasAuthenticator: boolean): readonly string[] =>
  !hasAuthenticator && guarded.some((role) => groups.includes(role)) ? [enrolling] : groups;

/**
 * Trigger of the pool before it issues tokens, at each sign-in and renewal: withholds the groups of owners and managers
 * whose authenticator is off. The pool’s own setting holds for everybody or nobody, and reception shares a computer.
 */
export const createTokenGroups =
  (cognito: Cognito): PreTokenGenerationTriggerHandler =>
  async (event) => {
    const groups = event.request.groupConfiguration.groupsToOverride ?? [];
    if (!guarded.some((role) => groups.includes(role))) return event;
    const { UserMFASettingList: factors = [] } = await cognito<{ UserMFASettingList?: string[] }>('AdminGetUser', {
      UserPoolId: event.userPoolId,
      Username: event.userName,
    });
    const groupsToOverride = [...tokenGroups(groups, factors.includes(authenticator))];
    return { ...event, response: { claimsOverrideDetails: { groupOverrideDetails: { groupsToOverride } } } };
  };
