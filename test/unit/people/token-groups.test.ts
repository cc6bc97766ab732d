import type { PreTokenGenerationTriggerEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { createTokenGroups } from '../../../shared/people/access/token-groups.ts';

const event = (groups: string[]) =>
  ({
    userPoolId: 'eu-west-2_x',
    userName: 'sub-1',
    request: { groupConfiguration: { groupsToOverride: groups } },
    response: { claimsOverrideDetails: null },
  }) as unknown as PreTokenGenerationTriggerEvent;

/** Groups of the token as Cognito makes them of the answer, and what the pool was asked. */
const tokenOf = async (groups: string[], answer: object | Error) => {
  const asked: unknown[] = [];
  const trigger = createTokenGroups(async <Output>(action: string, input: object) => {
    asked.push([action, input]);
    if (answer instanceof Error) throw answer;
    return answer as Output;
  });
  const { response } = (await trigger(event(groups), {} as never, () => {})) as PreTokenGenerationTriggerEvent;
  const override = response.claimsOverrideDetails?.groupOverrideDetails?.groupsToOverride ?? [];
  return { groups: override.length > 0 ? override : groups, asked };
};

const without = {};
const withOne = { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] };

test.each([['owner'], ['manager'], ['reception', 'owner']])(
  '%s gets nothing but enrolling until the authenticator is on',
  async (...groups) => {
    expect((await tokenOf(groups, without)).groups).toEqual(['enrolling']);
    expect((await tokenOf(groups, { UserMFASettingList: ['SMS_MFA'] })).groups).toEqual(['enrolling']);
    const { groups: given, asked } = await tokenOf(groups, withOne);
    expect(given).toEqual(groups);
    expect(asked).toEqual([['AdminGetUser', { UserPoolId: 'eu-west-2_x', Username: 'sub-1' }]]);
  },
);

test.each([['reception'], ['staff'], []])('%s needs none, and the pool is not asked', async (...groups) => {
  expect(await tokenOf(groups, without)).toEqual({ groups, asked: [] });
});

test('nobody gets a token where the pool doesn’t tell', async () => {
  await expect(tokenOf(['owner'], new Error('TooManyRequestsException'))).rejects.toThrow('TooManyRequests');
});
