import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { endpointOf } from '../../functions/environment.ts';
import { createParameterStore, type ParameterStore } from '../../shared/platform/aws/parameters.ts';

/** The Parameter Store of the account and region that a client of the table has. */
export const parameterStoreBeside = ({ config }: DynamoDBClient): ParameterStore =>
  createParameterStore(config, endpointOf('SSM'));
