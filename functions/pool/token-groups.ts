import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTokenGroups } from '../../shared/people/access/token-groups.ts';
import { createCognito } from '../../shared/platform/aws/cognito.ts';
import { endpointOf } from '../environment.ts';

export const handler = createTokenGroups(
  createCognito(new DynamoDBClient({}).config, endpointOf('COGNITO_IDENTITY_PROVIDER')),
);
