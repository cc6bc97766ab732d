import { Temporal } from 'temporal-polyfill';
import type { Catalogue, Touchpoint } from '../../../shared/business/catalogue.ts';
import { day, minute } from '../../support/durations.ts';
import type { Act, KindOfAct, Life } from './life.ts';

/**
 * What must come of an appointment, worked out from the catalogue's journey and from what was done with it: a second
 * opinion that shares no code with planner and delivery, and knows only what a business is promised.
 */

/** A message about one state of an appointment. */
export interface ExpectedMessage {
  touchpoint: string;
  occurrence: number;
  marketing: boolean;
  /**
   * `sent`: it goes. `skipped`: it must not go. `either`: something happened while it was on its way. `perhaps`: as
   * `either`, and it may be that nobody ever began.
   */
  fate: 'sent' | 'skipped' | 'either' | 'perhaps';
  due: number;
}

export interface Expected {
  /** Those that are due; each must have an outcome. */
  messages: ExpectedMessage[];
  /** Those that lie ahead, by touchpoint. */
  schedules: Map<string, number>;
}

/** How well the system runs: within how many milliseconds what falls due reaches the client, and an act is planned. */
export interface Pace {
  delivery: number;
  planning: number;
}

/** However often it has to be tried. */
export const underFaults: Pace = { delivery: 40 * minute, planning: 2 * minute };
/** A visit that is marked later than this has no review request any more. */
const latestMark = 3 * day;

/** A stretch of an appointment's life in which its time and state stayed the same. */
interface State {
  from: number;
  until: number;
  sequence: number;
  startsAt: number;
  status: KindOfAct;
  act: Act;
}

/** Pending again after a move; whatever else was done last is what it is. */
const statesOf = (acts: readonly Act[]): State[] => {
  let sequence = 0;
  return acts.map((act, index) => {
    if (act.kind === 'moved' || act.kind === 'cancelled') sequence += 1;
    const until = acts[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    return { from: act.at, until, sequence, startsAt: act.startsAt, status: act.kind, act };
  });
};

const local = (instant: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);

const clockTime = (text: string): number => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
};

/** The end of the quiet hours that an instant falls into. */
const afterQuiet = (instant: number, { quietHours }: Catalogue['settings'], zone: string): number => {
  const [from, until] = [clockTime(quietHours.from), clockTime(quietHours.until)];
  if (from % 1440 === until % 1440) return instant;
  const here = local(instant, zone);
  const now = here.hour * 60 + here.minute;
  const quiet = from < until ? now >= from && now < until : now >= from || now < until;
  if (!quiet) return instant;
  const end = here.with({ hour: Math.floor(until / 60) % 24, minute: until % 60, second: 0, millisecond: 0 });
  return (now < until ? end : end.add({ days: 1 })).epochMilliseconds;
};

const open: readonly KindOfAct[] = ['booked', 'moved', 'confirmed'];

const answersAct = ({ anchor }: Touchpoint): boolean =>
  anchor === 'booking' || anchor === 'move' || anchor === 'cancellation';

/** In which states of an appointment the touchpoint has a meaning. */
const isAlive = (touchpoint: Touchpoint, { status, act }: State): boolean => {
  const { anchor, when } = touchpoint;
  if (answersAct(touchpoint) && act.row === 'silent') return false;
  if (anchor === 'booking') return status === 'booked';
  if (anchor === 'move') return status === 'moved';
  if (anchor === 'cancellation') return status === 'cancelled';
  if (when.includes('completed')) return status === 'completed';
  return open.includes(status);
};

/** Whoever moves again by the link within an hour hears of the last move only, once it has stood for two minutes. */
const isCollected = ({ anchor }: Touchpoint, { act }: State, { acts }: Life): boolean => {
  if (anchor !== 'move' || !act.byLink) return false;
  const before = acts.slice(0, acts.indexOf(act)).findLast(({ kind, byLink }) => kind === 'moved' && byLink);
  return before !== undefined && act.at - before.at < 60 * minute;
};

const offsetOf = ({ offset }: Touchpoint, { services }: Life, catalogue: Catalogue): string | undefined => {
  if (offset !== 'repeat') return offset;
  const days = services.flatMap((id) => catalogue.services.find((service) => service.id === id)?.repeatDays ?? []);
  return days.length === 0 ? undefined : `P${Math.min(...days)}D`;
};

