import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createSignedCall } from './signed-call.ts';

/** The Parameter Store of AWS Systems Manager. */
export type ParameterStore = <Output>(action: string, input: object) => Promise<Output>;

/** `endpoint`: another than AWS's for the region, as `AWS_ENDPOINT_URL_SSM` would name it. */
export const createParameterStore = (config: DynamoDBClient['config'], endpoint?: string): ParameterStore => {
  const call = createSignedCall(config, { name: 'ssm', host: 'ssm', endpoint });
  return (action, input) =>
    call({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AmazonSSM.${action}` },
      body: JSON.stringify(input),
    });
};

export interface Parameter {
  value: string;
  /** Seconds since 1970. */
  modifiedAt: number;
}

/** A SecureString in the clear; undefined where there is none of that name. */
export const readParameter = async (store: ParameterStore, name: string): Promise<Parameter | undefined> => {
  try {
    const { Parameter } = await store<{ Parameter: { Value: string; LastModifiedDate: number } }>('GetParameter', {
      Name: name,
      WithDecryption: true,
    });
    return { value: Parameter.Value, modifiedAt: Parameter.LastModifiedDate };
  } catch (error) {
    if ((error as Error).name === 'ParameterNotFound') return undefined;
    throw error;
  }
};
