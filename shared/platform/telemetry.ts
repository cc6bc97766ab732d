import { type Clock, systemClock } from './time/clock.ts';

/**
 * Structured logs and metrics in one line of JSON each, as CloudWatch reads them (EMF).
 * Own code, since Powertools' logger and metrics cost 25 ms of every cold start (facts.md).
 * Callers pass ids, codes and counts; never names, addresses, phones, tokens or bodies.
 */
type Fields = Record<string, string | number | boolean | undefined>;

export interface Telemetry {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  /** Keeps only the error's name and the frames of its stack: messages may quote input. */
  error(message: string, error: unknown, fields?: Fields): void;
  /**
   * A metric in the namespace Regulars with the function as its dimension. Ten are free in an account, each further one
   * costs $0.30 a month: count what AWS doesn't count already.
   */
  count(metric: string, value?: number): void;
}

export type WriteLine = (line: string) => void;

/** The message, which stands at the head of a stack, may itself have lines that look like frames. */
const frames = (error: unknown): string | undefined => {
  if (!(error instanceof Error) || !error.stack) return undefined;
  const { stack, message } = error;
  const rows = stack.slice(Math.max(0, stack.indexOf(message)) + message.length).split('\n');
  return rows
    .filter((row) => row.startsWith('    at '))
    .slice(0, 8)
    .join('\n');
};

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

export const createTelemetry = (
  functionName: string,
  write: WriteLine = (text) => process.stdout.write(`${text}\n`),
  now: Clock = systemClock,
): Telemetry => {
  const log = (level: string, message: string, fields: Fields = {}) => {
    write(JSON.stringify({ level, message, function: functionName, ...fields }));
  };
  const count = (metric: string, value = 1) => {
    write(
      JSON.stringify({
        _aws: {
          Timestamp: now(),
          CloudWatchMetrics: [
            { Namespace: 'Regulars', Dimensions: [['function']], Metrics: [{ Name: metric, Unit: 'Count' }] },
          ],
        },
        function: functionName,
        [metric]: value,
      }),
    );
  };
  return {
    info: (message, fields) => log('info', message, fields),
    warn: (message, fields) => log('warn', message, fields),
    error: (message, error, fields) => log('error', message, { ...fields, error: nameOf(error), stack: frames(error) }),
    count,
  };
};

export const silent: Telemetry = { info() {}, warn() {}, error() {}, count() {} };
