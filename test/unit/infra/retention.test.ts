import { describe, expect, it } from 'vitest';
import { expiredClients, monthsBefore } from '../../../infra/retention/rules.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const at = (text: string) => Date.parse(`${text}T12:00:00Z`);
const record = (clientId: string, date: string) => ({ clientId, at: at(date) });

describe('clients who have not been seen for 36 months', () => {
  const expired = (...traces: { clientId: string; at: number }[]) =>
    expiredClients([record('old', '2020-01-01'), record('new', '2026-01-01')], traces, now, 36).map(
      ({ clientId }) => clientId,
    );

  it('are those whose record is older, and of whom nothing is later', () => {
    expect(expired()).toEqual(['old']);
    expect(expired({ clientId: 'old', at: at('2023-11-28') })).toEqual(['old']);
    expect(expired({ clientId: 'old', at: at('2023-11-30') })).toEqual([]);
  });

  it('are never those with a visit ahead', () => {
    expect(expired({ clientId: 'old', at: at('2027-03-01') }, { clientId: 'old', at: at('2020-02-01') })).toEqual([]);
  });

  it('are not made of visits of somebody who is no client any more', () => {
    expect(expired({ clientId: 'gone', at: at('2020-01-01') })).toEqual(['old']);
  });

  it('come in the order in which they were last seen', () => {
    const records = [record('b', '2021-01-01'), record('a', '2020-01-01'), record('c', '2019-01-01')];
    const found = expiredClients(records, [record('c', '2022-01-01')], now, 36);
    expect(found.map(({ clientId }) => clientId)).toEqual(['a', 'b', 'c']);
    expect(found[2]).toEqual({ clientId: 'c', lastSeen: at('2022-01-01') });
  });
});

it.each([
  ['2026-11-29', 36, '2023-11-29'],
  ['2026-03-31', 1, '2026-02-28'],
  ['2024-02-29', 12, '2023-02-28'],
  ['2026-01-15', 2, '2025-11-15'],
])('%s less %i months is %s', (from, months, to) => {
  expect(monthsBefore(at(from), months)).toBe(at(to));
});
