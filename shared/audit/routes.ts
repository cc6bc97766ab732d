import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts';
import { type Binding, bind } from '../platform/http/server.ts';
import type { Clock } from '../platform/time/clock.ts';
import { isoUtc } from '../platform/time/time.ts';
import type { Audit } from './audit.ts';
import { listAudit, listReads } from './contract.ts';

interface Query {
  date?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

interface AuditDeps {
  audit: Pick<Audit, 'ofDay' | 'readsOfDay'>;
  now: Clock;
  /** Names of the members of staff among the ids. */
  namesOf: (ids: readonly string[]) => Promise<{ id: string; name: string }[]>;
}

export const auditBindings = ({ audit, now, namesOf }: AuditDeps): Binding[] => {
  /** Whoever did something, or something was done to. */
  const peopleIn = (entries: readonly { by: string; subject: string }[]) =>
    namesOf(entries.flatMap(({ by, subject }) => [by, subject.replace(/^person\//, '')]));
  const pageOf = ({ date = isoUtc(now()).slice(0, 10), limit, cursor }: Query) => ({
    date,
    options: { limit, after: cursor && decodeCursor(cursor, (sortKey) => sortKey.startsWith(`${date}T`)) },
  });
  const more = (last: string | undefined) => (last ? { cursor: encodeCursor(last) } : {});
  return [
    bind(listAudit, async ({ query }) => {
      const { date, options } = pageOf(query);
      const { entries, last } = await audit.ofDay(date, options);
      return {
        date,
        entries: entries.map((entry) => ({ ...entry, at: isoUtc(entry.at) })),
        people: await peopleIn(entries),
        ...more(last),
      };
    }),
    bind(listReads, async ({ query }) => {
      const { date, options } = pageOf(query);
      const { entries, last } = await audit.readsOfDay(date, options);
      return {
        date,
        entries: entries.map(({ since, ...entry }) => ({ ...entry, at: isoUtc(since) })),
        people: await peopleIn(entries),
        ...more(last),
      };
    }),
  ];
};
