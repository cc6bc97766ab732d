import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolUser,
  CfnUserPoolUserToGroupAttachment,
  FeaturePlan,
  Mfa,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { roles } from '../../shared/platform/http/contract.ts';

export interface IdentityProps {
  ownerEmail: string;
}

/** Staff sign in here; clients never do. Whoever is in no group may do nothing. */
export class Identity extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, { ownerEmail }: IdentityProps) {
    super(scope, id);
    this.pool = new UserPool(this, 'Staff', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true } },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(7),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.ESSENTIALS,
      userInvitation: {
        emailSubject: 'You are invited to Regulars',
        emailBody: 'Sign in to Regulars as {username} with this password, once: {####}. You will then choose your own.',
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.client = this.pool.addClient('Console', {
      authFlows: { userPassword: true, userSrp: true },
      disableOAuth: true,
      generateSecret: false,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(30),
    });
    const groups = roles.map((role, precedence) => this.pool.addGroup(role, { groupName: role, precedence }));
    this.inviteOwner(ownerEmail).node.addDependency(...groups);

    Validations.of(this.pool).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason:
          'A second factor (one-time codes, free) is offered to each member of staff, not demanded: reception shares one computer at the desk, often without telephones, and a lost telephone would close the diary on a working day.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason:
          'The Plus plan bills every monthly user from the first, against nothing for a few staff on Essentials. Passwords are long, accounts come only by invitation, and tokens can be revoked.',
      },
    );
  }

  private inviteOwner(email: string): CfnUserPoolUserToGroupAttachment {
    const { userPoolId } = this.pool;
    const owner = new CfnUserPoolUser(this, 'Owner', {
      userPoolId,
      username: email,
      desiredDeliveryMediums: ['EMAIL'],
      userAttributes: [
        { name: 'email', value: email },
        { name: 'email_verified', value: 'true' },
      ],
    });
    return new CfnUserPoolUserToGroupAttachment(this, 'OwnerIsOwner', {
      userPoolId,
      groupName: 'owner',
      username: owner.ref,
    });
  }
}
