import { randomUUID } from 'node:crypto';
import { hour } from '../../../support/durations.ts';
import type { Act } from '../../journey/life.ts';
import type { Of } from '../histories.ts';
import type { ModelAppointment, Row, Visit } from '../model.ts';
import { atBrooklyn, demand, inWords, must, outcomeOf, type Scene } from '../scene.ts';
import { clockText, dateAfter, halfHourOf, instantOf, wall } from './calendar.ts';

const inTime = (appointments: readonly ModelAppointment[]): ModelAppointment[] =>
  appointments.toSorted((one, other) => one.startsAt - other.startsAt);

/** The first speaks for all. */
const voiceOf = (index: number): Act['row'] => (index === 0 ? 'speaks' : 'silent');

/** Repeating appointments. Each change has gone out before the next begins: else another of the row might have to speak. */
export const createRows = (scene: Scene) => {
  const { desk, model, own, now } = scene;
  const { system, mails } = scene.world;

  const chosenRow = (which: number): Row | undefined => own.rows[which % Math.max(1, own.rows.length)];
  const liesAhead = ({ status, startsAt }: ModelAppointment): boolean =>
    (status === 'pending' || status === 'confirmed') && startsAt > now();

  const within = ({ members }: Row, scope: Of<'cancelRow'>['scope'], named: ModelAppointment): ModelAppointment[] => {
    if (scope === 'one') return [named];
    return members.slice(scope === 'all' ? 0 : members.indexOf(named)).filter(liesAhead);
  };

  const namedIn = ({ members }: Row, member: number): ModelAppointment =>
    members[member % members.length] as ModelAppointment;
  const scopeOf = (scope: Of<'cancelRow'>['scope'], { id }: ModelAppointment) =>
    scope === 'all' ? { scope } : { scope, appointmentId: id };

  /** The wishes that can't be had, each placed as if those before it had their times. */
  const obstacles = (wishes: readonly Visit[], leaving: readonly ModelAppointment[], isLate: boolean): string[] => {
    const placed: Visit[] = [];
    return wishes.flatMap((wish) => {
      const code = isLate ? 'time_unavailable' : model.isTaken(wish, leaving, placed) ? 'time_taken' : undefined;
      if (!code) placed.push(wish);
      return code ? [`${new Date(wish.startsAt).toISOString()} ${code}`] : [];
    });
  };

  type Answer = {
    ok: boolean;
    problem?: { code: string; conflicts?: { startsAt: string; code: string }[] | undefined };
  };
  const agree = (answer: Answer, right: readonly string[], what: string): void => {
    const told = (answer.problem?.conflicts ?? []).map(
      ({ startsAt, code }) => `${new Date(startsAt).toISOString()} ${code}`,
    );
    const expected = right.length === 0 ? 'ok' : 'series_conflict';
    const code = answer.ok ? 'ok' : answer.problem?.code;
    demand(code === expected, () => `${what}: ${code}, not ${expected} ${right}`);
    demand(told.join() === right.join(), () => `${what}: in the way is said to be ${told}, and is ${right}`);
  };

  return {
    async row(step: Of<'row'>): Promise<void> {
      const first = scene.wish(step);
      const text = clockText(halfHourOf(step.halfHour));
      const wishes = Array.from({ length: step.count }, (_, week) => ({
        ...first,
        startsAt: instantOf(`${dateAfter(first.startsAt, 7 * week)}T${text}`),
      }));
      const right = obstacles(wishes, [], scene.endsTooLate(first.serviceId, step.halfHour));
      const answer = await desk.bookSeries({
        body: {
          ...atBrooklyn(first),
          rule: { every: 'weeks', interval: 1, count: step.count },
          client: { firstName: 'Nadia', email: scene.emailOf(step.client), language: 'en' },
        },
        idempotencyKey: randomUUID(),
      });
      agree(answer, right, `a row from ${inWords(first)} on`);
      if (!answer.ok) return;
      const { id, occurrences } = answer.data;
      const members = occurrences.map(({ appointmentId, startsAt }, index) => {
        const wish = { ...first, startsAt: Date.parse(startsAt) };
        demand(wish.startsAt === wishes[index]?.startsAt, () => `one of the row is at ${startsAt}`);
        own.appointments.add(appointmentId);
        return model.booked({ ...wish, id: appointmentId, token: undefined }, now(), voiceOf(index));
      });
      const [speaker] = members;
      const row: Row = { id, members, told: [`series.booked ${speaker?.id}`] };
      own.rows.push(row);
      model.rows.push(row);
      await system.settle();
      // The confirmation brings the link of the first; the others' links come with their reminders.
      const mail = mails().find(({ tags }) => tags['message'] === `${speaker?.id}_confirmation_0`);
      if (speaker) speaker.token = /\/a\/(\S+)/.exec(mail?.text ?? '')?.[1];
      demand(speaker?.token !== undefined, () => `${speaker?.id}: no link is mailed`);
    },

    async cancelRow({ which, scope, member }: Of<'cancelRow'>): Promise<void> {
      const row = chosenRow(which);
      if (!row) return;
      const named = namedIn(row, member);
      const may = scope !== 'one' || named.status === 'cancelled' || liesAhead(named);
      const targets = inTime(within(row, scope, named).filter(liesAhead));
      const answer = await desk.cancelSeries({ params: { seriesId: row.id }, body: scopeOf(scope, named) });
      const right = may ? 'ok' : 'status_conflict';
      demand(outcomeOf(answer) === right, () => `cancelling ${scope} of a row: ${outcomeOf(answer)}, not ${right}`);
      const [first] = targets;
      if (!first) return;
      for (const [index, each] of targets.entries()) model.did(each, 'cancelled', now(), { row: voiceOf(index) });
      row.told.push(`series.cancelled ${first.id}`);
      await system.settle();
    },

    async moveRow({ which, scope, member, later, halfHour }: Of<'moveRow'>): Promise<void> {
      const row = chosenRow(which);
      if (!row) return;
      const named = namedIn(row, member);
      const targets = within(row, scope, named);
      const wishes = targets.map((each) => ({
        ...each,
        startsAt: instantOf(wall(dateAfter(each.startsAt, later), halfHourOf(halfHour))),
      }));
      // Staff may enter what was earlier today; of that nobody hears.
      if (wishes.some(({ startsAt }) => startsAt < now() + hour)) return;
      const isLate = scene.endsTooLate(named.serviceId, halfHour);
      const what = `moving ${scope} of a row by ${later} days to ${clockText(halfHourOf(halfHour))}`;
      const answer = await desk.moveSeries({
        params: { seriesId: row.id },
        body: { ...scopeOf(scope, named), days: later, time: clockText(halfHourOf(halfHour)) },
      });
      if (scope === 'one' && !liesAhead(named)) {
        demand(
          outcomeOf(answer) === 'status_conflict',
          () => `${what}: ${outcomeOf(answer)} of what is ${named.status}`,
        );
        return;
      }
      agree(answer, obstacles(wishes, targets, isLate), what);
      const [first] = targets;
      if (!answer.ok || !first) return;
      demand(must(answer, what).moved, () => `${what}: nothing has moved`);
      const goals = new Map(targets.map((each, index) => [each, wishes[index]?.startsAt ?? 0]));
      const moved = targets.filter((each) => goals.get(each) !== each.startsAt);
      const told = moved.toSorted((one, other) => (goals.get(one) ?? 0) - (goals.get(other) ?? 0));
      for (const [index, each] of told.entries())
        model.did(each, 'moved', now(), { startsAt: goals.get(each) ?? 0, row: voiceOf(index) });
      row.told.push(`series.moved ${first.id}`);
      await system.settle();
    },
  };
};
