import { expect, test } from 'vitest';
import { createIdentify } from '../../../shared/people/access/identify.ts';
import type { PersonRecord } from '../../../shared/people/store.ts';
import { Problem } from '../../../shared/platform/http/problems.ts';

const start = Date.parse('2026-11-22T15:00:00Z');
const seconds = (instant: number): number => Math.floor(instant / 1000);

const codeOfThrown = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );

const people = (held: Partial<PersonRecord> | undefined) => {
  let [clock, reads] = [start, 0];
  let person = held;
  const identify = createIdentify({
    now: () => clock,
    store: {
      get: async (sub) => {
        reads += 1;
        return person && { sub, version: 1, ...person };
      },
      signedOutAt: async () => undefined,
    },
  });
  return {
    ask: (issuedAt = seconds(clock), roles: ('owner' | 'staff')[] = ['staff']) =>
      identify({ id: 'a1', roles, issuedAt }),
    wind: (milliseconds: number) => {
      clock += milliseconds;
    },
    become: (next: Partial<PersonRecord>) => {
      person = next;
    },
    reads: () => reads,
  };
};

test('who exists in the pool alone keeps their role, everywhere', async () => {
  expect(await people(undefined).ask()).toEqual({ id: 'a1', roles: ['staff'], issuedAt: seconds(start) });
});

test('what is held is added, at one read a minute', async () => {
  const { ask, wind, reads } = people({ staffId: 'amina', locations: ['soho'] });
  expect(await ask()).toMatchObject({ staffId: 'amina', locations: ['soho'] });
  wind(59_999);
  await ask();
  expect(reads()).toBe(1);
  wind(1);
  await ask();
  expect(reads()).toBe(2);
});

test('a role that is held narrows what the token says, and never adds', async () => {
  const { ask } = people({ role: 'staff' });
  expect((await ask(undefined, ['owner', 'staff'])).roles).toEqual(['staff']);
  expect((await people({ role: 'owner' }).ask()).roles).toEqual([]);
});

test('who is removed is out within a minute, whenever the token was issued', async () => {
  const { ask, wind, become } = people({});
  await ask();
  become({ disabledAt: start });
  wind(60_000);
  expect(await codeOfThrown(ask())).toBe('unauthenticated');
});

test('tokens issued until the revocation count no more, later ones do', async () => {
  const { ask, wind } = people({ revokedAt: start + 400 });
  expect(await codeOfThrown(ask(seconds(start)))).toBe('unauthenticated');
  wind(1_000);
  expect(await ask()).toMatchObject({ id: 'a1' });
});

test('a read that fails is tried again, and lets nobody in', async () => {
  let failing = true;
  const identify = createIdentify({
    now: () => start,
    store: {
      get: async () => {
        if (failing) throw new Error('no table');
        return undefined;
      },
      signedOutAt: async () => undefined,
    },
  });
  const ask = () => identify({ id: 'a1', roles: ['owner'], issuedAt: seconds(start) });
  await expect(ask()).rejects.toThrow('no table');
  failing = false;
  expect((await ask()).roles).toEqual(['owner']);
});

test('sessions that were ended are over, whatever they have renewed since; later ones are not', async () => {
  const identify = createIdentify({
    now: () => start,
    store: { get: async () => undefined, signedOutAt: async () => start },
  });
  const ask = (beganAt: number | undefined, issuedAt: number) =>
    codeOfThrown(identify({ id: 'a1', roles: ['staff'], issuedAt, ...(beganAt === undefined ? {} : { beganAt }) }));
  const second = seconds(start);
  expect([await ask(second, second + 900), await ask(undefined, second)]).toEqual([
    'unauthenticated',
    'unauthenticated',
  ]);
  expect([await ask(second + 1, second + 900), await ask(undefined, second + 1)]).toEqual(['done', 'done']);
});
