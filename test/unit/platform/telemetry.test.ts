import { describe, expect, test } from 'vitest';
import { createTelemetry } from '../../../shared/platform/telemetry.ts';

const now = Date.parse('2026-11-24T10:00:00Z');
const written = (use: (telemetry: ReturnType<typeof createTelemetry>) => void) => {
  const lines: string[] = [];
  use(
    createTelemetry(
      'booking-api',
      (text) => lines.push(text),
      () => now,
    ),
  );
  return lines;
};

describe('telemetry', () => {
  test('writes one line of JSON for each entry, whatever stands in it', () => {
    const lines = written((telemetry) => {
      telemetry.info('first\nsecond', { reason: 'a\r\nb', count: 2, missing: undefined });
      telemetry.warn('careful');
    });
    expect(lines.every((text) => !/[\r\n]/.test(text))).toBe(true);
    expect(lines.map((text) => JSON.parse(text))).toEqual([
      { level: 'info', message: 'first\nsecond', function: 'booking-api', reason: 'a\r\nb', count: 2 },
      { level: 'warn', message: 'careful', function: 'booking-api' },
    ]);
  });

  test('keeps the message of an error to itself, even one that looks like a stack', () => {
    const error = new RangeError('Nadia\n    at Nadia (+17185550100:1:1)\n    at nadia@example.com');
    const [text = ''] = written((telemetry) => telemetry.error('crashed', error, { route: 'GET /' }));
    const entry = JSON.parse(text);
    expect(entry).toMatchObject({ level: 'error', message: 'crashed', error: 'RangeError', route: 'GET /' });
    expect(text).not.toMatch(/nadia/i);
    expect(entry.stack.split('\n').length).toBeLessThanOrEqual(8);
    expect(entry.stack).toContain('telemetry.test.ts');
  });

  test('tells of what was thrown and is no error only its type', () => {
    const lines = written((telemetry) => {
      telemetry.error('crashed', 'Nadia');
      telemetry.error('crashed', undefined);
    });
    expect(lines.map((text) => JSON.parse(text).error)).toEqual(['string', 'undefined']);
    expect(lines.join()).not.toContain('Nadia');
  });

  test('writes metrics in the form that CloudWatch reads', () => {
    const [count] = written((telemetry) => telemetry.count('Message-sent')).map((text) => JSON.parse(text));
    const metric = {
      Timestamp: now,
      CloudWatchMetrics: [
        { Namespace: 'Regulars', Dimensions: [['function']], Metrics: [{ Name: 'Message-sent', Unit: 'Count' }] },
      ],
    };
    expect(count).toEqual({ _aws: metric, function: 'booking-api', 'Message-sent': 1 });
  });
});
