import { randomUUID } from 'node:crypto';
import { minute } from '../../support/durations.ts';
import { latestTokenIn } from '../../support/world/messages.ts';
import type { World } from '../../support/world/world.ts';
import { type Dice, diceFor, pick, roll } from '../dice.ts';
import type { KindOfAct } from '../journey/life.ts';
import { insist } from './good-client.ts';

/** An appointment as its client and the front desk know it: only what they were answered. */
export interface Known {
  id: string;
  token: string;
  startsAt: number;
  state: 'ahead' | 'over';
  /** Addresses for which a box was ticked; the client says yes by the link in a message to each. */
  asked: string[];
  acknowledged: KindOfAct[];
}

export interface Tally {
  retries: number;
  refused: Record<string, number>;
  acts: Record<string, number>;
}

/** As the demo salon has it, and a little more. */
const cutOff = 241 * minute;

/** Minutes after midnight. A slot holds every service of the big salon but the longest with its buffer. */
const opens = 9 * 60;
const slotMinutes = 45;
const slotsADay = 12;

const services = ['cut-short', 'cut-short', 'beard', 'blow-dry'] as const;
const languages = ['en', 'en', 'bn', 'hi', 'ru'] as const;

/** Clients and a front desk that go about their business, whatever happens to the servers. */
export const createCustomers = (world: World, seed: number, people: readonly string[], days: readonly string[]) => {
  const { api, system } = world;
  const desk = () => world.as('reception');
  const known: Known[] = [];
  const tally: Tally = { retries: 0, refused: {}, acts: {} };
  let ordinal = 0;

  const onRetry = (): void => {
    tally.retries += 1;
  };
  const refused = (code: string): void => {
    tally.refused[code] = (tally.refused[code] ?? 0) + 1;
  };
  const note = (appointment: Known, kind: KindOfAct): void => {
    appointment.acknowledged.push(kind);
    tally.acts[kind] = (tally.acts[kind] ?? 0) + 1;
  };

  const timeAt = (date: string, slot: number): string => {
    const minutes = opens + slot * slotMinutes;
    return `${date}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  };
  const someTime = (dice: Dice): string => timeAt(pick(dice, days), roll(dice, slotsADay));

  /** Nobody's time twice, until all are used; a part of the clients choose from it and so seldom meet. */
  const deck = people.flatMap((staffId) =>
    days.flatMap((date) => Array.from({ length: slotsADay }, (_, slot) => ({ staffId, startsAt: timeAt(date, slot) }))),
  );
  const shuffle = diceFor(seed, 'deck');
  const choice = (dice: Dice): { staffId: string; startsAt: string } => {
    if (dice() < 0.2 || deck.length === 0) {
      return { staffId: dice() < 0.1 ? 'anyone' : pick(dice, people), startsAt: someTime(dice) };
    }
    return deck.splice(roll(shuffle, deck.length), 1)[0] ?? choice(dice);
  };

  /** A third prefer texts; all speak English then, so that the harness can tell the texts apart. */
  const someone = (dice: Dice, number: number) => {
    const texts = dice() < 0.33;
    const phone = `+1718${String(2_000_000 + number)}`;
    return {
      firstName: 'Nadia',
      lastName: 'Karim',
      phone,
      ...(texts && dice() < 0.5 ? {} : { email: `client${number}@example.com` }),
      ...(texts ? { preferredChannel: 'sms' as const } : {}),
      language: texts ? ('en' as const) : pick(dice, languages),
    };
  };

  /** A form books once. */
  const freshForm = async (dice: Dice): Promise<string> => {
    const answer = await insist(dice, onRetry, () => api.getFormToken({}));
    if (!answer.ok) throw new Error(answer.problem.code);
    return answer.data.formToken;
  };

  /** Chooses until a time is free; each choice is a request of its own, with a key of its own. */
  const book = async (): Promise<void> => {
    ordinal += 1;
    const number = ordinal;
    const dice = diceFor(seed, 'booking', number);
    const client = someone(dice, number);
    const consents = (['email', 'sms'] as const)
      .filter((channel) => (channel === 'sms' || 'email' in client) && dice() < 0.6)
      .map((channel) => ({ channel, purpose: 'marketing' as const }));
    const formToken = await freshForm(dice);
    for (;;) {
      const { staffId, startsAt } = choice(dice);
      const body = {
        locationId: 'brooklyn',
        startsAt,
        services: [{ serviceId: pick(dice, services), staffId }],
        client,
        consents,
        formToken,
      };
      const idempotencyKey = randomUUID();
      const booked = await insist(dice, onRetry, () => api.createAppointment({ body, idempotencyKey }));
      if (booked.ok) {
        const { id, token: link } = booked.data;
        const appointment: Known = {
          id,
          token: link,
          startsAt: Date.parse(booked.data.startsAt),
          state: 'ahead',
          asked: consents.flatMap(({ channel }) => (channel === 'sms' ? client.phone : (client.email ?? []))),
          acknowledged: [],
        };
        known.push(appointment);
        note(appointment, 'booked');
        return;
      }
      refused(booked.problem.code);
      if (booked.status !== 409 && booked.problem.code !== 'time_unavailable')
        throw new Error(JSON.stringify(booked.problem));
    }
  };

  const move = async (appointment: Known, dice: Dice): Promise<void> => {
    const params = { token: appointment.token };
    const startsAt = someTime(dice);
    const moved = await insist(dice, onRetry, () => api.moveByLink({ params, body: { startsAt } }));
    if (!moved.ok) return refused(moved.problem.code);
    if (Date.parse(moved.data.startsAt) === appointment.startsAt) return;
    appointment.startsAt = Date.parse(moved.data.startsAt);
    appointment.token = moved.data.token;
    note(appointment, 'moved');
  };

  const cancel = async (appointment: Known, dice: Dice): Promise<void> => {
    const cancelled = await insist(dice, onRetry, () => api.cancelByLink({ params: { token: appointment.token } }));
    if (!cancelled.ok) return refused(cancelled.problem.code);
    appointment.state = 'over';
    note(appointment, 'cancelled');
  };

  const confirm = async (appointment: Known, dice: Dice): Promise<void> => {
    const { token } = appointment;
    // Whoever moves a visit that is confirmed need not confirm it again.
    if (appointment.acknowledged.includes('confirmed')) return;
    const confirmed = await insist(dice, onRetry, () => api.confirmByLink({ params: { token } }));
    if (!confirmed.ok) return refused(confirmed.problem.code);
    note(appointment, 'confirmed');
  };

  /** Says yes to what was ticked, where the message with the link has come. */
  const agree = async (appointment: Known, dice: Dice): Promise<void> => {
    for (const address of appointment.asked) {
      const token = latestTokenIn(system, address);
      if (!token) continue;
      const agreed = await insist(dice, onRetry, () => api.agreeByLink({ params: { token } }));
      if (agreed.ok) appointment.asked = appointment.asked.filter((each) => each !== address);
      else refused(agreed.problem.code);
    }
  };

  const mark = async (appointment: Known, status: 'arrived' | 'completed' | 'no_show', dice: Dice): Promise<void> => {
    const params = { appointmentId: appointment.id };
    const marked = await insist(dice, onRetry, () => desk().markAppointment({ params, body: { status } }));
    if (!marked.ok) return refused(marked.problem.code);
    note(appointment, status);
  };

  /** Most come; some don't, and some are forgotten by the desk. */
  const receive = async (appointment: Known, dice: Dice): Promise<void> => {
    appointment.state = 'over';
    const fortune = dice();
    if (fortune < 0.1) return mark(appointment, 'no_show', dice);
    if (fortune < 0.2) return;
    if (fortune < 0.4) await mark(appointment, 'arrived', dice);
    await mark(appointment, 'completed', dice);
  };

  const change = (appointment: Known, dice: Dice): Promise<void> => {
    const wish = dice();
    if (wish < 0.4) return move(appointment, dice);
    return wish < 0.6 ? cancel(appointment, dice) : confirm(appointment, dice);
  };

  /** What is done in one stretch of time: so many bookings, changes by a share of those who can, marks of who was here. */
  const tasksAt = (hour: number, bookings: number, share: number): (() => Promise<void>)[] => {
    const now = system.clock.now();
    const tasks = Array.from({ length: bookings }, () => book);
    for (const appointment of known.filter(({ state }) => state === 'ahead')) {
      const dice = diceFor(seed, 'hour', hour, appointment.acknowledged.length, appointment.startsAt, tasks.length);
      if (appointment.asked.length > 0)
        tasks.push(() => agree(appointment, diceFor(seed, 'agree', appointment.startsAt)));
      if (appointment.startsAt <= now) tasks.push(() => receive(appointment, dice));
      else if (appointment.startsAt > now + cutOff && dice() < share) tasks.push(() => change(appointment, dice));
    }
    return tasks;
  };

  return { known, tally, tasksAt };
};
