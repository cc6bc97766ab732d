import { client } from '../audit/audit.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Language } from '../platform/fields.ts';
import { Problem } from '../platform/http/problems.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import type { Appointment, Appointments } from './appointments/appointments.ts';
import { calendarOf } from './appointments/calendar.ts';
import { type Reschedule, visitAgain } from './appointments/reschedule.ts';
import { appointmentView, managePurpose, manageToken, mustBeChangeable } from './appointments/view.ts';
import { isExpected } from './contract.ts';
import { type Availability, checkSpan } from './placement/availability.ts';
import { type Allocator, momentOf } from './placement/placement.ts';

/** What the client does by the link in a message. */
export const createLinks = (deps: {
  catalogue: CatalogueReader;
  appointments: Appointments;
  availability: Availability;
  place: Allocator;
  reschedule: Reschedule;
  tokens: Tokens;
  now: Clock;
}) => {
  const { catalogue, appointments, availability, place, reschedule, tokens, now } = deps;

  const idBehind = async (token: string): Promise<string> => (await tokens.verify(token, managePurpose)).subject;

  const behind = async (token: string): Promise<Appointment> => {
    const appointment = await appointments.get(await idBehind(token));
    if (!appointment) throw new Problem('link_invalid');
    return appointment;
  };

  const view = async (
    catalogueIndex: CatalogueIndex,
    appointment: Appointment,
    language: Language = appointment.contact.language,
  ) => ({
    ...appointmentView(catalogueIndex, appointment, language, now()),
    token: await manageToken(tokens, appointment),
  });

  return {
    view: async (token: string, language?: Language) => view(await catalogue.recent(), await behind(token), language),

    async times(token: string, from: string, to: string) {
      checkSpan(from, to);
      const [catalogueIndex, appointment] = [await catalogue.recent(), await behind(token)];
      const request = visitAgain(catalogueIndex, appointment);
      return availability.answer(request, await availability.find(catalogueIndex, request, from, to, [appointment.id]));
    },

    async confirm(token: string) {
      const catalogueIndex = await catalogue.current();
      const confirmed = await appointments.change(await idBehind(token), client, (current) => {
        const event = 'appointment.confirmed';
        if (current.status === 'confirmed') return { to: undefined, event };
        if (current.status !== 'pending' || now() >= current.startsAt) {
          const state = current.status === 'pending' ? 'over' : current.status.replace('_', '-');
          throw new Problem('status_conflict', { detail: `The appointment is ${state}.` });
        }
        if (current.awaiting) throw new Problem('status_conflict', { detail: 'We will confirm it ourselves, soon.' });
        return { to: { ...current, status: 'confirmed', confirmBy: undefined, updatedAt: now() }, event };
      });
      return view(catalogueIndex, confirmed);
    },

    /**
     * Moves by the client; the people who were asked for stay. A moved appointment waits to be confirmed again. What is
     * repeated because its answer was lost is answered like the first, even where the new time lies within the cut-off.
     */
    async move(token: string, startsAtText: string) {
      const catalogueIndex = await catalogue.current();
      const moved = await appointments.change(await idBehind(token), client, async (current) => {
        const startsAt = momentOf(startsAtText, current.zone);
        if (startsAt === current.startsAt && isExpected(current)) return { to: undefined, event: 'appointment.moved' };
        mustBeChangeable(catalogueIndex, current, now());
        const request = visitAgain(catalogueIndex, current);
        const placement = await place(catalogueIndex, request, startsAt, now(), { leaving: [current.id] });
        return reschedule(current, request, placement);
      });
      return view(catalogueIndex, moved);
    },

    async cancel(token: string) {
      const catalogueIndex = await catalogue.current();
      const cancelled = await appointments.cancel(await idBehind(token), client, (current) =>
        mustBeChangeable(catalogueIndex, current, now()),
      );
      return view(catalogueIndex, cancelled);
    },

    async calendar(token: string, origin: string) {
      const [catalogueIndex, appointment] = [await catalogue.recent(), await behind(token)];
      return calendarOf(catalogueIndex, appointment, `${origin}/a/${await manageToken(tokens, appointment)}`).content;
    },
  };
};
