import type { Functions } from '../../runtime/functions.ts';
import { AwsError } from '../api/aws-error.ts';
import { region, userPoolClientId, userPoolId } from '../names.ts';
import type { GroupsFor } from './public-calls.ts';

interface Answer {
  response?: { claimsOverrideDetails?: { groupOverrideDetails?: { groupsToOverride?: string[] } } | null };
}

/** Calls the manifest's function that the pool asks before it issues tokens; without one the groups stay. */
export const groupsByTrigger =
  (functions: Functions): GroupsFor =>
  async ({ sub, email, groups }, triggerSource) => {
    const [name] = functions.triggeredBy('tokens');
    if (!name) return groups;
    const event = {
      version: '1',
      triggerSource,
      region,
      userPoolId,
      userName: sub,
      callerContext: { awsSdkVersion: 'local', clientId: userPoolClientId },
      request: {
        userAttributes: { sub, email },
        groupConfiguration: { groupsToOverride: groups, iamRolesToOverride: [], preferredRole: null },
      },
      response: { claimsOverrideDetails: null },
    };
    const { response } = (await functions.invoke(name, event).catch((error: unknown) => {
      throw new AwsError('UserLambdaValidationException', `PreTokenGeneration failed with error ${error}`);
    })) as Answer;
    const override = response?.claimsOverrideDetails?.groupOverrideDetails?.groupsToOverride ?? [];
    // Cognito takes an empty list for none.
    return override.length > 0 ? override : groups;
  };
