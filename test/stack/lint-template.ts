import { spawnSync } from 'node:child_process';
import { pythonTool } from '../e2e/venv.ts';

/** `npm run lint:template`: cfn-lint over the template that `npm run synth` has made. */
const { status } = spawnSync(pythonTool('cfn-lint'), ['.build/cdk.out/Regulars.template.json'], { stdio: 'inherit' });
if (status === 0) console.log('cfn-lint has nothing to say.');
process.exit(status ?? 1);
