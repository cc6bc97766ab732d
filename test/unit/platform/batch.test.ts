import { describe, expect, test } from 'vitest';
import { handleEach } from '../../../shared/platform/batch.ts';
import { createTelemetry } from '../../../shared/platform/telemetry.ts';

describe('a batch of records', () => {
  const handle = async (records: readonly string[], work: (record: string) => Promise<unknown>) => {
    const lines: string[] = [];
    const telemetry = createTelemetry('test', (text) => lines.push(text));
    const answer = await handleEach(records, (record) => `id-${record}`, work, telemetry);
    return { answer, lines };
  };

  test('that all went well gives nothing back to try again', async () => {
    const { answer, lines } = await handle(['a', 'b'], async () => 'done');
    expect([answer, lines]).toEqual([{ batchItemFailures: [] }, []]);
  });

  test('gives back just the records that failed, the others are handled', async () => {
    const handled: string[] = [];
    const { answer, lines } = await handle(['a', 'b', 'c'], async (record) => {
      if (record !== 'c') throw new Error(`no luck with Nadia`);
      handled.push(record);
    });
    expect(handled).toEqual(['c']);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'id-a' }, { itemIdentifier: 'id-b' }] });
    expect(lines.join()).not.toContain('Nadia');
    const counted = lines.map((text) => JSON.parse(text)).filter((entry) => entry.FailedRecords === 1);
    expect(counted).toHaveLength(2);
  });

  test('gives back what has to wait, too, and makes no fault of it', async () => {
    const lines: string[] = [];
    const telemetry = createTelemetry('test', (text) => lines.push(text));
    const later = async () => {
      throw new RangeError('later');
    };
    const answer = await handleEach(
      ['a'],
      () => 'id-a',
      later,
      telemetry,
      (error) => error instanceof RangeError,
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'id-a' }] });
    expect(lines.map((text) => JSON.parse(text))).toEqual([
      { level: 'info', message: 'record postponed', function: 'test', record: 'id-a', why: 'later' },
    ]);
  });

  test('may be empty', async () => {
    expect((await handle([], async () => {})).answer).toEqual({ batchItemFailures: [] });
  });
});
