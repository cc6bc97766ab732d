import { expect, test } from 'vitest';
import { seedFrom } from './dice.ts';
import { runCampaign } from './faults/campaign.ts';
import { printed } from './faults/report.ts';
import { mishaps } from './lambda/mishaps.ts';

const seed = seedFrom(process.env.FAULT_SEED ?? '20261122');
const appointments = Number(process.env.FAULT_APPOINTMENTS ?? '2000');

/** As long as it takes on a slow computer that has other things to do. */
const patience = 30 * 60_000;

test(
  'everything fails and functions are killed: every appointment has its schedules, every message its outcome, once',
  async () => {
    const report = await runCampaign({ seed, appointments });
    process.stderr.write(`${printed(seed, report)}\n`);
    expect(report.faults).toEqual([]);
    expect(report.audit.appointments).toBe(appointments);
    // A harness that does nothing would find nothing.
    expect(report.kills).toBeGreaterThan(appointments / 20);
    const befell = Object.keys(report.counts.mishaps ?? {});
    for (const service of ['dynamodb', 'scheduler', 'sqs', 'ses', 'sns'])
      for (const mishap of mishaps) expect(befell).toContain(`${service} ${mishap}`);
    // Second copies come only of a function that was killed, or left without an answer, between sending and recording.
    const { killed, answerHidden, unexplained } = report.causes;
    expect(unexplained).toEqual([]);
    expect(report.audit.duplicates).toBeLessThanOrEqual(killed + answerHidden);
  },
  patience,
);
