/** One item of the table, as far as it tells when somebody was last heard of. */
export interface Trace {
  clientId: string;
  /** Milliseconds since 1970: when the record was made, a visit ends, or a wish to wait last changed. */
  at: number;
}

/** A client whom retention would delete, with the moment from which nothing more is known. */
export interface Expired {
  clientId: string;
  lastSeen: number;
}

/** The same day and time so many months earlier; the last day of a month that is shorter. */
export const monthsBefore = (now: number, months: number): number => {
  const at = new Date(now);
  const day = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() - months);
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(day, lastDay));
  return at.getTime();
};

/**
 * Clients of whom nothing is later than so many months ago, the longest unseen first. Appointments count whatever became
 * of them, so whoever has one ahead stays.
 */
export const expiredClients = (
  records: readonly Trace[],
  traces: Iterable<Trace>,
  now: number,
  months: number,
): Expired[] => {
  const lastSeen = new Map(records.map(({ clientId, at }) => [clientId, at]));
  for (const { clientId, at } of traces) {
    const known = lastSeen.get(clientId);
    if (known !== undefined && at > known) lastSeen.set(clientId, at);
  }
  const limit = monthsBefore(now, months);
  return [...lastSeen]
    .filter(([, at]) => at < limit)
    .map(([clientId, at]) => ({ clientId, lastSeen: at }))
    .sort((one, other) => one.lastSeen - other.lastSeen);
};
