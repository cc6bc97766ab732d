import { randomUUID } from 'node:crypto';
import type { World } from '../../integration/world.ts';
import type { Step } from './histories.ts';
import type { Model, ModelAppointment } from './model.ts';

const hour = 3_600_000;
const day = 24 * hour;

type Of<D extends Step['do']> = Extract<Step, { do: D }>;

/** The door is open from 9 to 19; nobody's hours but the house's matter here. */
const opens = 9;
const closes = 19;

/** Midnight in New York of the day that lies so many days after the instant. */
const dateAfter = (instant: number, days: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(instant + days * day);

const wall = (date: string, halfHour: number): string => {
  const minutes = opens * 60 + halfHour * 30;
  return `${date}T${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

const endsTooLate = (world: World, serviceId: string, halfHour: number): boolean => {
  const service = world.catalogue.services.find(({ id }) => id === serviceId);
  return opens * 60 + halfHour * 30 + (service?.durationMinutes ?? 0) > closes * 60;
};

/** What the system did that the model would not have done, in words. */
export class Disagreement extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Disagreement';
  }
}

const demand = (is: boolean, what: () => string): void => {
  if (!is) throw new Disagreement(what());
};

/** Does with the system what the history says, and with the model what the system answers; they must agree at each step. */
export const createPlayer = async (world: World, model: Model, people: readonly string[], name: string) => {
  const { api, system, catalogue } = world;
  const now = (): number => system.clock.now();
  const desk = world.as('reception');
  let form = { token: '', until: 0 };

  const formToken = async (): Promise<string> => {
    if (now() < form.until) return form.token;
    const answer = await api.getFormToken({});
    if (!answer.ok) throw new Disagreement(`no form: ${answer.problem.code}`);
    form = { token: answer.data.formToken, until: now() + hour };
    return form.token;
  };

  const mine = (): ModelAppointment[] => model.appointments.filter(({ id }) => own.has(id));
  const own = new Set<string>();
  const chosen = (which: number): ModelAppointment | undefined => {
    const all = mine();
    return all[which % Math.max(1, all.length)];
  };

  const book = async (step: Of<'book'>): Promise<void> => {
    const service = catalogue.services[step.service];
    const personId = people[step.person] ?? '';
    const date = dateAfter(now(), step.day);
    if (!service) return;
    const seats = service.seats ? step.seats : 1;
    const startsAt = wall(date, step.halfHour);
    const token = await formToken();
    const ask = (rival: number) => {
      const client = rival === 0 ? `${name}-${step.client}` : `${name}-rival-${rival}`;
      return api.createAppointment({
        body: {
          locationId: 'brooklyn',
          startsAt,
          services: [{ serviceId: service.id, staffId: personId }],
          seats,
          client: { firstName: 'Nadia', email: `${client}@example.com`, language: 'en' },
          consents: [{ channel: 'email', purpose: 'marketing', words: 'Tell me when it is time to come back.' }],
          formToken: token,
        },
        idempotencyKey: randomUUID(),
      });
    };
    const answers = await Promise.all(Array.from({ length: step.rivals }, (_, rival) => ask(rival)));
    const possible = !endsTooLate(world, service.id, step.halfHour);
    let refusals = 0;
    for (const answer of answers) {
      if (!answer.ok) {
        refusals += 1;
        const code = possible ? 'time_taken' : 'time_unavailable';
        demand(answer.problem.code === code, () => `booking ${startsAt}: ${answer.problem.code}, not ${code}`);
        continue;
      }
      demand(possible, () => `booked ${startsAt}, when nobody works`);
      const wish = { serviceId: service.id, personId, seats, startsAt: Date.parse(answer.data.startsAt) };
      demand(!model.isTaken(wish), () => `booked ${startsAt} of ${personId}, who or whose room is taken`);
      const { id, token: link } = answer.data;
      own.add(id);
      model.booked({ id, token: link, ...wish }, now());
    }
    if (refusals === 0 || !possible) return;
    const instant = answers.find((answer) => answer.ok);
    const at = instant?.ok ? Date.parse(instant.data.startsAt) : instantOf(startsAt);
    const wish = { serviceId: service.id, personId, seats, startsAt: at };
    demand(model.isTaken(wish), () => `${startsAt} of ${personId} was refused, and it is free`);
  };

  /** By the zone's offset, which is that of the noon of the day: nobody books a night. */
  const instantOf = (local: string): number => {
    const guess = Date.parse(`${local}:00Z`);
    const shown = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'America/New_York',
      dateStyle: 'short',
      timeStyle: 'medium',
    }).format(guess);
    return guess + (guess - Date.parse(`${shown.replace(' ', 'T')}Z`));
  };

  const isAhead = ({ status }: ModelAppointment): boolean => status === 'pending' || status === 'confirmed';
  const cutOff = (): number => catalogue.settings.booking.cutOffMinutes * 60_000;
  const mayChange = (appointment: ModelAppointment): boolean =>
    isAhead(appointment) && now() <= appointment.startsAt - cutOff();

  const move = async (step: Of<'move'>): Promise<void> => {
    const appointment = chosen(step.which);
    if (!appointment) return;
    const date = dateAfter(now(), step.day);
    const text = wall(date, step.halfHour);
    const startsAt = instantOf(text);
    const may = mayChange(appointment);
    const answer = await api.moveByLink({ params: { token: appointment.token }, body: { startsAt: text } });
    const stays = startsAt === appointment.startsAt;
    const possible = !endsTooLate(world, appointment.serviceId, step.halfHour);
    if (answer.ok) {
      demand(may, () => `moved an appointment that is ${appointment.status} or begins soon`);
      if (stays) return;
      demand(possible, () => `moved to ${text}, when nobody works`);
      demand(!model.isTaken({ ...appointment, startsAt }, appointment), () => `moved to ${text}, which is taken`);
      model.did(appointment, 'moved', now(), startsAt);
      return;
    }
    const { code } = answer.problem;
    if (!may) demand(['status_conflict', 'cut_off_passed'].includes(code), () => `moving: ${code}`);
    else if (!possible) demand(code === 'time_unavailable', () => `moving to ${text}: ${code}`);
    else {
      demand(code === 'time_taken', () => `moving to ${text}: ${code}`);
      demand(
        model.isTaken({ ...appointment, startsAt }, appointment),
        () => `moving to ${text} is refused; it is free`,
      );
    }
  };

  const confirm = async ({ which }: Of<'confirm'>): Promise<void> => {
    const appointment = chosen(which);
    if (!appointment) return;
    const { status, token } = appointment;
    const may = status === 'pending' && now() < appointment.startsAt;
    const answer = await api.confirmByLink({ params: { token } });
    demand(answer.ok === (may || status === 'confirmed'), () => `confirming what is ${status}: ${answer.status}`);
    if (may) model.did(appointment, 'confirmed', now());
  };

  const cancel = async ({ which }: Of<'cancel'>): Promise<void> => {
    const appointment = chosen(which);
    if (!appointment) return;
    const { status, token } = appointment;
    const may = mayChange(appointment);
    const answer = await api.cancelByLink({ params: { token } });
    demand(answer.ok === (may || status === 'cancelled'), () => `cancelling what is ${status}: ${answer.status}`);
    if (may) model.did(appointment, 'cancelled', now());
  };

  const from: Record<Of<'mark'>['as'], readonly string[]> = {
    arrived: ['pending', 'confirmed'],
    completed: ['pending', 'confirmed', 'arrived'],
    no_show: ['pending', 'confirmed'],
  };

  const mark = async ({ which, as }: Of<'mark'>): Promise<void> => {
    const appointment = chosen(which);
    if (!appointment) return;
    const { id, status, startsAt } = appointment;
    const begun = as === 'arrived' ? dateAfter(now(), 0) >= dateAfter(startsAt, 0) : now() >= startsAt;
    const may = begun && from[as].includes(status);
    const answer = await desk.markAppointment({ params: { appointmentId: id }, body: { status: as } });
    demand(answer.ok === (may || status === as), () => `marking as ${as} what is ${status}: ${answer.status}`);
    if (may) model.did(appointment, as, now());
  };

  return async (step: Step): Promise<void> => {
    switch (step.do) {
      case 'book':
        return book(step);
      case 'move':
        return move(step);
      case 'confirm':
        return confirm(step);
      case 'cancel':
        return cancel(step);
      case 'mark':
        return mark(step);
      case 'wind':
        return system.windBy(step.hours * hour);
      case 'settle':
        return system.settle();
    }
  };
};
