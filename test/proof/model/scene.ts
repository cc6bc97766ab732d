import { hour, minute } from '../../support/durations.ts';
import type { World } from '../../support/world/world.ts';
import { closes, dateAfter, halfHourOf, instantOf, wall } from './acts/calendar.ts';
import type { Model, ModelAppointment, Row, Visit } from './model.ts';

/** What the system did that the model would not have done, in words. */
export class Disagreement extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Disagreement';
  }
}

export const demand = (is: boolean, what: () => string): void => {
  if (!is) throw new Disagreement(what());
};

type Answer<T> = { ok: true; data: T } | { ok: false; problem: { code: string } };

/** The answer where nothing but success is right. */
export const must = <T>(answer: Answer<T>, what: string): T => {
  if (!answer.ok) throw new Disagreement(`${what}: ${answer.problem.code}`);
  return answer.data;
};

export const outcomeOf = (answer: Answer<unknown>): string => (answer.ok ? 'ok' : answer.problem.code);

const formLife = hour;

/** A form on somebody's screen, and the time that was chosen in it at last. */
interface Form {
  token: string;
  until: number;
  wish?: Visit;
  /** When it kept its first time; it keeps times for twice as long as one is held. */
  since?: number;
}

/** Where one history is played, and what is its own there. Its clients are called after it. */
export const createScene = async (world: World, model: Model, people: readonly string[], name: string) => {
  const { api, system, catalogue } = world;
  const now = (): number => system.clock.now();
  const forms = new Map<string, Form>();
  const own = { appointments: new Set<string>(), rows: [] as Row[], blocks: new Set<string>() };
  /** A form books once. */
  const freshForm = async (): Promise<string> => must(await api.getFormToken({}), 'no form').formToken;
  const notice = catalogue.settings.booking.earliestNoticeMinutes * minute;

  return {
    world,
    model,
    people,
    api,
    desk: world.as('reception'),
    own,
    now,
    emailOf: (client: string | number) => `${name}-${client}@example.com`,

    freshForm,

    /** It has booked, and is of no more use. */
    forget: (whose: string): boolean => forms.delete(whose),

    async form(whose: string): Promise<Form> {
      const known = forms.get(whose);
      if (known && now() < known.until) return known;
      const form = { token: await freshForm(), until: now() + formLife };
      forms.set(whose, form);
      return form;
    },

    /** One of those that this history booked. */
    chosen(
      which: number,
      among: (appointment: ModelAppointment) => boolean = () => true,
    ): ModelAppointment | undefined {
      const all = model.appointments.filter((each) => own.appointments.has(each.id) && among(each));
      return all[which % Math.max(1, all.length)];
    },

    wish(step: { service: number; person: number; seats: number; day: number; halfHour: number }): Visit {
      const service = catalogue.services[step.service];
      return {
        serviceId: service?.id ?? '',
        personId: people[step.person] ?? '',
        seats: service?.seats ? step.seats : 1,
        startsAt: instantOf(wall(dateAfter(now(), step.day), halfHourOf(step.halfHour))),
      };
    },

    /** The visit would not be over when the house closes. */
    endsTooLate(serviceId: string, halfHour: number): boolean {
      return halfHourOf(halfHour) + (model.serviceOf(serviceId)?.durationMinutes ?? 0) > closes;
    },

    /** Too soon for clients. */
    isShort: ({ startsAt }: Pick<Visit, 'startsAt'>): boolean => startsAt < now() + notice,
  };
};
export type Scene = Awaited<ReturnType<typeof createScene>>;

export const atBrooklyn = ({ serviceId, personId, seats, startsAt }: Visit) => ({
  locationId: 'brooklyn',
  startsAt: new Date(startsAt).toISOString().replace('.000Z', 'Z'),
  services: [{ serviceId, staffId: personId }],
  seats,
});

export const inWords = ({ serviceId, personId, startsAt, seats }: Visit): string =>
  `${serviceId} by ${personId} at ${new Date(startsAt).toISOString()} (${seats})`;
