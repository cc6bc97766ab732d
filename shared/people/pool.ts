import type { Cognito } from '../platform/aws/cognito.ts';
import { type Role, roles } from '../platform/http/contract.ts';
import { Problem } from '../platform/http/problems.ts';
import { personExists } from './problems.ts';

/** A user of the pool, which knows the e-mail, the groups and who may sign in. */
export interface PoolUser {
  sub: string;
  email: string;
  roles: readonly Role[];
  enabled: boolean;
  /** Has not chosen a password yet. */
  invited: boolean;
}

interface CognitoUser {
  Username: string;
  Enabled: boolean;
  UserStatus: string;
  Attributes?: { Name: string; Value?: string }[];
}

const attributeOf = ({ Attributes = [] }: CognitoUser, name: string): string =>
  Attributes.find(({ Name }) => Name === name)?.Value ?? '';

const invitationOnly = 'FORCE_CHANGE_PASSWORD';

/** Throws not_found for nobody of the pool. */
const orNotFound = (error: unknown): never => {
  if ((error as Error).name !== 'UserNotFoundException') throw error;
  throw new Problem('not_found', { detail: 'There is no such person.' });
};

/**
 * Those who may sign in. A user's name in the pool is the `sub`, since they sign in with an e-mail address. `cognito`
 * is the pool's service, asked by functions with the right to manage people.
 */
export const createPool = (cognito: Cognito, UserPoolId: string) => {
  const ask = <Output>(action: string, input: object = {}): Promise<Output> =>
    cognito<Output>(action, { UserPoolId, ...input }).catch(orNotFound);

  /** All pages of a list; the parameter that asks for the next page bears the name of the answer's. */
  const all = async (action: string, token: 'PaginationToken' | 'NextToken', input: object): Promise<CognitoUser[]> => {
    const users: CognitoUser[] = [];
    let next: string | undefined;
    do {
      const page: { Users: CognitoUser[] } & Partial<Record<typeof token, string>> = await ask(action, {
        ...input,
        Limit: 60,
        ...(next ? { [token]: next } : {}),
      });
      users.push(...page.Users);
      next = page[token];
    } while (next);
    return users;
  };

  const membersOf = async (role: Role): Promise<Set<string>> =>
    new Set((await all('ListUsersInGroup', 'NextToken', { GroupName: role })).map(({ Username }) => Username));

  const list = async (): Promise<PoolUser[]> => {
    const [users, ...members] = await Promise.all([
      all('ListUsers', 'PaginationToken', {}),
      ...roles.map((role) => membersOf(role)),
    ]);
    return users.map((user) => ({
      sub: attributeOf(user, 'sub') || user.Username,
      email: attributeOf(user, 'email'),
      roles: roles.filter((_, index) => members[index]?.has(user.Username)),
      enabled: user.Enabled,
      invited: user.UserStatus === invitationOnly,
    }));
  };

  return {
    list,

    /** The user; throws not_found. */
    async need(sub: string): Promise<PoolUser> {
      const found = (await list()).find((user) => user.sub === sub);
      if (!found) throw new Problem('not_found', { detail: 'There is no such person.' });
      return found;
    },

    /** Makes a user, who gets a mail with a password for once; answers the `sub`. Throws person_exists. */
    async invite(email: string): Promise<string> {
      const UserAttributes = [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ];
      try {
        const { User } = await ask<{ User: CognitoUser }>('AdminCreateUser', {
          Username: email,
          UserAttributes,
          DesiredDeliveryMediums: ['EMAIL'],
        });
        return attributeOf(User, 'sub') || User.Username;
      } catch (error) {
        if ((error as Error).name === 'UsernameExistsException') throw new Problem(personExists);
        throw error;
      }
    },

    /** Mails the invitation anew, with a new password. */
    inviteAgain: (sub: string): Promise<unknown> =>
      ask('AdminCreateUser', { Username: sub, MessageAction: 'RESEND', DesiredDeliveryMediums: ['EMAIL'] }),

    /** Puts the user in the role's group, and out of the others. */
    async setRole(sub: string, role: Role): Promise<void> {
      await ask('AdminAddUserToGroup', { Username: sub, GroupName: role });
      for (const other of roles.filter((each) => each !== role))
        await ask('AdminRemoveUserFromGroup', { Username: sub, GroupName: other });
    },

    setEnabled: (sub: string, enabled: boolean): Promise<unknown> =>
      ask(enabled ? 'AdminEnableUser' : 'AdminDisableUser', { Username: sub }),

    /** Ends what the user's refresh tokens could still fetch. */
    signOut: (sub: string): Promise<unknown> => ask('AdminUserGlobalSignOut', { Username: sub }),
  };
};
export type Pool = ReturnType<typeof createPool>;
