import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { pythonTool } from '../e2e/emulator/venv.ts';
import { domainContext } from './fixtures/domain.ts';

/** The variant with a domain of its own, which no emulator here can deploy. */
const synthesiseVariant = (): number | null => {
  const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const context = Object.entries(domainContext).flatMap(([name, value]) => ['--context', `${name}=${value}`]);
  const args = ['synth', '--quiet', '--no-notices', '--output', '.build/cdk.domain.out', ...context];
  return spawnSync(process.execPath, [cdk, ...args], { stdio: 'inherit' }).status;
};

/** cfn-lint over what `cdk synth` wrote, and over the variant; `.cfnlintrc` says where they are. */
process.exitCode = synthesiseVariant() || (spawnSync(pythonTool('cfn-lint'), { stdio: 'inherit' }).status ?? 1);
