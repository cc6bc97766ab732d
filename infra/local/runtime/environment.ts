import { linkKeysParameter } from '../../../shared/platform/tokens/link-keys.ts';
import type { Emulator } from '../services/api/server.ts';
import {
  accountId,
  configurationSet,
  queues,
  region,
  scheduleGroup,
  scheduleRoleArn,
  senderAddress,
  userPoolClientId,
  userPoolId,
} from '../services/names.ts';

interface Places {
  tableName: string;
  publicUrl: string;
  dynamoEndpoint: string;
  emulator: Emulator;
}

/** Variables of the owner's own set-up that would lead the functions' clients away from this computer. */
const unwanted = [
  'AWS_PROFILE',
  'AWS_SESSION_TOKEN',
  'AWS_ENDPOINT_URL',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
];

const variables = ({ tableName, publicUrl, dynamoEndpoint, emulator }: Places): Record<string, string> => ({
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ENDPOINT_URL_DYNAMODB: dynamoEndpoint,
  AWS_ENDPOINT_URL_SQS: emulator.endpoint('sqs'),
  AWS_ENDPOINT_URL_SES: emulator.endpoint('ses'),
  AWS_ENDPOINT_URL_SESV2: emulator.endpoint('sesv2'),
  AWS_ENDPOINT_URL_SNS: emulator.endpoint('sns'),
  AWS_ENDPOINT_URL_SSM: emulator.endpoint('ssm'),
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: emulator.endpoint('cognito'),
  AWS_ENDPOINT_URL_SCHEDULER: emulator.endpoint('scheduler'),
  TABLE_NAME: tableName,
  USER_POOL_ID: userPoolId,
  USER_POOL_CLIENT_ID: userPoolClientId,
  LINK_KEYS_PARAMETER: linkKeysParameter(tableName),
  OUTBOX_QUEUE_URL: `${emulator.endpoint('sqs')}/${accountId}/${queues.messages.name}`,
  BACKGROUND_QUEUE_URL: `${emulator.endpoint('sqs')}/${accountId}/${queues.background.name}`,
  SCHEDULE_GROUP: scheduleGroup,
  SCHEDULE_ROLE_ARN: scheduleRoleArn,
  MESSAGES_TARGET_ARN: queues.messages.arn,
  MESSAGES_DLQ_ARN: queues.messages.deadLetterArn,
  BACKGROUND_TARGET_ARN: queues.background.arn,
  BACKGROUND_DLQ_ARN: queues.background.deadLetterArn,
  SENDER_ADDRESS: senderAddress,
  CONFIGURATION_SET: configurationSet,
  PUBLIC_URL: publicUrl,
});

/** Sets what the stack would set for the functions; the answer puts back what was there before. */
export const setEnvironment = (places: Places): (() => void) => {
  const wanted = variables(places);
  const before = new Map([...Object.keys(wanted), ...unwanted].map((name) => [name, process.env[name]]));
  for (const name of unwanted) delete process.env[name];
  Object.assign(process.env, wanted);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
};
