import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * `npm run proof [-- files]`: the proofs at full size, where `npm test` runs them smaller. What the environment says goes
 * before these sizes. Takes the better part of an hour on two cores.
 */
const sizes = {
  FAULT_APPOINTMENTS: '2000',
  REMINDERS: '10000',
  MODEL_HISTORIES: '200',
  FUZZ_RUNS: '100',
  BUDGET_RUNS: '100',
  CROWD_BOOKINGS: '100',
};

const root = join(import.meta.dirname, '..', '..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const files = process.argv.length > 2 ? process.argv.slice(2) : ['test/proof'];

/** Time limits of single proofs are made for the sizes of `npm test`. */
const patience = `${60 * 60_000}`;

process.exitCode =
  spawnSync(process.execPath, [vitest, 'run', `--testTimeout=${patience}`, ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { PROOF_PATIENCE: patience, ...sizes, ...process.env },
  }).status ?? 1;
