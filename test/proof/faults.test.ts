import { expect, test } from 'vitest';
import { seedFrom } from './dice.ts';
import { runCampaign } from './faults/campaign.ts';
import { printed } from './faults/report.ts';
import { patience } from './patience.ts';

const seed = seedFrom(process.env['FAULT_SEED'] ?? '20261122');
/** `npm run proof` takes 2,000; `npm run faults -- --seed N --appointments 2000` runs this one alone. */
const appointments = Number(process.env['FAULT_APPOINTMENTS'] ?? '300');

test(
  'everything fails and functions are killed: every appointment has its schedules, every message its outcome, once',
  async () => {
    const report = await runCampaign({ seed, appointments });
    process.stderr.write(`${printed(seed, report)}\n`);
    expect(report.faults).toEqual([]);
    expect(report.audit.appointments).toBe(appointments);
    // Second copies come only of a function that was killed, or left without an answer, between sending and recording.
    const { killed, answerHidden, unexplained } = report.causes;
    expect(unexplained).toEqual([]);
    expect(report.audit.duplicates).toBeLessThanOrEqual(killed + answerHidden);
  },
  patience,
);
