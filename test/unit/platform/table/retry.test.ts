import { expect, it } from 'vitest';
import { timeTaken } from '../../../../shared/booking/problems.ts';
import { withDeadline } from '../../../../shared/platform/deadline.ts';
import { Problem } from '../../../../shared/platform/http/problems.ts';
import { retry } from '../../../../shared/platform/table/retry.ts';

const unhurried = () => Uint8Array.of(0);
const slow = () => Uint8Array.of(255);
const leaving = (milliseconds: number) => ({ getRemainingTimeInMillis: () => milliseconds });
const results =
  <T>(...list: T[]) =>
  async (): Promise<T | undefined> =>
    list.shift();

it('a command whose page somebody else has changed is tried again until it succeeds', async () => {
  const attempt = results(undefined, undefined, undefined, 'booked', 'booked twice');
  expect(await retry(unhurried, attempt)).toBe('booked');
  expect(await attempt()).toBe('booked twice');
});

it('a command that is refused is not tried again', async () => {
  let attempts = 0;
  const refused = async () => {
    attempts += 1;
    throw new Problem(timeTaken);
  };
  await expect(retry(unhurried, refused)).rejects.toMatchObject({ code: 'time_taken' });
  expect(attempts).toBe(1);
});

it('a command that always comes too late is answered: the system is busy, try again', async () => {
  await expect(withDeadline(leaving(30), () => retry(unhurried, async () => undefined))).rejects.toMatchObject({
    code: 'busy',
    extras: { retryAfter: 2 },
  });
});

it('gives up while a third of the time is left, and does not sleep past that', async () => {
  const began = performance.now();
  await expect(withDeadline(leaving(600), () => retry(slow, async () => undefined))).rejects.toMatchObject({
    code: 'busy',
  });
  expect(performance.now() - began).toBeLessThan(600);
});

it('what begins after the deadline tries once, and no more', async () => {
  let attempts = 0;
  const late = (result: string | undefined) =>
    withDeadline(leaving(0), () =>
      retry(unhurried, async () => {
        attempts += 1;
        return result;
      }),
    );
  await expect(late('done')).resolves.toBe('done');
  await expect(late(undefined)).rejects.toMatchObject({ code: 'busy' });
  expect(attempts).toBe(2);
});
