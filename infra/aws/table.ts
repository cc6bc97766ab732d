import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { tableKeys, ttlAttribute } from '../../shared/platform/table.ts';

const text = (key: { name: string }) => ({ name: key.name, type: AttributeType.STRING });

/** The clients' data: the only thing that outlives the stack. */
export const createTable = (stack: Stack): TableV2 =>
  new TableV2(stack, 'Table', {
    partitionKey: text(tableKeys.partitionKey),
    sortKey: text(tableKeys.sortKey),
    globalSecondaryIndexes: Object.entries(tableKeys.indexes).map(([indexName, index]) => ({
      indexName,
      partitionKey: text(index.partitionKey),
      sortKey: text(index.sortKey),
    })),
    timeToLiveAttribute: ttlAttribute,
    billing: Billing.onDemand(),
    // AWS-owned keys: encrypted at rest, free.
    encryption: TableEncryptionV2.dynamoOwnedKey(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });

/** The indexes one by one, so that no policy needs a wildcard. */
export const indexArns = (table: TableV2): string[] =>
  Object.keys(tableKeys.indexes).map((index) => `${table.tableArn}/index/${index}`);
