import { client } from '../audit/audit.ts';
import type { CatalogueIndex } from '../business/catalogue-index.ts';
import type { CatalogueReader } from '../business/reader.ts';
import type { Clients, Contact } from '../clients/clients.ts';
import { normaliseContact } from '../clients/contact.ts';
import { clientWrites } from '../clients/writes.ts';
import type { FormGuard } from '../platform/form-guard.ts';
import { Problem } from '../platform/http/problems.ts';
import type { Attempt, Idempotent } from '../platform/idempotent.ts';
import { newId, type Random } from '../platform/ids.ts';
import type { Clock } from '../platform/time/clock.ts';
import { type Appointments, open } from './appointments/appointments.ts';
import { draft } from './appointments/draft.ts';
import { appointmentView } from './appointments/view.ts';
import type { AppointmentAnswer, BookingInput } from './contract.ts';
import type { DiaryPages } from './day-pages/pages.ts';
import { diaryWrites } from './day-pages/writes.ts';
import { conditionsFor } from './no-show-policy.ts';
import { holdIdOf } from './placement/holds.ts';
import { type Allocator, momentOf } from './placement/placement.ts';
import { pathsInBody, resolveVisit } from './slots/request.ts';

/** What is answered to the first request and, from memory, to its repetitions; the token is signed anew each time. */
export type Booked = Omit<AppointmentAnswer, 'token'>;

export const createBook = (deps: {
  catalogue: CatalogueReader;
  clients: Clients;
  appointments: Appointments;
  pages: DiaryPages;
  place: Allocator;
  once: Idempotent;
  guard: FormGuard;
  now: Clock;
  random: Random;
}) => {
  const { catalogue, clients, appointments, pages, place, once, guard, now, random } = deps;

  /** How often the client did not come. Throws too_many_requests for who has too many appointments ahead. */
  const noShowsUnlessTooManyOpen = async (clientId: string, most: number): Promise<number> => {
    const [record, all] = await Promise.all([clients.get(clientId), appointments.ofClient(clientId, now())]);
    const ahead = all.filter(({ status }) => open.includes(status));
    if (ahead.length < most) return record?.noShows ?? 0;
    throw new Problem('too_many_requests', {
      detail: `There are ${ahead.length} appointments ahead for this phone or e-mail already; call us to book more.`,
    });
  };

  /**
   * Books: one transaction holds the appointment, its client if new, the pages of the diary, the timeline entry and the
   * answer to the Idempotency-Key. Throws time_taken, time_unavailable, unprocessable, idempotency_mismatch,
   * form_rejected, too_many_requests, busy.
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
    const [before, catalogueIndex, owner] = await Promise.all([
      once.find<Booked>(idempotencyKey, request),
      catalogue.current(),
      clients.find(expected),
    ]);
    if (before) return before;

    await guard.inspect({ formToken, website }, catalogueIndex.settings.publicForms);
    await guard.admit(sourceIp, idempotencyKey, catalogueIndex.settings.publicForms);

    const { settings } = catalogueIndex;
    const language = languageIn(catalogueIndex);
    const contact = catalogueIndex === recent ? expected : await contactIn(catalogueIndex);
    let found = catalogueIndex === recent ? { owner } : undefined;
    const visit = resolveVisit(catalogueIndex, input.locationId, input.services, pathsInBody, input.seats);
    const startsAt = momentOf(input.startsAt, visit.location.zone);

    const { location } = visit;
    const attempt = async (): Promise<Attempt<Booked>> => {
      const known = found ? found.owner : await clients.find(contact);
      found = undefined;
      const noShows = known ? await noShowsUnlessTooManyOpen(known, settings.publicForms.openPerClient) : 0;
      const conditions = conditionsFor(settings, noShows, now(), startsAt, location.phone);
      const hold = holdIdOf(formToken);
      // Last before writing: the shorter the time between reading a page and writing it, the fewer lose the race.
      const placement = await place(catalogueIndex, visit, startsAt, now(), { leaving: [hold] });
      const { consents } = input;
      const { clientId, writes } = clientWrites(clients, random, {
        contact,
        known,
        consents,
        how: 'booking form',
        at: now(),
      });
      const more = { ...conditions, ...(noShows > 0 ? { noShows } : {}) };
      const { notes, source } = input;
      const id = newId(random);
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
          ...diaryWrites(pages, placement.pages, [{ id: hold, occupies: [] }], [appointment]),
          ...writes,
        ],
      };
    };
    return once.commit(idempotencyKey, request, attempt);
  };
};
