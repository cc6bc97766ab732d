import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createSignedCall } from './signed-call.ts';

/** The user pools of Amazon Cognito. */
export type Cognito = <Output>(action: string, input: object) => Promise<Output>;

/** Making a user sends a mail, which takes a while; to ask again would find the user there. */
const patienceMs = 5_000;

/** `endpoint`: another than AWS's for the region, as `AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER` would name it. */
export const createCognito = (config: DynamoDBClient['config'], endpoint?: string): Cognito => {
  const call = createSignedCall(config, { name: 'cognito-idp', host: 'cognito-idp', endpoint, patienceMs });
  return (action, input) =>
    call({
      method: 'POST',
      path: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${action}`,
      },
      body: JSON.stringify(input),
    });
};
