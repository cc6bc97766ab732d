import type { Message } from '../../../infra/local/services/mailbox.ts';
import type { System } from '../../../infra/local/system.ts';
import type { Catalogue } from '../../../shared/business/catalogue.ts';
import { messageName } from '../lambda/message-effects.ts';
import { type Expected, type ExpectedMessage, expectedOf, type Pace, underFaults } from './expected.ts';
import { type Life, livesIn } from './life.ts';
import { type AppointmentRow, type BusyTime, type MessageRow, type PageRow, type Rows, readRows } from './rows.ts';

/** What the harness knows that excuses what would be a fault otherwise. */
export interface Excuses {
  /** How many copies of messages about a touchpoint were sent without being recorded. */
  unrecorded(appointmentId: string, touchpoint: string): number;
  /** How often somebody claimed the message and didn't live to record its outcome. */
  interrupted(message: string): number;
}

const noExcuse: Excuses = { unrecorded: () => 0, interrupted: () => 0 };

export interface Audit {
  /** In words; empty when all is as it must be. */
  faults: string[];
  appointments: number;
  /** Messages that had to go, and went. */
  sent: number;
  /** Copies beyond the first. */
  duplicates: number;
  /** Messages whose fate nobody knows; `unsent` of them never went, and only this audit can tell. */
  unknown: number;
  unsent: number;
  skipped: number;
  schedules: number;
}

const went: readonly string[] = ['sent', 'delivered', 'bounced', 'complained'];
const isGone = (status: string): boolean => went.includes(status);

/** By what a text of the default journey is known: its link in any language, or its words in English. */
const marks: Record<string, RegExp> = {
  review: /\/r\/[0-9a-z]{16}/,
  'come-back': /\/u\/[0-9a-z]{16}/,
  confirmation: /you are booked for/,
  reminder: /reminder:/,
  moved: /has been moved to/,
  cancelled: /has been cancelled/,
};

const idIn = (text: string): string | undefined => /\/[aru]\/([0-9a-z]{16})/.exec(text)?.[1];

/** Which appointment and touchpoint a copy is about. */
export const subjectOf = (
  message: Pick<Message, 'channel' | 'tags' | 'text' | 'to'>,
  byPhone: ReadonlyMap<string, string>,
): { appointmentId: string; touchpoint: string } | undefined => {
  if (message.channel === 'email') {
    const [, appointmentId = '', touchpoint = ''] =
      /^([0-9a-z]{16})_(.+)_\d+$/.exec(message.tags['message'] ?? '') ?? [];
    return appointmentId === '' ? undefined : { appointmentId, touchpoint };
  }
  const appointmentId = idIn(message.text) ?? byPhone.get(message.to[0] ?? '');
  const [touchpoint] = Object.entries(marks).find(([, mark]) => mark.test(message.text)) ?? [];
  return appointmentId && touchpoint ? { appointmentId, touchpoint } : undefined;
};

export const phonesOf = ({ appointments }: Pick<Rows, 'appointments'>): Map<string, string> =>
  new Map(appointments.flatMap(({ id, contact }) => (contact.phone ? [[contact.phone, id] as const] : [])));

const at = (instant: number): string => new Date(instant).toISOString();
const named = ({ touchpoint, occurrence }: Pick<MessageRow, 'touchpoint' | 'occurrence'>): string =>
  `${touchpoint} ${occurrence}`;

/** What is wrong with one message that had to have an outcome. */
const faultOf = (
  expected: ExpectedMessage,
  row: MessageRow | undefined,
  appointmentId: string,
  { interrupted }: Excuses,
): string | undefined => {
  const { fate, marketing, touchpoint, occurrence } = expected;
  const what = `${appointmentId} ${named(expected)}, due ${at(expected.due)}:`;
  if (!row) return fate === 'perhaps' ? undefined : `${what} no outcome, where ${fate} was right`;
  if (row.status === 'unknown') {
    const needed = marketing ? 1 : 2;
    const seen = interrupted(messageName(appointmentId, touchpoint, occurrence));
    return seen >= needed
      ? undefined
      : `${what} unknown, though only ${seen} of ${needed} invocations were interrupted`;
  }
  const outcome = isGone(row.status) ? 'sent' : row.status;
  if (outcome !== 'sent' && outcome !== 'skipped') return `${what} ended as ${row.status} ${row.reason ?? ''}`;
  if (fate === 'either' || fate === 'perhaps' || fate === outcome) return undefined;
  return `${what} ${row.status} ${row.reason ?? ''}, where ${fate} was right`;
};

const answering: readonly string[] = ['confirmation', 'moved', 'cancelled'];

