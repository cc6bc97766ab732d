import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { tableKeys, ttlAttribute } from '../../shared/platform/table/table.ts';
import { adoptedTable, tableContext } from './adopted.ts';

const text = (key: { name: string }) => ({ name: key.name, type: AttributeType.STRING });

/** The part of the table that the stack uses, own or adopted. `TableV2` is no `ITableV2` under exact optional types. */
export interface Table {
  readonly tableName: string;
  readonly tableArn: string;
  readonly tableStreamArn?: string | undefined;
}

/** The clients' data, which outlive every stack: in a table of this one, or in the one that it adopts. */
export const tableFor = (stack: Stack): Table => {
  const streamArn: unknown = stack.node.tryGetContext(tableContext);
  return streamArn === undefined
    ? createTable(stack)
    : TableV2.fromTableAttributes(stack, 'Adopted', adoptedTable(streamArn));
};

/** `npm run adopt` turns on the same where a table was restored. */
const createTable = (stack: Stack): TableV2 =>
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
export const indexArns = (table: Table): string[] =>
  Object.keys(tableKeys.indexes).map((index) => `${table.tableArn}/index/${index}`);
