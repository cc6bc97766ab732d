import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createParameterStore } from '../../../shared/platform/aws/parameters.ts';
import { systemRandom } from '../../../shared/platform/ids.ts';
import { linkKeysParameter } from '../../../shared/platform/tokens/link-keys.ts';
import { ensureLinkKeys } from '../../link-keys/ensure.ts';
import type { Emulator } from './api/server.ts';
import { region } from './names.ts';

/** Does what the stack's custom resource does: the keys that an older table has go on, and a new one gets its own. */
export const prepareLinkKeys = async (
  tableName: string,
  dynamoEndpoint: string,
  emulator: Pick<Emulator, 'endpoint'>,
): Promise<void> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const dynamo = new DynamoDBClient({ endpoint: dynamoEndpoint, region, credentials });
  const store = createParameterStore(dynamo.config, emulator.endpoint('ssm'));
  try {
    await ensureLinkKeys({ store, dynamo, tableName, parameter: linkKeysParameter(tableName), random: systemRandom });
  } finally {
    dynamo.destroy();
  }
};
