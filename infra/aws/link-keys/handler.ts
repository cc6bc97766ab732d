import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { systemRandom } from '../../../shared/platform/ids.ts';
import { ensureLinkKeys } from '../../link-keys/ensure.ts';
import { parameterStoreBeside } from '../../link-keys/parameter-store.ts';

const dynamo = new DynamoDBClient({});
const store = parameterStoreBeside(dynamo);

/** Answers CloudFormation when the stack is created, updated or deleted, whatever happens. */
export const handler = async (event: CloudFormationCustomResourceEvent): Promise<void> => {
  const parameter = String(event.ResourceProperties['Parameter']);
  const tableName = String(event.ResourceProperties['Table']);
  let failure: string | undefined;
  try {
    // A stack that goes leaves the keys with the table.
    if (event.RequestType !== 'Delete') {
      const outcome = await ensureLinkKeys({ store, dynamo, tableName, parameter, random: systemRandom });
      console.log(JSON.stringify({ level: 'info', message: `link keys ${outcome}` }));
    }
  } catch (error) {
    console.error(error);
    failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  const { StackId, RequestId, LogicalResourceId, ResponseURL } = event;
  const body = JSON.stringify({
    Status: failure === undefined ? 'SUCCESS' : 'FAILED',
    ...(failure === undefined ? {} : { Reason: failure }),
    PhysicalResourceId: parameter,
    StackId,
    RequestId,
    LogicalResourceId,
  });
  // The signature of the address covers an empty content type.
  const answer = await fetch(ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body });
  if (!answer.ok) throw new Error(`CloudFormation did not take the answer: ${answer.status}`);
};
