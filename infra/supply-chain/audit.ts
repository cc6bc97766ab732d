import * as z from 'zod';

/** The output of `npm audit --json` where the registry answered. */
const report = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() })),
});

const refusal = z.object({ message: z.string() });

/** Severities that fail the check; milder ones are listed. Tools for development count: they run with the deployer's credentials. */
const failing = ['high', 'critical'];

export interface Verdict {
  ok: boolean;
  lines: string[];
}

const parsed = (said: string): unknown => {
  try {
    return JSON.parse(said);
  } catch {
    return undefined;
  }
};

const unanswered = (why: string): Verdict => ({
  ok: true,
  lines: [
    `NOT CHECKED: whether packages have known vulnerabilities. ${why} Run \`npm audit\` where the registry answers.`,
  ],
});

/** `said`: what `npm audit --json` printed, `undefined` when it took too long. */
export const judge = (said: string | undefined): Verdict => {
  if (said === undefined) return unanswered('The registry did not answer in time.');
  const answer = parsed(said);
  const { success, data } = report.safeParse(answer);
  if (!success) {
    const { data: refused } = refusal.safeParse(answer);
    return unanswered(`The registry does not tell (${refused?.message ?? 'npm audit printed no report'}).`);
  }
  const found = Object.entries(data.vulnerabilities);
  const grave = found.filter(([, { severity }]) => failing.includes(severity));
  return {
    ok: grave.length === 0,
    lines: [
      `Packages with known vulnerabilities: ${found.length}, of which ${grave.length} high or critical.`,
      ...found.map(([name, { severity, range }]) => `  ${severity.padEnd(8)}  ${name} ${range}`),
    ],
  };
};
