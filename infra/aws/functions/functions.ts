import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as Lambda, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { bundleFunction } from '../../bundle.ts';
import type { FunctionSpec, Manifest } from '../../manifest.ts';
import { denyPeopleWrites, denyStaffWrites, isOpen } from './closed-partitions.ts';
import { give, type Resources } from './grants.ts';
import { reserveContext, reservedExecutions } from './reserved.ts';
import { connect } from './triggers.ts';

export interface FunctionsProps extends Resources {
  manifest: Manifest;
  buildDir: string;
}

/** The manifest's functions, each with its own role, log and trigger. */
export class Functions extends Construct {
  /** Those that read the table's stream. */
  readonly onStream: { path: string; name: string; lambda: Lambda }[] = [];

  private readonly reserved: ReadonlyMap<string, number>;

  constructor(scope: Construct, id: string, { manifest, buildDir, ...resources }: FunctionsProps) {
    super(scope, id);
    this.reserved = reservedExecutions(this.node.tryGetContext(reserveContext), Object.keys(manifest));
    for (const [path, spec] of Object.entries(manifest)) {
      const name = pascal(path);
      const lambda = this.deploy(path, spec, buildDir);
      for (const grant of spec.may) give(lambda, grant, resources);
      if (spec.may.includes('table:write') && !spec.may.includes('people:manage'))
        denyPeopleWrites(lambda, resources.table);
      if (isOpen(spec) && spec.may.includes('table:write')) denyStaffWrites(lambda, resources.table);
      connect(name, lambda, spec.trigger, resources);
      if (spec.trigger.kind === 'stream') this.onStream.push({ path, name, lambda });
    }
  }

  private deploy(name: string, spec: FunctionSpec, buildDir: string): Lambda {
    const outDir = join(buildDir, name.replaceAll('/', '-'));
    bundleFunction(spec.entry, outDir);

    const place = new Construct(this, pascal(name));
    const logGroup = new LogGroup(place, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(place, 'Role', {
      description: `What ${name} may do`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    // Instead of AWSLambdaBasicExecutionRole: this log group only, and no right to make one that outlives the stack.
    logGroup.grantWrite(role);

    const reserved = this.reserved.get(name);
    return new Lambda(place, 'Function', {
      description: name,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(outDir),
      memorySize: spec.memoryMb,
      timeout: Duration.seconds(spec.timeoutSeconds),
      ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
      role,
      logGroup,
      // Functions write whole JSON lines themselves; Lambda would wrap each into another object and hide the metrics.
      loggingFormat: LoggingFormat.TEXT,
      // Every log line carries the request's id; traces would add a bill, and a policy on `*`.
      tracing: Tracing.DISABLED,
    });
  }
}

/** `public-reads` becomes `PublicReads`. */
const pascal = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
