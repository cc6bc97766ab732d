import { expect, test } from 'vitest';
import { memoByKey, memoByObject, once, whenCalled } from '../../../shared/platform/memo.ts';

/** A function that counts how often it was asked for each key. */
const counting = <K, V>(answer: (key: K) => V) => {
  const asked: K[] = [];
  return {
    asked,
    answer: (key: K): V => {
      asked.push(key);
      return answer(key);
    },
  };
};

test('a thing is made at its first use, and once, even where it is nothing', () => {
  const { asked, answer } = counting(() => undefined);
  const thing = once(() => answer('made'));
  expect(asked).toEqual([]);
  expect([thing(), thing()]).toEqual([undefined, undefined]);
  expect(asked).toEqual(['made']);
});

test('a thing that could not be made is tried again', () => {
  let tries = 0;
  const thing = once(() => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
    return tries;
  });
  expect(thing).toThrow('not yet');
  expect([thing(), thing()]).toEqual([2, 2]);
});

test('a function is loaded when it is first called, and once', async () => {
  let loads = 0;
  const add = whenCalled(async () => {
    loads += 1;
    return async (a: number, b: number) => a + b;
  });
  expect(loads).toBe(0);
  expect(await Promise.all([add(1, 2), add(3, 4)])).toEqual([3, 7]);
  expect(loads).toBe(1);
});

test('answers are remembered by key, undefined is not', () => {
  const { asked, answer } = counting((key: string) => (key === 'none' ? undefined : key.length));
  const length = memoByKey(answer);
  expect(['a', 'none', 'a', 'none'].map(length)).toEqual([1, undefined, 1, undefined]);
  expect(asked).toEqual(['a', 'none', 'none']);
});

test('no more answers are remembered than may be', () => {
  const { asked, answer } = counting((key: number) => -key);
  const negative = memoByKey(answer, 2);
  expect([1, 2, 1, 3, 3, 1].map(negative)).toEqual([-1, -2, -1, -3, -3, -1]);
  expect(asked).toEqual([1, 2, 3, 1]);
});

test('answers are remembered by object, not by what is in it', () => {
  const { asked, answer } = counting(({ name }: { name: string }) => name);
  const nameOf = memoByObject(answer);
  const [one, other] = [{ name: 'Amina' }, { name: 'Amina' }];
  expect([one, other, one].map(nameOf)).toEqual(['Amina', 'Amina', 'Amina']);
  expect(asked).toEqual([one, other]);
});

test('what failed to load is loaded again at the next call, and then kept', async () => {
  let loads = 0;
  const call = whenCalled(async () => {
    loads += 1;
    if (loads === 1) throw new Error('not yet');
    return async (name: string) => `called by ${name}`;
  });
  await expect(call('ann')).rejects.toThrow('not yet');
  expect([await call('ann'), await call('bo'), loads]).toEqual(['called by ann', 'called by bo', 2]);
});
