import { queueNames } from '../../../shared/background/kinds.ts';
import { instantOf, isZone, LocalTimeMissing } from '../../../shared/platform/time/time.ts';
import { AwsError } from './api/aws-error.ts';
import { accountId, queues, region, scheduleGroup } from './names.ts';

/** Input of CreateSchedule and UpdateSchedule, as the SDK sends it. */
export interface ScheduleInput {
  GroupName?: string;
  ScheduleExpression?: string;
  ScheduleExpressionTimezone?: string;
  FlexibleTimeWindow?: { Mode?: string; MaximumWindowInMinutes?: number };
  Target?: { Arn?: string; RoleArn?: string; Input?: string; [option: string]: unknown };
  ActionAfterCompletion?: string;
  State?: string;
  Description?: string;
  ClientToken?: string;
  [option: string]: unknown;
}

export interface Schedule {
  name: string;
  group: string;
  /** The instant at which it fires, in milliseconds. */
  dueAt: number;
  /** Message that it puts into the queue that is its target. */
  input: string;
  createdAt: number;
  modifiedAt: number;
  definition: ScheduleInput;
}

/** One-time schedules as EventBridge Scheduler keeps them. Times are milliseconds. */
export interface ScheduleBook {
  create(name: string, input: ScheduleInput): Schedule;
  update(name: string, input: ScheduleInput): Schedule;
  delete(name: string, group?: string): void;
  get(name: string, group?: string): Schedule;
  /** By name, as AWS lists them. */
  list(group?: string): Schedule[];
  /** Enabled ones, earliest first. */
  upcoming(): readonly Schedule[];
  /** Takes the enabled ones that are due at `instant`, earliest first; what is to be deleted after completion is. */
  takeDue(instant: number): Schedule[];
  state(): Schedule[];
}

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
const missing = (name: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);

/** `arn:aws:scheduler:…:schedule/group/name`. */
export const scheduleArn = ({ group, name }: Pick<Schedule, 'group' | 'name'>): string =>
  `arn:aws:scheduler:${region}:${accountId}:schedule/${group}/${name}`;

const dueInstant = (expression: string | undefined, zone: string): number => {
  const [, date, time] = /^at\((\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})\)$/.exec(expression ?? '') ?? [];
  if (!date || !time) {
    throw invalid(`Invalid Schedule Expression ${expression}: on this computer only at(yyyy-mm-ddThh:mm:ss) is known.`);
  }
  if (!isZone(zone)) throw invalid(`The ScheduleExpressionTimezone ${zone} is not valid.`);
  try {
    return instantOf(date, time, zone);
  } catch (error) {
    if (error instanceof LocalTimeMissing || error instanceof RangeError) throw invalid(error.message);
    throw error;
  }
};

const targetOf = ({ Target: target }: ScheduleInput): NonNullable<ScheduleInput['Target']> => {
  if (!target?.Arn || !target.RoleArn) throw invalid('Target needs Arn and RoleArn.');
  const targets = queueNames.map((queue) => queues[queue].arn);
  if (!targets.includes(target.Arn)) throw invalid(`On this computer a target can only be ${targets.join(' or ')}.`);
  return target;
};

export const createScheduleBook = (
  now: () => number,
  changed: () => void,
  state: readonly Schedule[] = [],
): ScheduleBook => {
  const key = (name: string, group: string = 'default'): string => `${group}/${name}`;
  const schedules = new Map(state.map((schedule) => [key(schedule.name, schedule.group), schedule]));

  /** Kept between changes: winding asks for them at every stop, and there may be tens of thousands. */
  let inOrder: readonly Schedule[] | undefined;
  const upcoming = (): readonly Schedule[] => {
    inOrder ??= [...schedules.values()]
      .filter((schedule) => schedule.definition.State !== 'DISABLED')
      .sort((a, b) => a.dueAt - b.dueAt);
    return inOrder;
  };

  const touched = (): void => {
    inOrder = undefined;
    changed();
  };

  const parse = (name: string, input: ScheduleInput, createdAt: number): Schedule => {
    const group = input.GroupName ?? 'default';
    if (!/^[0-9a-zA-Z-_.]{1,64}$/.test(name)) throw invalid(`Value '${name}' at 'name' failed to satisfy constraint.`);
    if (group !== 'default' && group !== scheduleGroup) {
      throw new AwsError('ResourceNotFoundException', `Schedule group ${group} does not exist.`, 404);
    }
    if (!input.FlexibleTimeWindow?.Mode) throw invalid('FlexibleTimeWindow is required.');
    const target = targetOf(input);
    const dueAt = dueInstant(input.ScheduleExpression, input.ScheduleExpressionTimezone ?? 'UTC');
    const second = Math.floor(now() / 1000) * 1000;
    if (dueAt < second) throw invalid('Invalid Schedule Expression: the time has passed.');
    return {
      name,
      group,
      dueAt,
      input: target.Input ?? '',
      createdAt,
      modifiedAt: now(),
      definition: input,
    };
  };

  const put = (schedule: Schedule): Schedule => {
    schedules.set(key(schedule.name, schedule.group), schedule);
    touched();
    return schedule;
  };

  const get = (name: string, group?: string): Schedule => {
    const schedule = schedules.get(key(name, group));
    if (!schedule) throw missing(name);
    return schedule;
  };

  return {
    create: (name, input) => {
      const existing = schedules.get(key(name, input.GroupName));
      if (existing) {
        const repeated = input.ClientToken !== undefined && existing.definition.ClientToken === input.ClientToken;
        if (repeated) return existing;
        throw new AwsError('ConflictException', `Schedule ${name} already exists.`, 409);
      }
      return put(parse(name, input, now()));
    },
    update: (name, input) => put(parse(name, input, get(name, input.GroupName).createdAt)),
    delete: (name, group) => {
      get(name, group);
      schedules.delete(key(name, group));
      touched();
    },
    get,
    list: (group) =>
      [...schedules.values()]
        .filter((schedule) => group === undefined || schedule.group === group)
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    upcoming,
    takeDue: (instant) => {
      const order = upcoming();
      const later = order.findIndex((schedule) => schedule.dueAt > instant);
      const due = order.slice(0, later < 0 ? order.length : later);
      for (const schedule of due) {
        if (schedule.definition.ActionAfterCompletion === 'DELETE')
          schedules.delete(key(schedule.name, schedule.group));
        else schedule.definition = { ...schedule.definition, State: 'DISABLED' };
      }
      if (due.length > 0) touched();
      return due;
    },
    state: () => [...schedules.values()],
  };
};
