import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { createStack } from '../../infra/aws/stack.ts';
import type { Manifest } from '../../infra/manifest.ts';
import { functions } from '../../infra/manifest.ts';
import { once } from '../../shared/platform/memo.ts';

interface CfnResource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  DependsOn?: string[];
}

export interface Synthesised {
  stack: Stack;
  json: { Resources: Record<string, CfnResource>; Parameters: Record<string, { Default?: string }>; Outputs: object };
  ofType(type: string): [logicalId: string, resource: CfnResource][];
  /** What cdk-nag's AwsSolutions pack finds and nobody acknowledged. */
  findings: string[];
}

/** The stack as `cdk synth` makes it, bundles and all, into a catalogueIndex of its own. */
export const synthesise = (manifest: Manifest, more: Record<string, unknown> = {}): Synthesised => {
  const work = mkdtempSync(join(tmpdir(), 'regulars-stack-'));
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context?: Record<string, unknown> };
  const app = new App({ outdir: join(work, 'cdk.out'), context: { ...context, ...more } });
  const stack = createStack(app, manifest, join(work, 'bundles'));
  const json = Template.fromStack(stack).toJSON() as Synthesised['json'];
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  return {
    stack,
    json,
    ofType: (type) => Object.entries(json.Resources).filter(([, resource]) => resource.Type === type),
    findings: violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    ),
  };
};

/** The stack of the manifest with a table of its own, made once for all files that a worker runs. */
export const deployedStack = once((): Synthesised => synthesise(functions));