/** A message that is skipped because of a later act is no loss only where that act's own message has its outcome, or waits. */
const lossOf = (rows: readonly MessageRow[], life: Life, { schedules }: Pick<Expected, 'schedules'>): string[] =>
  life.acts.some(({ row }) => row !== undefined) || answering.some((each) => schedules.has(each))
    ? []
    : rows
        .filter(({ status, reason }) => status === 'skipped' && (reason === 'moved' || reason === 'cancelled'))
        .filter(
          ({ occurrence }) =>
            !rows.some((other) => answering.includes(other.touchpoint) && other.occurrence > occurrence),
        )
        .map((row) => `${life.id} ${named(row)}: skipped ${row.reason}, and nothing tells what is true now`);

const messageFaults = (life: Life, expected: Expected, rows: readonly MessageRow[], excuses: Excuses): string[] => {
  const byName = new Map(rows.map((row) => [named(row), row]));
  const wrong = expected.messages.flatMap((each) => faultOf(each, byName.get(named(each)), life.id, excuses) ?? []);
  const foreseen = new Set(expected.messages.map(named));
  const uncalledFor = rows
    .filter((row) => !foreseen.has(named(row)) && row.touchpoint !== 'low-score' && row.status !== 'skipped')
    .map((row) => `${life.id} ${named(row)}: ${row.status} at ${at(row.at)}, and nothing asked for it`);
  return [...wrong, ...uncalledFor, ...lossOf(rows, life, expected)];
};

/** Schedules know whole seconds, and an act is written by more than one look at the clock. */
const clockSteps = (due: number): number => (due % 1000 === 0 ? 0 : 2000);

const scheduleFaults = (
  life: Life,
  expected: ReadonlyMap<string, number>,
  found: ReadonlyMap<string, number>,
  rows: readonly MessageRow[],
): string[] => {
  const missing = [...expected].flatMap(([touchpoint, due]) => {
    const planned = found.get(`${life.id}.${touchpoint}`);
    return planned !== undefined && Math.abs(planned - due) <= clockSteps(due)
      ? []
      : [`${life.id}: ${touchpoint} is planned for ${planned === undefined ? 'never' : at(planned)}, not ${at(due)}`];
  });
  const extra = [...found].flatMap(([name, due]) => {
    const [, touchpoint = '', sequence] = name.split('.');
    // What fell due in the quiet hours by being late waits for their end under a name of its own.
    const isDeferred = sequence !== undefined && !rows.some((row) => named(row) === `${touchpoint} ${sequence}`);
    return expected.has(touchpoint) || isDeferred ? [] : [`${life.id}: ${name} is planned for ${at(due)}, needlessly`];
  });
  return [...missing, ...extra];
};

interface Copies {
  appointmentId: string;
  touchpoint: string;
  copies: number;
}

const copiesIn = (mailbox: readonly Message[], rows: Rows): Copies[] => {
  const byPhone = phonesOf(rows);
  const counts = new Map<string, Copies>();
  for (const message of mailbox) {
    const subject = subjectOf(message, byPhone);
    if (!subject || subject.touchpoint === 'low-score') continue;
    const key = `${subject.appointmentId} ${subject.touchpoint}`;
    const entry = counts.get(key) ?? { ...subject, copies: 0 };
    entry.copies += 1;
    counts.set(key, entry);
  }
  return [...counts.values()];
};

/** Copies that nobody recorded need an excuse each; marketing has none. Records without a copy have none, either. */
const copyFaults = (
  copies: readonly Copies[],
  rows: Rows,
  catalogue: Catalogue,
  { unrecorded }: Excuses,
): { faults: string[]; duplicates: number; unsent: number } => {
  const marketing = new Set(catalogue.journey.filter(({ purpose }) => purpose === 'marketing').map(({ id }) => id));
  const groups = Map.groupBy(rows.messages, ({ appointmentId, touchpoint }) => `${appointmentId} ${touchpoint}`);
  const faults: string[] = [];
  let duplicates = 0;
  let unsent = 0;
  const counted = new Set<string>();
  for (const { appointmentId, touchpoint, copies: count } of copies) {
    const key = `${appointmentId} ${touchpoint}`;
    counted.add(key);
    const messages = groups.get(key) ?? [];
    const recorded = messages.filter(({ status }) => isGone(status)).length;
    const unsure = messages.filter(({ status }) => status === 'unknown').length;
    const extra = Math.max(0, count - recorded - unsure);
    duplicates += extra;
    unsent += Math.max(0, unsure + recorded - count);
    if (count < recorded) faults.push(`${key}: ${recorded} are recorded as sent, ${count} arrived`);
    if (count - recorded > unrecorded(appointmentId, touchpoint))
      faults.push(`${key}: ${count} copies, ${recorded} of them recorded, and no kill explains the rest`);
    if (marketing.has(touchpoint) && count > messages.length)
      faults.push(`${key}: ${count} copies of ${messages.length} marketing messages`);
  }
  for (const [key, messages] of groups) {
    const recorded = messages.filter(({ status, touchpoint }) => isGone(status) && touchpoint !== 'low-score').length;
    if (!counted.has(key)) unsent += messages.filter(({ status }) => status === 'unknown').length;
    if (!counted.has(key) && recorded > 0) faults.push(`${key}: recorded as sent, and nothing arrived`);
  }
  return { faults, duplicates, unsent };
};

