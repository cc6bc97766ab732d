import { type Role, roles } from '../../../../shared/platform/http/contract.ts';
import { senderAddress } from '../names.ts';
import { type PublicCallsOptions, publicCalls } from '../pool/public-calls.ts';
import type { LocalUser } from '../pool/users.ts';
import { AwsError } from './aws-error.ts';
import type { AwsAnswer, AwsService } from './service.ts';

interface Input {
  Username?: string;
  GroupName?: string;
  MessageAction?: string;
}

const json = { 'content-type': 'application/x-amz-json-1.1' };

const shown = ({ sub, email, enabled, invited, createdAt }: LocalUser) => ({
  Username: sub,
  Enabled: enabled,
  UserStatus: invited ? 'FORCE_CHANGE_PASSWORD' : 'CONFIRMED',
  UserCreateDate: createdAt / 1000,
  Attributes: [
    { Name: 'sub', Value: sub },
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
  ],
});

/** Cognito's user pool (AWS JSON 1.1), as far as owners manage people with it and staff sign in. Mails go to the mailbox. */
export const cognitoService = (options: PublicCallsOptions): AwsService => {
  const { users, sessions, mailbox } = options;
  const invite = async ({ email, password }: LocalUser): Promise<void> => {
    const words = `Sign in to Regulars as ${email} with this password, once: ${password}. You will then choose your own.`;
    const raw = Buffer.from(
      `From: ${senderAddress}\r\nTo: ${email}\r\nSubject: You are invited to Regulars\r\n\r\n${words}\r\n`,
    );
    await mailbox.receiveMail({ destinations: [email], raw, tags: {} });
  };
  const groupOf = ({ GroupName }: Input): Role => {
    const group = roles.find((role) => role === GroupName);
    if (!group) throw new AwsError('ResourceNotFoundException', `Group ${GroupName} not found.`);
    return group;
  };

  const acts: Record<string, (input: Input & { Username: string }) => object | Promise<object>> = {
    ListUsers: () => ({ Users: users.all().map(shown) }),
    ListUsersInGroup: (input) => {
      const group = groupOf(input);
      return { Users: users.all().flatMap((user) => (user.groups.includes(group) ? [shown(user)] : [])) };
    },
    AdminCreateUser: async ({ Username, MessageAction }) => {
      const again = MessageAction === 'RESEND';
      const user = again ? users.need(Username) : users.create(Username);
      await invite(user);
      return { User: shown(user) };
    },
    AdminAddUserToGroup: (input) => {
      const group = groupOf(input);
      const { groups } = users.need(input.Username);
      users.change(input.Username, { groups: [...groups.filter((each) => each !== group), group] });
      return {};
    },
    AdminRemoveUserFromGroup: (input) => {
      const group = groupOf(input);
      const { groups } = users.need(input.Username);
      users.change(input.Username, { groups: groups.filter((each) => each !== group) });
      return {};
    },
    AdminGetUser: ({ Username }) => {
      const user = users.need(Username);
      const { Attributes, ...rest } = shown(user);
      return {
        ...rest,
        UserAttributes: Attributes,
        UserMFASettingList: user.authenticator?.on ? ['SOFTWARE_TOKEN_MFA'] : [],
      };
    },
    AdminDisableUser: ({ Username }) => {
      users.change(Username, { enabled: false });
      return {};
    },
    AdminEnableUser: ({ Username }) => {
      users.change(Username, { enabled: true });
      return {};
    },
    AdminUserGlobalSignOut: ({ Username }) => {
      sessions.endAll(users.need(Username).sub);
      return {};
    },
  };

  const open = publicCalls(options);

  return {
    action: ({ headers }) => String(headers['x-amz-target'] ?? '').replace('AWSCognitoIdentityProviderService.', ''),
    handle: async (action, { body }): Promise<AwsAnswer> => {
      const act = acts[action] ?? open[action];
      if (!act) throw new AwsError('UnknownOperationException', `${action} does not exist on this computer.`);
      const { Username = '', ...input } = JSON.parse(body) as Input;
      return { status: 200, headers: json, body: JSON.stringify(await act({ ...input, Username })) };
    },
    fault: ({ code, message, status }) => ({ status, headers: json, body: JSON.stringify({ __type: code, message }) }),
  };
};
