import { Problem } from '../platform/http/problems.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import type { Clock } from '../platform/time/clock.ts';
import { isoUtc } from '../platform/time/time.ts';
import type { Audit } from './audit.ts';
import { listAudit } from './contract.ts';

const encoded = (sortKey: string): string => Buffer.from(sortKey).toString('base64url');

/** Throws invalid_request for a cursor of another day. */
const decoded = (cursor: string, date: string): string => {
  const sortKey = Buffer.from(cursor, 'base64url').toString();
  if (sortKey.startsWith(`${date}T`)) return sortKey;
  throw new Problem('invalid_request', { errors: [{ path: 'cursor', message: 'is not a cursor of this day' }] });
};

export const auditBindings = ({ audit, now }: { audit: Pick<Audit, 'ofDay'>; now: Clock }): Binding[] => [
  bind(listAudit, async ({ query: { date = isoUtc(now()).slice(0, 10), limit, cursor } }) => {
    const { entries, last } = await audit.ofDay(date, { limit, after: cursor && decoded(cursor, date) });
    return {
      date,
      entries: entries.map((entry) => ({ ...entry, at: isoUtc(entry.at) })),
      ...(last ? { cursor: encoded(last) } : {}),
    };
  }),
];
