import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The template of commit 6994ab7, the last before links had keys in the Parameter Store, as `cdk synth` made it, but
 * for three things: its functions only refuse messages and let all else pass, each has but one of its routes, and the
 * role of the schedules is an output.
 */
const template = readFileSync(join(import.meta.dirname, 'old-stack.template'), 'utf8');

const bootstrapped = `-\${AWS::AccountId}-\${AWS::Region}`;
const role = (name: string) =>
  `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/cdk-hnb659fds-${name}${bootstrapped}`;

/** Writes the cloud assembly that `cdk deploy --app` takes. */
export const writeOldAssembly = (catalogueIndex: string): void => {
  const hash = createHash('sha256').update(template).digest('hex');
  const bucketName = `cdk-hnb659fds-assets${bootstrapped}`;
  const objectKey = `${hash}.json`;
  const write = (name: string, content: object | string) =>
    writeFileSync(join(catalogueIndex, name), typeof content === 'string' ? content : JSON.stringify(content));
  mkdirSync(catalogueIndex, { recursive: true });
  write('Regulars.template.json', template);
  write('Regulars.assets.json', {
    version: '55.0.0',
    files: {
      [hash]: {
        source: { path: 'Regulars.template.json', packaging: 'file' },
        destinations: { here: { bucketName, objectKey, assumeRoleArn: role('file-publishing-role') } },
      },
    },
    dockerImages: {},
  });
  write('manifest.json', {
    version: '55.0.0',
    artifacts: {
      'Regulars.assets': { type: 'cdk:asset-manifest', properties: { file: 'Regulars.assets.json' } },
      Regulars: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/unknown-region',
        properties: {
          templateFile: 'Regulars.template.json',
          assumeRoleArn: role('deploy-role'),
          cloudFormationExecutionRoleArn: role('cfn-exec-role'),
          stackTemplateAssetObjectUrl: `s3://${bucketName}/${objectKey}`,
        },
        dependencies: ['Regulars.assets'],
        displayName: 'Regulars',
      },
    },
  });
};
