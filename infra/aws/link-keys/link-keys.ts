import { join } from 'node:path';
import { CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as Lambda, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { linkKeysParameter } from '../../../shared/platform/tokens/link-keys.ts';
import { bundleFunction } from '../../bundle.ts';
import { keysItem } from '../../link-keys/ensure.ts';
import type { Table } from '../table.ts';

interface LinkKeysProps {
  table: Table;
  buildDir: string;
}

const patience = Duration.minutes(1);

/**
 * The keys that sign clients' links: a SecureString in the Parameter Store, named after the table. CloudFormation can't
 * create one, so a function does when the stack is deployed. It never overwrites what is there and never deletes it:
 * like the table, the parameter outlives the stack, and a stack that adopts the table finds it by its name.
 */
export class LinkKeys extends Construct {
  readonly parameterName: string;
  readonly parameterArn: string;
  /** Must be there before functions that read the parameter. */
  readonly created: CustomResource;

  constructor(scope: Construct, id: string, { table, buildDir }: LinkKeysProps) {
    super(scope, id);
    this.parameterName = linkKeysParameter(table.tableName);
    this.parameterArn = Stack.of(this).formatArn({
      service: 'ssm',
      resource: 'parameter',
      // The slash in front is the ARN's own.
      resourceName: this.parameterName.slice(1),
    });

    const outDir = join(buildDir, 'link-keys');
    bundleFunction('infra/aws/link-keys/handler.ts', outDir);
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', {
      description: 'What the maker of the link keys may do',
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(role);
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['ssm:GetParameter', 'ssm:PutParameter'], resources: [this.parameterArn] }),
    );
    // The one item in which older stacks kept their keys.
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem'],
        resources: [table.tableArn],
        conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [keysItem.pk] } },
      }),
    );
    const maker = new Lambda(this, 'Function', {
      description: 'creates the keys of links',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(outDir),
      memorySize: 256,
      timeout: patience,
      role,
      logGroup,
      loggingFormat: LoggingFormat.TEXT,
    });
    this.created = new CustomResource(this, 'Parameter', {
      resourceType: 'Custom::LinkKeys',
      serviceToken: maker.functionArn,
      serviceTimeout: patience.plus(patience),
      properties: { Parameter: this.parameterName, Table: table.tableName },
    });
    // CloudFormation calls the function with its policy in force.
    this.created.node.addDependency(role);
  }
}
