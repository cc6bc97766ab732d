import { client } from '../audit/audit.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clients, Contact } from '../clients/clients.ts';
import { hasSameAddresses, mustBeReachable, normaliseContact } from '../clients/contact.ts';
import { clientWrites } from '../clients/writes.ts';
import { Problem } from '../platform/http/problems.ts';
import type { Attempt, Idempotent } from '../platform/idempotent.ts';
import type { Random } from '../platform/ids.ts';
import type { FormGuard } from '../platform/limits/form-guard.ts';
import { householdKey } from '../platform/limits/household.ts';
import type { Clock } from '../platform/time/clock.ts';
import type { Tokens } from '../platform/tokens/tokens.ts';
import type { Appointment, Appointments } from './appointments/appointments.ts';
import { draft } from './appointments/draft.ts';
import { appointmentView } from './appointments/view.ts';
import type { AppointmentAnswer, BookingInput } from './contract.ts';
import type { DiaryPages } from './day-pages/pages.ts';
import { diaryWrites } from './day-pages/writes.ts';
import { conditionsUnproven } from './no-show-policy.ts';
import type { OnlineStore } from './online/online-store.ts';
import { createStanding, type Standing, tooManyOpen } from './open-limit.ts';
import { appointmentIdOf, holdIdOf } from './placement/holds.ts';
import { type Allocator, momentOf } from './placement/placement.ts';
import { formUsed } from './problems.ts';
import { askedOnline } from './slots/request.ts';

/** Answer to the first request and, from memory, to its repetitions; the token is signed anew each time. */
export type Booked = Omit<AppointmentAnswer, 'token'>;

const nobody: Standing = { noShows: 0, isFull: false, isMany: false };

export const createBook = (deps: {
  catalogue: CatalogueReader;
  clients: Clients;
  appointments: Appointments;
  pages: DiaryPages;
  online: Pick<OnlineStore, 'put'>;
  place: Allocator;
  idempotent: Idempotent;
  guard: FormGuard;
  tokens: Pick<Tokens, 'pseudonym'>;
  now: Clock;
  random: Random;
}) => {
  const { catalogue, clients, appointments, pages, online, place, idempotent, guard, tokens, now, random } = deps;

  const standingOf = createStanding(deps);

  /** The client behind the addresses, and what stands in the way of one more booking. `found`: what was looked up before. */
  const whoComes = async (
    contact: Contact,
    household: string,
    settings: CatalogueIndex['settings'],
    found: { owner: string | undefined } | undefined,
  ): Promise<{ known: string | undefined; standing: Standing }> => {
    const known = found ? found.owner : await clients.find(contact);
    return { known, standing: known ? await standingOf(known, contact, household, settings) : nobody };
  };

  /**
   * Books: one transaction holds the appointment, its client if new, the pages of the diary, the timeline entry and the
   * answer to the Idempotency-Key. Throws time_taken, time_unavailable, unprocessable, idempotency_mismatch,
   * form_rejected, form_used, too_many_requests, busy.
   */
  return async (input: BookingInput, idempotencyKey: string, sourceIp: string): Promise<Booked> => {
    const { formToken, website, ...request } = input;
    const languageIn = ({ settings }: CatalogueIndex) => input.client.language ?? settings.languages[0] ?? 'en';
    const contactIn = (catalogueIndex: CatalogueIndex): Promise<Contact> => {
      const details = { ...input.client, language: languageIn(catalogueIndex), source: input.source };
      return normaliseContact(details, catalogueIndex.settings.country);
    };

    // All that has to be looked up travels together; the catalogue has hardly ever changed within the last minute.
    const recent = await catalogue.recent();
    const expected = await contactIn(recent);
    const id = appointmentIdOf(formToken);
    const [before, catalogueIndex, owner, first] = await Promise.all([
      idempotent.find<Booked>(idempotencyKey, request),
      catalogue.current(),
      clients.find(expected),
      appointments.get(id),
    ]);
    if (before) return before;

    await guard.inspect({ formToken, website }, catalogueIndex.settings.publicForms);
    const { settings } = catalogueIndex;
    const limits = { ...settings.publicForms, ...settings.publicLimits };
    const { weight, need } = askedOnline(catalogueIndex, input);
    await guard.admit(sourceIp, formToken, [idempotencyKey, request], limits, { mayWait: true, weight });

    const language = languageIn(catalogueIndex);
    const contact = catalogueIndex === recent ? expected : await contactIn(catalogueIndex);
    await mustBeReachable(contact, settings);
    let found = catalogueIndex === recent ? { owner } : undefined;
    const visit = need();
    const startsAt = momentOf(input.startsAt, visit.location.zone);

    const household = await householdKey(tokens, sourceIp);
    /**
     * One form books once: whoever sends it again with the same addresses gets what it has booked. A form's token stands
     * in addresses of pages, so by itself it opens nothing.
     */
    const bookedBefore = (booked: Appointment): Attempt<Booked> => {
      if (!hasSameAddresses(booked.contact, contact)) throw new Problem(formUsed);
      return { answer: appointmentView(catalogueIndex, booked, language, now()), writes: [] };
    };
    const attempt = async (): Promise<Attempt<Booked>> => {
      const booked = found ? first : await appointments.get(id);
      if (booked) return bookedBefore(booked);
      const { known, standing } = await whoComes(contact, household, settings, found);
      found = undefined;
      const hold = holdIdOf(formToken);
      // Last before writing: the shorter the time between reading a page and writing it, the fewer lose the race.
      const placement = await place(catalogueIndex, visit, startsAt, now(), { leaving: [hold] });
      // Not before: what is taken is taken for everybody, whoever asks.
      if (standing.isFull) throw tooManyOpen();
      const { consents } = input;
      const { clientId, writes, asked } = clientWrites(clients, random, {
        contact,
        known,
        consents,
        business: settings.name,
        how: 'booking form',
        at: now(),
      });
      const more = {
        ...conditionsUnproven(settings, standing, now(), startsAt),
        household,
        asked: asked.length > 0 ? asked : undefined,
        noShows: standing.noShows || undefined,
      };
      const { notes, source } = input;
      const at = now();
      const appointment = draft({
        id,
        clientId,
        request: visit,
        placement,
        contact,
        at,
        by: client.id,
        notes,
        source,
        more,
      });
      return {
        answer: appointmentView(catalogueIndex, appointment, language, at),
        writes: [
          ...appointments.create(client, appointment),
          online.put({ at, id, household }),
          ...diaryWrites(pages, placement.pages, [{ id: hold, occupies: [] }], [appointment]),
          ...writes,
        ],
      };
    };
    /** The same form, sent twice at once, may itself have taken the time. */
    const unlessBooked = async (error: unknown): Promise<Attempt<Booked>> => {
      const booked = await appointments.get(id);
      if (!booked) throw error;
      return bookedBefore(booked);
    };
    return idempotent.commit(idempotencyKey, request, () => attempt().catch(unlessBooked));
  };
};
