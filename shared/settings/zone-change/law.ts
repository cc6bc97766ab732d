import { type Audit, system } from '../../audit/audit.ts';
import type { JobStore } from '../../background/jobs/job.ts';
import { CatalogueMissing, type CatalogueReader } from '../../business/reader.ts';
import { newId, type Random } from '../../platform/ids.ts';
import type { RegularsTable } from '../../platform/table/table.ts';
import { transact } from '../../platform/table/transact.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { day, type Instant } from '../../platform/time/time.ts';
import { daysAhead } from '../affected.ts';
import type { Job } from '../jobs/job.ts';
import type { ZoneRules, ZoneRulesStore } from './rules-store.ts';

/**
 * Days after new rules at which what is booked is looked through. AWS renews the runtime of functions one by one, within
 * days: until the last, some book by the old rules what others read by the new.
 */
const checkedAfterDays = [0, 2, 14];

/** `2026c` comes after `2026b` and `2025z`. */
const isNewer = (version: string, than: string): boolean =>
  version.length === than.length
    ? version > than
    : version.slice(0, 4) >= than.slice(0, 4) && version.length > than.length;

/** The state once a check that is due now has begun; `undefined`: none is, or older rules than the table's run here. */
export const nextCheck = (kept: ZoneRules | undefined, version: string, now: Instant): ZoneRules | undefined => {
  if (!kept || isNewer(version, kept.version)) return { version, since: now, checks: 1 };
  const days = checkedAfterDays[kept.checks];
  if (version !== kept.version || days === undefined || now < kept.since + days * day) return undefined;
  return { ...kept, checks: kept.checks + 1 };
};

/** Ids; `undefined` before there is a business, as in a stack that is new. */
const locationsOf = async (catalogue: Pick<CatalogueReader, 'recent'>): Promise<string[] | undefined> => {
  try {
    return (await catalogue.recent()).locations.map(({ id }) => id);
  } catch (error) {
    if (error instanceof CatalogueMissing) return undefined;
    throw error;
  }
};

/**
 * Compares the rules of time zones that run here with those that the table knows. Where they are newer, or a table meets
 * any for the first time, it starts the job that brings every appointment and blocked time ahead to its promised time
 * by the clock; the audit names it, for whoever wants to see what could not move. Answers what it did. `rules`: version of the IANA database here; `undefined` where it isn't told.
 */
export const createZoneLaw = (deps: {
  table: RegularsTable;
  catalogue: Pick<CatalogueReader, 'recent'>;
  store: ZoneRulesStore;
  createJob: JobStore<Job>['create'];
  audit: Pick<Audit, 'writes'>;
  rules: string | undefined;
  now: Clock;
  random: Random;
}) => {
  const { table, catalogue, store, createJob, audit, rules, now, random } = deps;
  return async (): Promise<'started' | 'current' | 'empty' | 'unknown'> => {
    if (rules === undefined) return 'unknown';
    const kept = await store.get();
    const at = now();
    const next = nextCheck(kept, rules, at);
    if (!next) return 'current';
    const locations = await locationsOf(catalogue);
    if (!locations) return 'empty';
    const why = `zone-rules/${rules}`;
    const job: Job = {
      ...{ id: newId(random), kind: 'rezone', why, at, by: system.id, roles: [], round: 1 },
      zone: { keep: 'localTime' },
      days: { locations, ...daysAhead(at) },
    };
    // If somebody else was faster, theirs is the job.
    const { committed } = await transact(table, [
      store.replace(next, kept),
      createJob(job),
      ...audit.writes(
        { ...system, roles: [] },
        { at, action: 'zone_rules.checked', subject: why, details: { jobs: job.id } },
      ),
    ]);
    return committed ? 'started' : 'current';
  };
};
