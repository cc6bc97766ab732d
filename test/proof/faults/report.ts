import type { Report } from './campaign.ts';

const line = (title: string, counts: Record<string, number>): string =>
  `${title.padEnd(14)}${
    Object.entries(counts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none'
  }`;

/** The report, for people. */
export const printed = (seed: number, report: Report): string => {
  const { audit, causes, tally, counts } = report;
  return [
    line('acts', tally.acts),
    line('refused', tally.refused),
    ...Object.entries(counts).map(([title, each]) => line(title, each)),
    line('messages', {
      sent: audit.sent,
      skipped: audit.skipped,
      unknown: audit.unknown,
      'of which never went': audit.unsent,
    }),
    line('second copies', {
      all: audit.duplicates,
      'killed before recording': causes.killed,
      'answer kept back': causes.answerHidden,
    }),
    line('repeated', {
      'requests by clients': tally.retries,
      'dead letters redriven': report.redriven,
      'stream records replayed': report.replanned,
    }),
    `seed ${seed}: ${audit.appointments} appointments in ${report.seconds.toFixed(1)} s (${report.cpuSeconds.toFixed(1)} s of processor), ` +
      `${(audit.appointments / report.seconds).toFixed(1)} a second`,
    ...(report.faults.length === 0 ? ['no faults'] : [`${report.faults.length} FAULTS`, ...report.faults.slice(0, 40)]),
  ].join('\n');
};
