import { randomUUID } from 'node:crypto';
import { minute } from '../../../support/durations.ts';
import type { Of } from '../histories.ts';
import type { ModelAppointment, Visit } from '../model.ts';
import { atBrooklyn, demand, inWords, type Scene } from '../scene.ts';
import { dateAfter, halfHourOf, instantOf, wall } from './calendar.ts';

/** Sends a form of the booking page. */
export const sendForm = ({ api }: Scene, wish: Visit, email: string, formToken: string) =>
  api.createAppointment({
    body: {
      ...atBrooklyn(wish),
      client: { firstName: 'Nadia', email, language: 'en' },
      consents: [{ channel: 'email', purpose: 'marketing' }],
      formToken,
    },
    idempotencyKey: randomUUID(),
  });

/** Notes what the system has booked. */
export const noteBooked = (
  { own, model, now }: Scene,
  { id, token }: { id: string; token?: string },
  wish: Visit & { anyone?: boolean },
): ModelAppointment => {
  own.appointments.add(id);
  return model.booked({ ...wish, id, token }, now());
};

/** What clients and staff do with single appointments; answers of system and model must agree. */
export const createBookings = (scene: Scene) => {
  const { api, model, now } = scene;
  const { catalogue } = scene.world;

  const book = async (step: Of<'book'>): Promise<void> => {
    const wish = scene.wish(step);
    const answers = await Promise.all(
      Array.from({ length: step.rivals }, async (_, rival) =>
        sendForm(scene, wish, scene.emailOf(rival === 0 ? step.client : `rival-${rival}`), await scene.freshForm()),
      ),
    );
    const possible = !scene.endsTooLate(wish.serviceId, step.halfHour);
    let refusals = 0;
    for (const answer of answers) {
      if (!answer.ok) {
        refusals += 1;
        const code = possible ? 'time_taken' : 'time_unavailable';
        demand(answer.problem.code === code, () => `booking ${inWords(wish)}: ${answer.problem.code}, not ${code}`);
        continue;
      }
      demand(possible, () => `booked ${inWords(wish)}, when nobody works`);
      demand(!model.isTaken(wish), () => `booked ${inWords(wish)}, and the person or the room is taken`);
      demand(Date.parse(answer.data.startsAt) === wish.startsAt, () => `booked for ${answer.data.startsAt}`);
      noteBooked(scene, answer.data, wish);
    }
    if (refusals > 0 && possible) demand(model.isTaken(wish), () => `${inWords(wish)} was refused, and it is free`);
  };

  const isAhead = ({ status }: ModelAppointment): boolean => status === 'pending' || status === 'confirmed';
  const cutOff = catalogue.settings.booking.cutOffMinutes * minute;
  const mayChange = (appointment: ModelAppointment): boolean =>
    isAhead(appointment) && now() <= appointment.startsAt - cutOff;

  const chosenLink = (which: number): (ModelAppointment & { token: string }) | undefined =>
    scene.chosen(which, ({ token }) => token !== undefined) as (ModelAppointment & { token: string }) | undefined;

  const move = async (step: Of<'move'>): Promise<void> => {
    const appointment = chosenLink(step.which);
    if (!appointment) return;
    const text = wall(dateAfter(now(), step.day), halfHourOf(step.halfHour));
    const startsAt = instantOf(text);
    const may = mayChange(appointment);
    const answer = await api.moveByLink({ params: { token: appointment.token }, body: { startsAt: text } });
    const possible = !scene.endsTooLate(appointment.serviceId, step.halfHour);
    const free = (appointment.anyone ? scene.people : [appointment.personId]).filter(
      (personId) => !model.isTaken({ ...appointment, personId, startsAt }, [appointment]),
    );
    if (answer.ok) {
      demand(may, () => `moved an appointment that is ${appointment.status} or begins soon`);
      if (startsAt === appointment.startsAt) return;
      demand(possible, () => `moved to ${text}, when nobody works`);
      const personId = answer.data.services[0]?.staff.id ?? '';
      demand(free.includes(personId), () => `moved to ${text} of ${personId}, which is taken`);
      model.did(appointment, 'moved', now(), { startsAt, personId, byLink: true });
      return;
    }
    const { code } = answer.problem;
    if (!may) demand(['status_conflict', 'cut_off_passed'].includes(code), () => `moving: ${code}`);
    else if (!possible) demand(code === 'time_unavailable', () => `moving to ${text}: ${code}`);
    else {
      demand(code === 'time_taken', () => `moving to ${text}: ${code}`);
      demand(free.length === 0, () => `moving to ${text} is refused; it is free`);
    }
  };

  const confirm = async ({ which }: Of<'confirm'>): Promise<void> => {
    const appointment = chosenLink(which);
    if (!appointment) return;
    const { status, token } = appointment;
    const may = status === 'pending' && now() < appointment.startsAt;
    const answer = await api.confirmByLink({ params: { token } });
    demand(answer.ok === (may || status === 'confirmed'), () => `confirming what is ${status}: ${answer.status}`);
    if (may) model.did(appointment, 'confirmed', now());
  };

  const cancel = async ({ which }: Of<'cancel'>): Promise<void> => {
    const appointment = chosenLink(which);
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
    const appointment = scene.chosen(which);
    if (!appointment) return;
    const { id, status, startsAt } = appointment;
    const begun = as === 'arrived' ? dateAfter(now(), 0) >= dateAfter(startsAt, 0) : now() >= startsAt;
    const may = begun && from[as].includes(status);
    const answer = await scene.desk.markAppointment({ params: { appointmentId: id }, body: { status: as } });
    demand(answer.ok === (may || status === as), () => `marking as ${as} what is ${status}: ${answer.status}`);
    if (may) model.did(appointment, as, now());
  };

  return { book, move, confirm, cancel, mark };
};
