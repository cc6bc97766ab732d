import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import type { Clock } from '../platform/time/clock.ts';
import { isoUtc } from '../platform/time/time.ts';
import type { Audit } from './audit.ts';
import { listAudit } from './contract.ts';

export const auditBindings = ({ audit, now }: { audit: Pick<Audit, 'ofDay'>; now: Clock }): Binding[] => [
  bind(listAudit, async ({ query: { date = isoUtc(now()).slice(0, 10), limit, cursor } }) => {
    const after = cursor && decodeCursor(cursor, (sortKey) => sortKey.startsWith(`${date}T`));
    const { entries, last } = await audit.ofDay(date, { limit, after });
    return {
      date,
      entries: entries.map((entry) => ({ ...entry, at: isoUtc(entry.at) })),
      ...(last ? { cursor: encodeCursor(last) } : {}),
    };
  }),
];