/** Seats of one lesson share its time. */
const sharesLesson = (one: BusyTime, other: BusyTime): boolean =>
  one.lesson !== undefined && one.lesson === other.lesson && one.from === other.from && one.until === other.until;

const clashes = ({ ownerId, date, busy }: PageRow): string[] =>
  busy.flatMap((time, index) =>
    busy
      .slice(index + 1)
      .filter((other) => other.id !== time.id && other.from < time.until && time.from < other.until)
      .filter((other) => !sharesLesson(time, other))
      .map((other) => `${ownerId} ${date}: ${time.id} and ${other.id} at the same time`),
  );

/** Every person's and every room's day: nothing overlaps, and it holds just what appointments take. */
const diaryFaults = (appointments: readonly AppointmentRow[], pages: readonly PageRow[], now: number): string[] => {
  const taken = new Set(
    appointments
      .filter(({ status }) => status !== 'cancelled')
      .flatMap(({ id, occupies }) => occupies.map(({ ownerId, from, until }) => `${ownerId}: ${id} ${from}-${until}`)),
  );
  // A hold that has expired is free, though it stands there until somebody writes the page.
  const valid = pages.map((page) => ({
    ...page,
    busy: page.busy.filter(({ expiresAt = Number.POSITIVE_INFINITY }) => expiresAt > now),
  }));
  const standing = new Set(
    valid.flatMap(({ ownerId, busy }) =>
      busy
        .filter(({ expiresAt }) => expiresAt === undefined)
        .map(({ id, from, until }) => `${ownerId}: ${id} ${from}-${until}`),
    ),
  );
  return [
    ...valid.flatMap(clashes),
    ...[...taken].filter((time) => !standing.has(time)).map((time) => `${time} is not in the diary`),
    ...[...standing].filter((time) => !taken.has(time)).map((time) => `${time} stands in the diary for nothing`),
  ];
};

/** Schedules that are not about messages to a client of an appointment: a freed time waits for the morning. */
const othersWork: readonly string[] = ['freed'];

/**
 * Compares all that there is with all that must be. To be asked when the system is quiet. `livesOf`: for who knows more
 * than the timelines tell.
 */
export const audit = async (
  system: System,
  catalogue: Catalogue,
  excuses: Excuses = noExcuse,
  pace: Pace = underFaults,
  livesOf: (rows: Rows) => Life[] = livesIn,
): Promise<Audit & { rows: Rows; lives: Life[] }> => {
  const now = system.clock.now();
  const rows = await readRows(system);
  const lives = livesOf(rows);
  const ofClient = Map.groupBy(lives, ({ clientId }) => clientId);
  const messages = Map.groupBy(rows.messages, ({ appointmentId }) => appointmentId);
  const schedules = Map.groupBy(system.schedules(), ({ name }) => name.split('.')[0] ?? '');
  const faults: string[] = [];
  for (const life of lives) {
    const others = (ofClient.get(life.clientId) ?? []).filter(({ id }) => id !== life.id);
    const expected = expectedOf(life, others, catalogue, now, pace);
    const own = messages.get(life.id) ?? [];
    const planned = new Map((schedules.get(life.id) ?? []).map(({ name, dueAt }) => [name, dueAt]));
    faults.push(...messageFaults(life, expected, own, excuses));
    faults.push(...scheduleFaults(life, expected.schedules, planned, own));
  }
  const known = new Set(lives.map(({ id }) => id));
  const strangers = [...schedules.keys()].filter((id) => !known.has(id) && !othersWork.includes(id));
  faults.push(...strangers.map((id) => `${id}: schedules of no appointment`));
  const {
    faults: ofCopies,
    duplicates,
    unsent,
  } = copyFaults(copiesIn(system.mailbox.list(), rows), rows, catalogue, excuses);
  faults.push(...ofCopies, ...diaryFaults(rows.appointments, rows.pages, now));
  const having = (status: string): number => rows.messages.filter((row) => row.status === status).length;
  return {
    faults,
    appointments: rows.appointments.length,
    sent: rows.messages.filter(({ status }) => isGone(status)).length,
    duplicates,
    unknown: having('unknown'),
    unsent,
    skipped: having('skipped'),
    schedules: system.schedules().length,
    rows,
    lives,
  };
};
