import { randomBytes } from 'node:crypto';
import { type Role, roles } from '../../../../shared/platform/http/contract.ts';
import { subOf } from '../../gateway/identity.ts';
import { AwsError } from '../api/aws-error.ts';

/** A user as the pool on this computer keeps one. */
export interface LocalUser {
  /** The name in the pool, too. */
  sub: string;
  email: string;
  password: string;
  /** The password is for once. */
  invited: boolean;
  enabled: boolean;
  groups: Role[];
  /** `lastStep`: whose code was used last, so that none is used twice. */
  authenticator?: { secret: string; on: boolean; lastStep: number } | undefined;
  /** Secret of an authenticator that has yet to show a code. */
  newSecret?: string | undefined;
  /** In milliseconds. */
  createdAt: number;
}

/** Users of the pool. */
export interface UserBook {
  all(): readonly LocalUser[];
  /** By `sub` or e-mail address; throws UserNotFoundException. */
  need(name: string): LocalUser;
  /** Throws UsernameExistsException. */
  create(email: string): LocalUser;
  /** Throws UserNotFoundException. */
  change(name: string, change: Partial<LocalUser>): LocalUser;
  state(): LocalUser[];
}

/** Long, and of every kind of letter. */
const newPassword = (): string => `${randomBytes(9).toString('base64url')}-Aa1`;

/** Staff of the demo salon, one for each role. */
const demoUsers = (at: number): LocalUser[] =>
  roles.map((role) => ({
    sub: subOf(`${role}@example.com`),
    email: `${role}@example.com`,
    password: newPassword(),
    invited: false,
    enabled: true,
    groups: [role],
    createdAt: at,
  }));

export const createUserBook = (now: () => number, changed: () => void, state?: readonly LocalUser[]): UserBook => {
  const users = new Map((state ?? demoUsers(now())).map((user) => [user.sub, user]));

  const find = (name: string): LocalUser | undefined =>
    users.get(name) ?? [...users.values()].find(({ email }) => email === name.toLowerCase());
  const need = (name: string): LocalUser => {
    const found = find(name);
    if (!found) throw new AwsError('UserNotFoundException', 'User does not exist.');
    return found;
  };
  const keep = (user: LocalUser): LocalUser => {
    users.set(user.sub, user);
    changed();
    return user;
  };

  return {
    all: () => [...users.values()],
    need,
    create: (name) => {
      const email = name.toLowerCase();
      if (find(email)) throw new AwsError('UsernameExistsException', 'User account already exists.');
      const user = { sub: subOf(email), email, password: newPassword(), invited: true, enabled: true };
      return keep({ ...user, groups: [], createdAt: now() });
    },
    change: (name, change) => keep({ ...need(name), ...change }),
    state: () => [...users.values()],
  };
};
