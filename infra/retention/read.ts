import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { appointmentEntityName, waitingEntityName } from '../../shared/entities.ts';
import type { Trace } from './rules.ts';

const client = 'Client';

/** The moment that an item tells of its client. */
const momentIn = ({ entity, createdAt, endsAt, updatedAt }: Record<string, unknown>): unknown => {
  if (entity === client) return createdAt;
  return entity === appointmentEntityName ? endsAt : updatedAt;
};

/** Reads the whole table, with the owner's rights: no function may. */
export const readTraces = async (
  dynamo: DynamoDBClient,
  tableName: string,
): Promise<{ records: Trace[]; traces: Trace[] }> => {
  const pages = paginateScan(
    { client: DynamoDBDocumentClient.from(dynamo) },
    {
      TableName: tableName,
      FilterExpression: '#entity IN (:client, :appointment, :waiting)',
      ProjectionExpression: '#entity, #id, clientId, createdAt, endsAt, updatedAt',
      ExpressionAttributeNames: { '#entity': 'entity', '#id': 'id' },
      ExpressionAttributeValues: {
        ':client': client,
        ':appointment': appointmentEntityName,
        ':waiting': waitingEntityName,
      },
    },
  );
  const records: Trace[] = [];
  const traces: Trace[] = [];
  for await (const { Items = [] } of pages)
    for (const item of Items) {
      const at = Number(momentIn(item));
      if (item['entity'] === client) records.push({ clientId: String(item['id']), at });
      else traces.push({ clientId: String(item['clientId']), at });
    }
  return { records, traces };
};