const dueIn = (touchpoint: Touchpoint, state: State, life: Life, catalogue: Catalogue): number | undefined => {
  const offset = offsetOf(touchpoint, life, catalogue);
  if (offset === undefined) return undefined;
  const { anchor } = touchpoint;
  const moved = state.from + (isCollected(touchpoint, state, life) ? 2 * minute : 0);
  const anchors = { booking: state.from, move: moved, cancellation: state.from, start: state.startsAt };
  const end = state.startsAt + life.duration;
  const at = anchor === 'end' || anchor === 'last-visit' ? end : anchors[anchor];
  const due = local(at, life.zone).add(Temporal.Duration.from(offset)).epochMilliseconds;
  return touchpoint.quiet === 'ignore' ? due : afterQuiet(due, catalogue.settings, life.zone);
};

/** What a client's other appointments say against an invitation at the instant. */
const isUninvited = (life: Life, others: readonly Life[], startsAt: number, due: number): boolean =>
  others.some((other) => {
    const last = statesOf(other.acts).findLast(({ from }) => from <= due);
    if (!last) return false;
    if ((open.includes(last.status) || last.status === 'arrived') && last.startsAt > due - day) return true;
    const later = last.status === 'completed' && last.startsAt > startsAt;
    return later && other.services.some((id) => life.services.includes(id));
  });

const fateOf = (
  touchpoint: Touchpoint,
  life: Life,
  state: State,
  due: number,
  others: readonly Life[],
  { delivery }: Pace,
): ExpectedMessage['fate'] => {
  const channels = touchpoint.channels.filter((channel) => life.contact[channel === 'email' ? 'email' : 'phone']);
  if (channels.length === 0) return 'skipped';
  if (touchpoint.purpose === 'marketing' && !channels.some((channel) => life.consents.includes(channel))) {
    return 'skipped';
  }
  if (touchpoint.when.includes('nothing-booked') || touchpoint.anchor === 'last-visit') {
    const [before, after] = [due, due + delivery].map((instant) => isUninvited(life, others, state.startsAt, instant));
    if (before !== after) return 'either';
    if (before) return 'skipped';
  }
  // A confirmation changes the state, and neither time nor sequence.
  const next = statesOf(life.acts).find(({ from, sequence }) => from > state.from && sequence > state.sequence);
  return next && next.from <= due + delivery ? 'either' : 'sent';
};

/** `now`: the instant at which all is quiet. `others`: the client's other appointments. */
export const expectedOf = (
  life: Life,
  others: readonly Life[],
  catalogue: Catalogue,
  now: number,
  pace: Pace,
): Expected => {
  const messages: ExpectedMessage[] = [];
  const schedules = new Map<string, number>();
  const states = statesOf(life.acts);
  for (const touchpoint of catalogue.journey) {
    for (const state of states.filter((each) => isAlive(touchpoint, each))) {
      const due = dueIn(touchpoint, state, life, catalogue);
      if (due === undefined) continue;
      const marked = touchpoint.when.includes('completed');
      const answers = answersAct(touchpoint) && !isCollected(touchpoint, state, life);
      const atOnce = answers || (marked && due <= state.from);
      // A time that has passed is skipped, never sent at once.
      if (!atOnce && due <= state.from) continue;
      if (atOnce && marked && due <= state.from - latestMark) continue;
      const goesAt = atOnce ? Math.max(due, afterQuietFor(touchpoint, state.from, life, catalogue)) : due;
      if (goesAt >= state.until) continue;
      const unsure = !atOnce && due <= state.from + pace.planning;
      if (goesAt > now) {
        if (!atOnce) schedules.set(touchpoint.id, due);
        continue;
      }
      messages.push({
        touchpoint: touchpoint.id,
        occurrence: state.sequence,
        marketing: touchpoint.purpose === 'marketing',
        fate: unsure ? 'perhaps' : fateOf(touchpoint, life, state, goesAt, others, pace),
        due: goesAt,
      });
    }
  }
  return { messages, schedules };
};

const afterQuietFor = (touchpoint: Touchpoint, instant: number, life: Life, catalogue: Catalogue): number =>
  touchpoint.quiet === 'ignore' ? instant : afterQuiet(instant, catalogue.settings, life.zone);
