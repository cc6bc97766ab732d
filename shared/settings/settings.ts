import type { Actor, Audit } from '../audit/audit.ts';
import type { JobStore } from '../background/jobs/job.ts';
import { describeAffected } from '../booking/appointments/affected.ts';
import type { Appointments } from '../booking/appointments/appointments.ts';
import { createCatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueEditor, HeldCatalogue } from '../business/editor.ts';
import { type Fault, Problem, unprocessable } from '../platform/http/problems.ts';
import { newId, type Random } from '../platform/ids.ts';
import type { Clock } from '../platform/time/clock.ts';
import { addDays } from '../platform/time/time.ts';
import { type AffectedAppointment, daysAhead, findAffected } from './affected.ts';
import { inNewZone, locationsAround, locationsConcerned, replanning } from './consequences.ts';
import type { Job } from './jobs/job.ts';
import { appointmentsAffected } from './problems.ts';
import { checkRole, type Decisions, type Edit, type Prepared, prepare } from './rules.ts';

const maxListed = 100;
/** Their ids must find room in one item. */
const maxCancelled = 10_000;

/** The row as it stands after the edit, and the work on what is booked already that it started. */
export interface Saved {
  version: number;
  value: unknown;
  jobs?: { id: string; kind: Job['kind'] }[] | undefined;
}

/** Subject of the change, as the paths of the API name it: `journey`, `locations/brooklyn`. */
const subjectOf = (kind: Edit['kind'], id: string): string => {
  if (kind === 'settings') return 'business';
  return kind === 'journey' ? kind : `${kind}/${id}`;
};

const undecided = (affected: readonly AffectedAppointment[], errors: readonly Fault[]): Problem => {
  const each = [...new Map(affected.map((one) => [one.appointment.id, one])).values()];
  const inOrder = each.sort((a, b) => a.appointment.startsAt - b.appointment.startsAt);
  return new Problem(appointmentsAffected, {
    detail: `${each.length === 1 ? '1 appointment ahead is' : `${each.length} appointments ahead are`} affected. Send the same again with ${errors.map(({ path, allowed = [] }) => `${path}: ${allowed.join(' or ')}`).join(', and ')}.`,
    errors,
    affected: inOrder.slice(0, maxListed).map(({ appointment, why }) => describeAffected(appointment, why)),
    affectedTotal: each.length,
  });
};

/** Tells the audit what was decided and which jobs begin. */
const decisionsAndJobs = ({ decision, zoneChange }: Decisions, started: readonly Job[]) => ({
  ...(decision ? { decision } : {}),
  ...(zoneChange ? { zoneChange } : {}),
  ...(started.length > 0 ? { jobs: started.map(({ id }) => id).join(', ') } : {}),
});

/** Changes of the business by staff. */
export const createSettings = (deps: {
  editor: CatalogueEditor;
  appointments: Pick<Appointments, 'ofDay'>;
  /** Makes a job part of the change. */
  createJob: JobStore<Job>['create'];
  audit: Pick<Audit, 'writes'>;
  now: Clock;
  random: Random;
}) => {
  const { editor, appointments, createJob, audit, now, random } = deps;

  /** Throws appointments_affected while a decision is lacking; answers what the decisions are about. */
  const decided = async (held: HeldCatalogue, edit: Edit, prepared: Prepared, decisions: Decisions) => {
    const before = createCatalogueIndex(held.catalogue, held.revision);
    const after = createCatalogueIndex(prepared.after, '');
    const zone = inNewZone(edit, prepared);
    const keep = decisions.zoneChange ?? 'localTime';
    const locations = locationsConcerned(held.catalogue, edit, prepared);
    const found = await findAffected(appointments, before, after, locations, now(), zone && { ...zone, keep });
    const errors: Fault[] = [];
    if (found.inNewZone.length > 0 && !decisions.zoneChange) {
      const message = 'whether appointments ahead keep the time by the clock, or the moment';
      errors.push({ path: 'zoneChange', message, allowed: ['localTime', 'instant'] });
    }
    if (found.conflicts.length > 0 && !decisions.decision) {
      const message = 'whether appointments that would no longer fit are kept as they are, or cancelled';
      errors.push({ path: 'decision', message, allowed: ['keep', 'cancel'] });
    }
    if (errors.length > 0) {
      const zoned = errors.some(({ path }) => path === 'zoneChange') ? found.inNewZone : [];
      const reasons = Map.groupBy([...zoned, ...found.conflicts], ({ appointment }) => appointment.id);
      const joined = [...reasons.values()].flatMap(([first, ...more]) =>
        first ? [{ ...first, why: [first, ...more].flatMap(({ why }) => why) }] : [],
      );
      throw undecided(joined, errors);
    }
    return { zone: zone && { locationId: zone.id, keep }, conflicts: found.conflicts };
  };

  const work = async (by: Actor, held: HeldCatalogue, edit: Edit, prepared: Prepared, decisions: Decisions) => {
    const { zone, conflicts } = await decided(held, edit, prepared, decisions);
    const at = now();
    const why = subjectOf(edit.kind, prepared.id);
    const job = (kind: Job['kind'], rest: Partial<Job>): Job => ({
      ...{ id: newId(random), kind, why, at, by: by.id, roles: [...(by.roles ?? [])], round: 1 },
      ...rest,
    });
    const again = replanning(held.catalogue, prepared.after);
    const started: Job[] = [];
    if (decisions.decision === 'cancel' && conflicts.length > 0) {
      if (conflicts.length > maxCancelled)
        throw unprocessable('decision', `can't cancel more than ${maxCancelled} appointments at once`, ['keep']);
      started.push(job('cancel', { appointments: conflicts.map(({ appointment }) => appointment.id) }));
    }
    if (again) {
      const locations = prepared.after.locations.map(({ id }) => id);
      const { from, until } = daysAhead(at);
      const days = { locations, from: addDays(from, -again.daysBack), until };
      started.push(job('replan', { touchpoints: again.touchpoints, days }));
    }
    if (zone) {
      const locations = locationsAround(prepared.after, zone.locationId);
      started.push(job('rezone', { zone, days: { locations, ...daysAhead(at) } }));
    }
    return { why, started };
  };

  return {
    /** Everything as it stands, with its versions. */
    load: editor.load,

    /**
     * Does the edit, its entry in the audit and the jobs that follow from it, all or nothing. The jobs begin by
     * themselves once they are committed. Throws what forbids it, and appointments_affected while a decision is lacking.
     */
    apply: (by: Actor, edit: Edit, decisions: Decisions = {}): Promise<Saved> =>
      editor.change(async (held) => {
        const prepared = prepare(held, edit);
        const { write, version, value, fields } = prepared;
        checkRole(by.roles ?? [], edit, prepared);
        if (!write) return { write, result: { version, value } };
        const { why, started } = await work(by, held, edit, prepared, decisions);
        const details = {
          act: 'removed' in write ? 'delete' : edit.act,
          ...(fields.length > 0 && edit.act !== 'create' ? { fields: fields.join(', ') } : {}),
          ...decisionsAndJobs(decisions, started),
        };
        return {
          write,
          writes: [
            ...started.map(createJob),
            ...audit.writes(by, { at: now(), action: 'settings.changed', subject: why, details }),
          ],
          result: {
            version,
            value,
            ...(started.length > 0 ? { jobs: started.map(({ id, kind }) => ({ id, kind })) } : {}),
          },
        };
      }),
  };
};
export type SettingsUseCase = ReturnType<typeof createSettings>;
