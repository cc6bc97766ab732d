import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { troubleInLogs } from './emulator/function-logs.ts';
import { startMiniStack } from './emulator/ministack.ts';
import { journey } from './journey/journey.ts';
import { createSteps } from './steps.ts';
import { upgrade } from './upgrade/upgrade.ts';

/** `npm run e2e`: the very stack, deployed into an AWS emulator, driven over HTTP in real time. */
const workDir = join(import.meta.dirname, '..', '..', '.build', 'e2e');
rmSync(workDir, { recursive: true, force: true });
mkdirSync(workDir, { recursive: true });

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const steps = createSteps();
const emulator = await startMiniStack(workDir);
try {
  const deployed = await upgrade(steps, emulator, workDir);
  await journey({ steps, emulator, deployed, workDir });
  console.log(`\n${steps.passed} passed, 0 failed`);
} catch (error) {
  console.error(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const trouble = await troubleInLogs(emulator).catch(() => []);
  if (trouble.length > 0) console.error(`\nWhat the functions logged:\n${trouble.slice(-30).join('\n')}`);
  console.error(`\nThe end of ${join('.build', 'e2e', 'ministack.log')}:\n${emulator.tail(40)}`);
  console.log(`\n${steps.passed} passed, 1 failed`);
  process.exitCode = 1;
} finally {
  await emulator.stop();
}
// A part of the journey that failed may have left others waiting.
process.exit();
