import { minute, second } from '../../../support/durations.ts';
import type { Of } from '../histories.ts';
import type { Visit } from '../model.ts';
import { atBrooklyn, demand, inWords, outcomeOf, type Scene } from '../scene.ts';
import { noteBooked, sendForm } from './bookings.ts';
import { closes, minutesOfDay } from './calendar.ts';

/** What is told is the second in which a hold ends; the diary keeps the time until that is over. */

/** The booking page keeps a chosen time while its form is filled. */
export const createHolds = (scene: Scene) => {
  const { api, model, now } = scene;
  const holdMinutes = scene.world.catalogue.settings.booking.holdMinutes;
  const formOf = (visitor: number) => scene.form(`visitor-${visitor}`);

  /** What the page must answer to a form that keeps a time, or none, and wants this one. */
  const rightAnswer = (wish: Visit, form: string): string => {
    const ends = minutesOfDay(wish.startsAt) + (model.serviceOf(wish.serviceId)?.durationMinutes ?? 0);
    if (ends > closes || scene.isShort(wish)) return 'time_unavailable';
    return model.isTaken(wish, [model.heldBy(form)]) ? 'time_taken' : 'ok';
  };

  const keep = async (visitor: number, wish: Visit): Promise<void> => {
    const form = await formOf(visitor);
    const span = holdMinutes * minute;
    const last = (form.since ?? now()) + 2 * span;
    const right = now() >= last ? 'form_rejected' : rightAnswer(wish, form.token);
    const answer = await api.holdTime({ body: { ...atBrooklyn(wish), formToken: form.token } });
    demand(outcomeOf(answer) === right, () => `holding ${inWords(wish)}: ${outcomeOf(answer)}, not ${right}`);
    form.wish = wish;
    if (!answer.ok) return;
    const heldUntil = Date.parse(answer.data.heldUntil);
    const kept = (heldUntil - now()) / minute;
    const most = Math.min(span, last - now()) / minute;
    demand(kept > most - 1 && kept <= most + 1 / 60, () => `a time is held for ${kept} minutes, not ${most}`);
    form.since ??= now();
    model.keeps(form.token, { ...wish, form: form.token, until: heldUntil + second });
  };

  return {
    /** The first time that the form chooses, or another: the one before it is given up. */
    hold: (step: Of<'hold'>): Promise<void> => keep(step.visitor, scene.wish(step)),

    /** The form goes on to the next field, and keeps its time longer. */
    async holdOn({ visitor }: Of<'holdOn'>): Promise<void> {
      const { wish } = await formOf(visitor);
      if (wish) await keep(visitor, wish);
    },

    /** In time, or after somebody else may have taken what was held. */
    async send({ visitor, client }: Of<'send'>): Promise<void> {
      const form = await formOf(visitor);
      const { wish, token } = form;
      if (!wish) return;
      const right = rightAnswer(wish, token);
      const answer = await sendForm(scene, wish, scene.emailOf(client), token);
      demand(
        outcomeOf(answer) === right,
        () => `sending the form of ${inWords(wish)}: ${outcomeOf(answer)}, not ${right}`,
      );
      if (!answer.ok) return;
      model.keeps(token);
      noteBooked(scene, answer.data, wish);
      scene.forget(`visitor-${visitor}`);
    },
  };
};
