import { describe, expect, test } from 'vitest';
import { handleEach } from '../../../shared/platform/batch.ts';
import { deadline, withDeadline } from '../../../shared/platform/deadline.ts';
import { httpStack } from '../../../shared/platform/http/lambda.ts';
import { silent } from '../../../shared/platform/telemetry.ts';
import { httpEventOf } from '../../support/unit/http-event.ts';

const limit = (milliseconds: number) => ({ getRemainingTimeInMillis: () => milliseconds });
const pause = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('the deadline of an invocation', () => {
  test('leaves a third of the time that the function has left', () => {
    const before = performance.now();
    const until = withDeadline(limit(30_000), deadline);
    expect(until - before).toBeGreaterThanOrEqual(20_000);
    expect(until - performance.now()).toBeLessThanOrEqual(20_000);
  });

  test('is shared by all records of a batch, whatever each of them has waited for', async () => {
    const seen: number[] = [];
    await withDeadline(limit(30_000), () =>
      handleEach(
        ['a', 'b', 'c'],
        (record) => record,
        async () => {
          await pause();
          seen.push(deadline());
          await pause();
          seen.push(deadline());
        },
        silent,
      ),
    );
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(1);
  });

  test('belongs to its invocation: those that run at the same time keep their own', async () => {
    const deadlineLater = async () => {
      await pause();
      return deadline();
    };
    const [short, long] = await Promise.all([
      withDeadline(limit(3_000), deadlineLater),
      withDeadline(limit(30_000), deadlineLater),
    ]);
    expect(long - short).toBeGreaterThan(17_000);
  });

  test.each([undefined, {}])('is ten seconds away, again each time, without a limit: %j', async (none) => {
    const first = withDeadline(none, deadline);
    await pause();
    const second = withDeadline(none, deadline);
    expect(second).toBeGreaterThan(first);
    expect(first - performance.now()).toBeLessThanOrEqual(10_000);
  });

  test('is set by the stack of HTTP functions, and after three seconds for whoever has not signed in', async () => {
    let left = 0;
    const handler = httpStack(silent, async () => {
      left = deadline() - performance.now();
      return { statusCode: 204 };
    });
    const leftFor = async (authorizer?: object) => {
      const event = httpEventOf();
      await handler(
        { ...event, requestContext: { ...event.requestContext, authorizer } } as never,
        limit(15_000) as never,
      );
      return Math.round(left / 1000);
    };
    expect(await leftFor({ jwt: { claims: { sub: 'a1', token_use: 'id' } } })).toBe(10);
    expect(await leftFor()).toBe(3);
  });
});
