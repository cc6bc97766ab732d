import { expect, it } from 'vitest';
import { Problem } from '../../../../shared/platform/http/problems.ts';
import { persist } from '../../../../shared/platform/table/retry.ts';

const unhurried = () => Uint8Array.of(0);
const results =
  <T>(...list: T[]) =>
  async (): Promise<T | undefined> =>
    list.shift();

it('a command whose page somebody else has changed is tried again until it succeeds', async () => {
  const attempt = results(undefined, undefined, undefined, 'booked', 'booked twice');
  expect(await persist(60, unhurried, attempt)).toBe('booked');
  expect(await attempt()).toBe('booked twice');
});

it('a command that is refused is not tried again', async () => {
  let attempts = 0;
  const refused = async () => {
    attempts += 1;
    throw new Problem('time_taken');
  };
  await expect(persist(60, unhurried, refused)).rejects.toMatchObject({ code: 'time_taken' });
  expect(attempts).toBe(1);
});

it('a command that always comes too late is answered: the system is busy, try again', async () => {
  await expect(persist(0.01, unhurried, async () => undefined)).rejects.toMatchObject({
    code: 'busy',
    extras: { retryAfter: 2 },
  });
});
