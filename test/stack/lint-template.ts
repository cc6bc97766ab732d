import { spawnSync } from 'node:child_process';
import { pythonTool } from '../e2e/emulator/venv.ts';

/** cfn-lint over what `cdk synth` wrote; `.cfnlintrc` says where that is. */
process.exitCode = spawnSync(pythonTool('cfn-lint'), { stdio: 'inherit' }).status ?? 1;
